#include "plugins/rules/facts/findings.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "core/hooks/card/markdown.hpp"
#include "fhir/resources/procedure.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::rules {
namespace {

/// The later of two, by the last day that each can mean.
std::optional<Days> later(std::optional<Days> a, std::optional<Days> b) {
  if (!a || !b) {
    return a ? a : b;
  }
  return a->last < b->last ? b : a;
}

bool is_aftercare(const fhir::Coding& coding) {
  constexpr std::string_view kActiveTreatment = "ABCGHJKMN";
  const char seventh = seventh_character(coding);
  return seventh != '\0' && kActiveTreatment.find(seventh) == std::string_view::npos;
}

bool is_plain(char c) {
  return is_letter_or_digit(c) || c == '-' || c == '.' || c == '_';
}

std::string plain(std::string_view text) {
  constexpr std::size_t kLongest = 64;  // HL7 FHIR R4, Data Types, "id"
  return text.size() <= kLongest && std::ranges::all_of(text, is_plain) ? std::string{text}
                                                                        : std::string{};
}

Finding finding_of(const fhir::Condition& condition, Sides sides, std::chrono::sys_days today) {
  const auto onset = past_days(condition.onset, today);
  const auto recorded = condition.recorded_date
                            ? past_days(fhir::EventTime::on(*condition.recorded_date), today)
                            : std::nullopt;
  return {.reference = plain_reference(condition),
          .days = onset ? onset : recorded,
          .sides = sides,
          .code = {},
          .last_noted = later(onset, recorded),
          .is_suspected = !condition.is_confirmed(),
          .is_status_unclear = condition.is_status_unclear(),
          .in_words = {},
          .is_onset = onset.has_value()};
}

/// A symptom or finding that has no status, or an unclear one, and is of long ago.
bool is_history(const FindingReader& reader, const fhir::Condition& condition, ConceptId id,
                const Finding& finding) {
  const bool has_status = condition.clinical_status != fhir::Condition::ClinicalStatus::absent &&
                          !condition.is_status_unclear();
  return !has_status && reader.conditions.passes(id) && finding.last_noted &&
         days_ago(*finding.last_noted, reader.today).least > reader.conditions.passes_after();
}

/// Its status does not tell, or it was still going on on an earlier day.
bool is_perhaps_completed(const fhir::Procedure& procedure, const PerformedProcedure& performed,
                          std::chrono::sys_days today) {
  const auto& days = performed.finding.days;
  return procedure.status == fhir::Procedure::Status::unknown ||
         (procedure.status == fhir::Procedure::Status::in_progress && !performed.is_in_future &&
          (!days || days->last < today));
}

}  // namespace

std::string plain_reference(const fhir::Resource& resource) {
  return plain(resource.id).empty() ? std::string{} : resource.reference();
}

std::string plain_code(const fhir::Coding& coding) {
  return plain(coding.code);
}

bool is_recent(const Finding& finding, int days, std::chrono::sys_days today) {
  return !finding.last_noted ||
         days_ago(*finding.last_noted, today).least <= std::chrono::days{days};
}

std::string text_of(const Finding& finding) {
  std::string text = finding.reference;
  const auto add = [&](std::string_view part) {
    text += text.empty() ? "" : ", ";
    text += part;
  };
  if (!finding.code.empty()) {
    add(finding.code);
  }
  if (finding.days) {
    add(text_of(*finding.days));
  }
  if (finding.sides.is_known()) {
    add(finding.sides.left && finding.sides.right ? "both sides" : to_string(finding.sides));
  }
  if (!finding.in_words.empty()) {
    add("recorded in words, no code: \"" + finding.in_words + '"');
  }
  if (finding.is_status_unclear) {
    add("status not clear");
  }
  if (finding.is_suspected) {
    add("not confirmed");
  }
  return text;
}

Findings Findings::read(const FindingReader& reader, std::optional<View> conditions,
                        std::optional<View> procedures) {
  Findings read;
  read.by_concept_.resize(reader.concepts.size());
  if (conditions) {
    read.add_conditions(reader, *conditions);
  }
  if (procedures) {
    read.add_procedures(reader, *procedures);
  }
  return read;
}

