#include "plugins/rules/facts/findings.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text/ascii.hpp"
#include "fhir/resources/condition.hpp"
#include "fhir/resources/procedure.hpp"
#include "fhir/resources/read_all.hpp"

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
          .is_onset = onset.has_value()};
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
  if (finding.is_suspected) {
    add("not confirmed");
  }
  return text;
}

Findings Findings::read(const Concepts& concepts, const SideReader& side_reader,
                        std::optional<View> conditions, std::optional<View> procedures,
                        std::chrono::sys_days today) {
  Findings read;
  read.by_concept_.resize(concepts.size());
  if (conditions) {
    read.add_conditions(concepts, side_reader, *conditions, today);
  }
  if (procedures) {
    read.add_procedures(concepts, side_reader, *procedures, today);
  }
  return read;
}

void Findings::add_conditions(const Concepts& concepts, const SideReader& side_reader,
                              View conditions, std::chrono::sys_days today) {
  const auto all = fhir::read_all<fhir::Condition>(conditions);
  unreadable_ = all.refused.size();
  for (const auto& condition : all.values) {
    if (condition.is_refuted() || condition.is_entered_in_error()) {
      continue;
    }
    const auto matches = concepts.of(condition.code);
    if (matches.empty()) {
      continue;
    }
    Finding finding = finding_of(
        condition, side_reader.read(concepts, condition.code, condition.body_site), today);
    const auto list = !condition.is_active() ? &OfConcept::past
                      : finding.is_suspected ? &OfConcept::suspected
                                             : &OfConcept::confirmed;
    for (const auto& match : matches) {
      finding.code = plain_code(*match.coding);
      finding.is_aftercare = is_aftercare(*match.coding);
      (by_concept_[match.id].*list).push_back(finding);
    }
  }
}

void Findings::add_procedures(const Concepts& concepts, const SideReader& side_reader,
                              View procedures, std::chrono::sys_days today) {
  const auto all = fhir::read_all<fhir::Procedure>(procedures);
  unreadable_procedures_ = all.refused.size();
  for (const auto& procedure : all.values) {
    if (!procedure.is_completed()) {
      continue;
    }
    PerformedProcedure performed;
    for (const auto& match : concepts.of(procedure.code)) {
      performed.matches.push_back({.id = match.id, .code = plain_code(*match.coding)});
    }
    if (performed.matches.empty()) {
      continue;
    }
    performed.finding.reference = plain_reference(procedure);
    performed.finding.days = past_days(procedure.performed, today);
    performed.finding.sides = side_reader.read(concepts, procedure.code, procedure.body_site);
    performed.is_in_future = procedure.performed.has_day() && !performed.finding.days;
    procedures_.push_back(std::move(performed));
  }
}

std::vector<Finding> Findings::possible(ConceptId id) const {
  std::vector<Finding> all{of(id).begin(), of(id).end()};
  all.insert(all.end(), suspected(id).begin(), suspected(id).end());
  return all;
}

std::vector<Finding> Findings::performed(ConceptId id) const {
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
