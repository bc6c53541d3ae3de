#include "plugins/rules/findings.hpp"

#include <algorithm>

#include "core/base/text/ascii.hpp"
#include "fhir/resources/condition.hpp"
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
  constexpr std::size_t kFullLength = 7;
  constexpr std::string_view kActiveTreatment = "ABCabc";
  if (fhir::canonical_system(coding.system) != fhir::kIcd10Cm || coding.code.empty()) {
    return false;
  }
  const auto dots = static_cast<std::size_t>(std::ranges::count(coding.code, '.'));
  return coding.code.size() - dots == kFullLength &&
         kActiveTreatment.find(coding.code.back()) == std::string_view::npos;
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
                        std::optional<View> conditions, std::chrono::sys_days today) {
  Findings read;
  for (auto* lists : {&read.by_concept_, &read.suspected_by_concept_, &read.past_by_concept_,
                      &read.performed_by_concept_}) {
    lists->resize(concepts.size());
  }
  if (!conditions) {
    return read;
  }
  const auto all = fhir::read_all<fhir::Condition>(*conditions);
  read.unreadable_ = all.refused.size();
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
    auto& lists = !condition.is_active() ? read.past_by_concept_
                  : finding.is_suspected ? read.suspected_by_concept_
                                         : read.by_concept_;
    for (const auto& match : matches) {
      finding.code = plain_code(*match.coding);
      finding.is_aftercare = is_aftercare(*match.coding);
      lists[match.id].push_back(finding);
    }
  }
  return read;
}

std::vector<Finding> Findings::possible(ConceptId id) const {
  std::vector<Finding> all{of(id).begin(), of(id).end()};
  all.insert(all.end(), suspected(id).begin(), suspected(id).end());
  return all;
}

void Findings::add_procedures(const Concepts& concepts, const SideReader& side_reader,
                              std::optional<View> procedures, std::chrono::sys_days today) {
  if (!procedures) {
    return;
  }
  for (const auto& procedure : fhir::read_all<fhir::Procedure>(*procedures).values) {
    if (!procedure.is_completed()) {
      continue;
    }
    for (const auto& match : concepts.of(procedure.code)) {
      performed_by_concept_[match.id].push_back(
          {.reference = plain_reference(procedure),
           .days = past_days(procedure.performed, today),
           .sides = side_reader.read(concepts, procedure.code, procedure.body_site),
           .code = plain_code(*match.coding),
           .last_noted = {}});
    }
  }
}

bool Findings::has_any(std::span<const ConceptId> ids) const {
  return std::ranges::any_of(ids, [&](ConceptId id) { return has(id); });
}

}  // namespace cdss::rules
