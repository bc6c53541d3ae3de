#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/view.hpp"
#include "fhir/resource.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/days.hpp"
#include "plugins/rules/sides.hpp"

namespace cdss::rules {

/// Something that the record says of the patient, and where it stands.
struct Finding {
  std::string reference;     ///< "Condition/a1"; empty when the resource has no plain id
  std::optional<Days> days;  ///< onset, else the day it was recorded or performed
  Sides sides;
};

/// "Condition/a1", for evidence; empty when the id is absent or holds anything but letters, digits
/// and - . _, so that it can stand in a card as it is.
std::string plain_reference(const fhir::Resource& resource);

/// "Condition/a1, 2026-10-03, left", as far as each is known.
std::string text_of(const Finding& finding);

/// The coded findings that count: Conditions that are there now and confirmed (no clinical status
/// and no verification status are taken for active and confirmed). Refuted, entered in error,
/// resolved, inactive, remission, provisional, differential and unconfirmed ones do not count.
/// Owns what it holds. Source: plugins/psoas_likelihood/README.md, "Which data count".
class Findings {
 public:
  /// @param conditions  a Bundle or a Condition; none when there is nothing to read.
  static Findings read(const Concepts& concepts, const SideReader& side_reader,
                       std::optional<View> conditions, std::chrono::sys_days today);

  /// All that stand for this concept, in the order of the record.
  std::span<const Finding> of(ConceptId id) const { return by_concept_[id]; }
  bool has(ConceptId id) const { return !by_concept_[id].empty(); }
  bool has_any(std::span<const ConceptId> ids) const;

  /// Adds completed Procedures, for `performed` alone: an operation is no Condition.
  ///
  /// @param procedures  a Bundle or a Procedure; none when there is nothing to read.
  void add_procedures(const Concepts& concepts, const SideReader& side_reader,
                      std::optional<View> procedures, std::chrono::sys_days today);

  /// All completed Procedures that stand for this concept, in the order of the record.
  std::span<const Finding> performed(ConceptId id) const { return performed_by_concept_[id]; }

  /// Conditions that could not be read, and so were not considered.
  std::size_t unreadable() const { return unreadable_; }

 private:
  std::vector<std::vector<Finding>> by_concept_;            // by ConceptId
  std::vector<std::vector<Finding>> performed_by_concept_;  // by ConceptId
  std::size_t unreadable_ = 0;
};

}  // namespace cdss::rules
