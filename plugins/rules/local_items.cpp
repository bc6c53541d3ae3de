#include "plugins/rules/local_items.hpp"

#include <algorithm>
#include <utility>

#include "fhir/observation.hpp"
#include "fhir/questionnaire_response.hpp"
#include "fhir/read_all.hpp"
#include "fhir/systems.hpp"

namespace cdss::rules {
namespace {

constexpr std::string_view kForm = "https://psoas-cds.github.io/fhir/Questionnaire/hip-exam";

/// Source: SNOMED CT, finding context: 52101004 Present, 2667000 Absent.
std::optional<bool> read_answer(const fhir::Value& value) {
  if (const bool* answer = std::get_if<bool>(&value)) {
    return *answer;
  }
  const auto* coded = std::get_if<fhir::CodeableConcept>(&value);
  if (coded == nullptr) {
    return std::nullopt;
  }
  const bool present =
      coded->has(fhir::snomed("52101004")) || coded->has(fhir::hip_exam("injection-positive"));
  const bool absent =
      coded->has(fhir::snomed("2667000")) || coded->has(fhir::hip_exam("injection-negative"));
  if (present == absent) {
    return std::nullopt;
  }
  return present;
}

/// The day that an observation speaks of. An examination that went on for days ended on the last.
std::optional<Days> days_of(const fhir::Observation& observation, std::chrono::sys_days today) {
  if (auto days = past_days(observation.effective, today)) {
    return observation.effective.form == fhir::When::Form::period ? Days{days->last, days->last}
                                                                  : *days;
  }
  return !observation.effective.is_present() && observation.issued
             ? past_days(fhir::When::on(*observation.issued), today)
             : std::nullopt;
}

/// May `candidate` take the place of what is known?
bool is_better(const ItemAnswer& candidate, const ItemAnswer& known) {
  if (candidate.finding.days->first != known.finding.days->first) {
    return candidate.finding.days->first > known.finding.days->first;
  }
  return candidate.is_present && !known.is_present;
}

}  // namespace

struct LocalItems::Answer {
  std::optional<bool> is_present;
  std::optional<Days> days;
  std::string reference;
};

Result<std::vector<ItemDefinition>> read_item_definitions(View items) {
  std::vector<ItemDefinition> definitions;
  for (const View item : items.elements()) {
    ItemDefinition definition;
    CDSS_TRY(definition.id, item.required_string("id"));
    CDSS_TRY(definition.text, item.required_string("text"));
    if (const auto exam = item.find("exam")) {
      CDSS_TRY(definition.is_exam, exam->boolean());
    }
    if (const auto never = item.find("never_proposed")) {
      CDSS_TRY(definition.is_never_proposed, never->boolean());
    }
    if (const auto days = item.find("valid_days")) {
      CDSS_TRY(const auto count, days->integer());
      definition.valid = std::chrono::days{count};
    }
    definitions.push_back(std::move(definition));
  }
  return definitions;
}

void LocalItems::add(const std::vector<ItemDefinition>& definitions, std::string_view id,
                     Answer answer, std::chrono::sys_days today) {
  const auto definition = std::ranges::find(definitions, id, &ItemDefinition::id);
  if (definition == definitions.end()) {
    return;
  }
  if (!answer.is_present || !answer.days ||
      (definition->valid && days_ago(*answer.days, today).most > *definition->valid)) {
    ++unusable_;
    return;
  }
  const ItemAnswer candidate{
      .is_present = *answer.is_present,
      .finding = {.reference = std::move(answer.reference), .days = answer.days, .sides = {}}};
  const auto [known, is_new] = answers_.try_emplace(definition->id, candidate);
  if (!is_new && is_better(candidate, known->second)) {
    known->second = candidate;
  }
}

void LocalItems::add_observations(const std::vector<ItemDefinition>& definitions, View observations,
                                  std::chrono::sys_days today) {
  const auto all = fhir::read_all<fhir::Observation>(observations);
  unusable_ += all.refused.size();
  for (const auto& observation : all.values) {
    for (const auto& coding : observation.code.codings) {
      if (coding.system == fhir::kHipExam && observation.is_final()) {
        add(definitions, coding.code,
            {read_answer(observation.value), days_of(observation, today),
             plain_reference(observation)},
            today);
      }
    }
  }
}

void LocalItems::add_responses(const std::vector<ItemDefinition>& definitions, View responses,
                               std::chrono::sys_days today) {
  const auto all = fhir::read_all<fhir::QuestionnaireResponse>(responses);
  unusable_ += all.refused.size();
  for (const auto& response : all.values) {
    if (!response.is_completed() || response.questionnaire != kForm) {
      continue;
    }
    const auto days =
        response.authored ? past_days(fhir::When::on(*response.authored), today) : std::nullopt;
    for (const auto& item : response.items) {
      for (const auto& value : item.answers) {
        add(definitions, item.link_id, {read_answer(value), days, plain_reference(response)},
            today);
      }
    }
  }
}

LocalItems LocalItems::read(const std::vector<ItemDefinition>& definitions,
                            std::optional<View> observations, std::optional<View> responses,
                            std::chrono::sys_days today) {
  LocalItems read;
  if (observations) {
    read.add_observations(definitions, *observations, today);
  }
  if (responses) {
    read.add_responses(definitions, *responses, today);
  }
  return read;
}

const ItemAnswer* LocalItems::find(std::string_view id) const {
  const auto found = answers_.find(id);
  return found == answers_.end() ? nullptr : &found->second;
}

bool LocalItems::is_present(std::string_view id) const {
  const ItemAnswer* answer = find(id);
  return answer != nullptr && answer->is_present;
}

}  // namespace cdss::rules
