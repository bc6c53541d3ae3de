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

/// One of two codes; none when it is neither, or both.
std::optional<bool> read_choice(const fhir::CodeableConcept& coded, const fhir::Coding& yes,
                                const fhir::Coding& no) {
  const bool is_yes = coded.has(yes);
  return is_yes == coded.has(no) ? std::nullopt : std::optional{is_yes};
}

/// Source: SNOMED CT, finding context: 52101004 Present, 2667000 Absent.
std::optional<bool> read_answer(const fhir::Value& value, ItemValues values) {
  const bool* flag = std::get_if<bool>(&value);
  const auto* coded = std::get_if<fhir::CodeableConcept>(&value);
  if (values == ItemValues::injection) {
    return coded == nullptr ? std::nullopt
                            : read_choice(*coded, fhir::hip_exam("injection-positive"),
                                          fhir::hip_exam("injection-negative"));
  }
  if (flag != nullptr) {
    return *flag;
  }
  return coded == nullptr ? std::nullopt
                          : read_choice(*coded, fhir::snomed("52101004"), fhir::snomed("2667000"));
}

/// When the observation was made; when it does not say, when it was issued.
fhir::When when_of(const fhir::Observation& observation) {
  return !observation.effective.is_present() && observation.issued
             ? fhir::When::on(*observation.issued)
             : observation.effective;
}

/// The days that an answer speaks of. An examination that went on for days ended on the last.
std::optional<Days> days_of(const fhir::When& when, std::chrono::sys_days today) {
  const auto days = past_days(when, today);
  return days && when.form == fhir::When::Form::period ? Days{days->last, days->last} : days;
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
  const fhir::Value* value;
  fhir::When when;
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
    CDSS_TRY(const auto variant_of, item.optional_string("variant_of"));
    definition.variant_of = variant_of.value_or("");
    CDSS_TRY(const auto values, item.optional_string("values"));
    if (values && *values != "injection") {
      return item.error_at("values", Errc::malformed, "must be injection or absent");
    }
    definition.values = values ? ItemValues::injection : ItemValues::finding;
    if (const auto days = item.find("valid_days")) {
      CDSS_TRY(const auto count, days->integer());
      definition.valid = std::chrono::days{count};
    }
    definitions.push_back(std::move(definition));
  }
  return definitions;
}

/// Collects the answers, and for each item why others could not be used.
struct LocalItems::Reader {
  const std::vector<ItemDefinition>& definitions;
  std::chrono::sys_days today;
  LocalItems read;
  std::unordered_map<std::string_view, UnusedAnswers> unused;  // by ItemDefinition::id

  void add(std::string_view id, Answer answer);
  void add_observations(View observations);
  void add_responses(View responses);
  LocalItems finish();
};

void LocalItems::Reader::add(std::string_view id, Answer answer) {
  const auto definition = std::ranges::find(definitions, id, &ItemDefinition::id);
  if (definition == definitions.end()) {
    return;
  }
  UnusedAnswers& not_used = unused[definition->id];
  const auto is_present = read_answer(*answer.value, definition->values);
  const auto days = days_of(answer.when, today);
  if (!is_present) {
    ++not_used.unreadable;
    return;
  }
  if (!days) {
    ++(answer.when.has_day() ? not_used.in_future : not_used.without_day);
    return;
  }
  if (definition->valid && days_ago(*days, today).most > *definition->valid) {
    ++not_used.too_old;
    return;
  }
  const ItemAnswer candidate{
      .is_present = *is_present,
      .finding = {.reference = std::move(answer.reference), .days = days, .sides = {}}};
  const auto [known, is_new] = read.answers_.try_emplace(definition->id, candidate);
  if (!is_new && is_better(candidate, known->second)) {
    known->second = candidate;
  }
}

void LocalItems::Reader::add_observations(View observations) {
  const auto all = fhir::read_all<fhir::Observation>(observations);
  read.unused_.unreadable += all.refused.size();
  for (const auto& observation : all.values) {
    for (const auto& coding : observation.code.codings) {
      if (coding.system == fhir::kHipExam && observation.is_final()) {
        add(coding.code, {&observation.value, when_of(observation), plain_reference(observation)});
      }
    }
  }
}

void LocalItems::Reader::add_responses(View responses) {
  const auto all = fhir::read_all<fhir::QuestionnaireResponse>(responses);
  read.unused_.unreadable += all.refused.size();
  for (const auto& response : all.values) {
    if (!response.is_completed() || response.questionnaire != kForm) {
      continue;
    }
    const auto when = response.authored ? fhir::When::on(*response.authored) : fhir::When{};
    for (const auto& item : response.items) {
      for (const auto& value : item.answers) {
        add(item.link_id, {&value, when, plain_reference(response)});
      }
    }
  }
}

LocalItems LocalItems::Reader::finish() {
  for (const auto& [id, counts] : unused) {
    if (read.find(id) == nullptr) {
      read.unused_.too_old += counts.too_old;
      read.unused_.in_future += counts.in_future;
      read.unused_.without_day += counts.without_day;
      read.unused_.unreadable += counts.unreadable;
    }
  }
  return std::move(read);
}

LocalItems LocalItems::read(const std::vector<ItemDefinition>& definitions,
                            std::optional<View> observations, std::optional<View> responses,
                            std::chrono::sys_days today) {
  Reader reader{.definitions = definitions, .today = today, .read = {}, .unused = {}};
  if (observations) {
    reader.add_observations(*observations);
  }
  if (responses) {
    reader.add_responses(*responses);
  }
  return reader.finish();
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
