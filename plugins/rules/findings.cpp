#include "plugins/rules/findings.hpp"

#include <algorithm>

#include "fhir/condition.hpp"
#include "fhir/procedure.hpp"
#include "fhir/read_all.hpp"

namespace cdss::rules {
namespace {

/// Onset; when it has no day, the day the condition was recorded.
std::optional<Days> days_of(const fhir::Condition& condition, std::chrono::sys_days today) {
  if (auto onset = past_days(condition.onset, today)) {
    return onset;
  }
  return condition.recorded_date ? past_days(fhir::When::on(*condition.recorded_date), today)
                                 : std::nullopt;
}

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

}  // namespace

std::string plain_reference(const fhir::Resource& resource) {
  constexpr std::size_t kLongest = 64;  // HL7 FHIR R4, Data Types, "id"
  const bool is_fit = resource.id.size() <= kLongest && std::ranges::all_of(resource.id, is_plain);
  return is_fit ? resource.reference() : std::string{};
}

std::string text_of(const Finding& finding) {
  std::string text = finding.reference;
  const auto add = [&](std::string_view part) {
    text += text.empty() ? "" : ", ";
    text += part;
  };
  if (finding.days) {
    add(text_of(*finding.days));
  }
  if (finding.sides.is_known()) {
    add(finding.sides.left && finding.sides.right ? "both sides" : to_string(finding.sides));
  }
  return text;
}

Findings Findings::read(const Concepts& concepts, const SideReader& side_reader,
                        std::optional<View> conditions, std::chrono::sys_days today) {
  Findings read;
  read.by_concept_.resize(concepts.size());
  read.performed_by_concept_.resize(concepts.size());
  if (!conditions) {
    return read;
  }
  const auto all = fhir::read_all<fhir::Condition>(*conditions);
  read.unreadable_ = all.refused.size();
  for (const auto& condition : all.values) {
    if (!condition.is_active() || !condition.is_confirmed()) {
      continue;
    }
    const auto matches = concepts.of(condition.code);
    if (matches.empty()) {
      continue;
    }
    const Finding finding{.reference = plain_reference(condition),
                          .days = days_of(condition, today),
                          .sides = side_reader.read(concepts, condition.code, condition.body_site)};
    for (const auto& match : matches) {
      read.by_concept_[match.id].push_back(finding);
    }
  }
  return read;
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
           .sides = side_reader.read(concepts, procedure.code, procedure.body_site)});
    }
  }
}

bool Findings::has_any(std::span<const ConceptId> ids) const {
  return std::ranges::any_of(ids, [&](ConceptId id) { return has(id); });
}

}  // namespace cdss::rules