void Findings::add_conditions(const FindingReader& reader, View conditions) {
  const auto all = fhir::read_all<fhir::Condition>(conditions);
  unreadable_ = all.refused.size();
  for (const auto& condition : all.values) {
    if (!condition.is_refuted() && !condition.is_entered_in_error()) {
      add_condition(reader, condition);
    }
  }
}

void Findings::add_condition(const FindingReader& reader, const fhir::Condition& condition) {
  Finding finding =
      finding_of(condition, reader.sides.read(reader.concepts, condition.code, condition.body_site),
                 reader.today);
  const auto matches = reader.concepts.of(condition.code);
  if (matches.empty()) {
    if (condition.is_active()) {
      add_uncoded(reader, condition, std::move(finding));
    }
    return;
  }
  for (const auto& match : matches) {
    const bool is_past = !condition.is_active() || is_history(reader, condition, match.id, finding);
    const auto list = is_past                                             ? &OfConcept::past
                      : finding.is_suspected || finding.is_status_unclear ? &OfConcept::suspected
                                                                          : &OfConcept::confirmed;
    finding.code = plain_code(*match.coding);
    finding.is_aftercare = is_aftercare(*match.coding);
    (by_concept_[match.id].*list).push_back(finding);
  }
}

void Findings::add_uncoded(const FindingReader& reader, const fhir::Condition& condition,
                           Finding finding) {
  constexpr std::size_t kLongest = 60;  // code points
  const auto& code = condition.code;
  const auto has_code = [](const fhir::Coding& coding) { return !coding.code.empty(); };
  if (std::ranges::any_of(code.codings, [&](const fhir::Coding& coding) {
        return has_code(coding) && fhir::is_known_system(coding.system);
      })) {
    return;  // read, and none of what the rules look for
  }
  const auto named = reader.conditions.in_words(code);
  for (const ConceptId id : named) {
    finding.in_words = hooks::escape_markdown(code.words(), kLongest);
    by_concept_[id].suspected.push_back(finding);
  }
  if (named.empty()) {
    const bool is_coded = std::ranges::any_of(code.codings, has_code);
    ++(is_coded ? unread_.in_other_systems : unread_.without_code);
    auto& sample = is_coded ? unread_.sample_in_other_systems : unread_.sample_without_code;
    if (sample.empty()) {
      sample = code.words();
    }
    unread_.words.emplace_back(code.words());
  }
}

void Findings::add_procedures(const FindingReader& reader, View procedures) {
  const auto all = fhir::read_all<fhir::Procedure>(procedures);
  unreadable_procedures_ = all.refused.size();
  for (const auto& procedure : all.values) {
    PerformedProcedure performed;
    performed.finding.days = past_days(procedure.performed, reader.today);
    performed.is_in_future = procedure.performed.has_day() && !performed.finding.days;
    performed.finding.is_status_unclear = is_perhaps_completed(procedure, performed, reader.today);
    if (!procedure.is_completed() && !performed.finding.is_status_unclear) {
      continue;
    }
    for (const auto& match : reader.concepts.of(procedure.code)) {
      performed.matches.push_back({.id = match.id, .code = plain_code(*match.coding)});
    }
    if (performed.matches.empty()) {
      continue;
    }
    performed.finding.reference = plain_reference(procedure);
    performed.finding.sides =
        reader.sides.read(reader.concepts, procedure.code, procedure.body_site);
    procedures_.push_back(std::move(performed));
  }
}

std::vector<Finding> Findings::possible(ConceptId id) const {
  std::vector<Finding> all{of(id).begin(), of(id).end()};
  all.insert(all.end(), suspected(id).begin(), suspected(id).end());
  return all;
}

std::vector<Finding> Findings::performed(ConceptId id) const {
  auto found = perhaps_performed(id);
  std::erase_if(found, [](const Finding& one) { return one.is_status_unclear; });
  return found;
}

std::vector<Finding> Findings::perhaps_performed(ConceptId id) const {
  std::vector<Finding> found;
  for (const auto& procedure : procedures_) {
    const auto match = std::ranges::find(procedure.matches, id, &PerformedProcedure::Match::id);
    if (match != procedure.matches.end()) {
      found.push_back(procedure.finding);
      found.back().code = match->code;
    }
  }
  return found;
}

bool Findings::has_any(std::span<const ConceptId> ids) const {
  return std::ranges::any_of(ids, [&](ConceptId id) { return has(id); });
}

}  // namespace cdss::rules
