#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/terminology/concepts.hpp"
#include "plugins/rules/terminology/sides.hpp"

namespace cdss::rules {

/// Whether the patient is on the pathway after total hip replacement. Spelled as in the assessment.
enum class ThaFlag : std::uint8_t {
  none,           ///< no total hip replacement is recorded
  pathway,        ///< recorded; more than 90 days ago, or on a day that is not known
  pathway_early,  ///< recorded; the latest operation may lie at most 90 days back
};

std::string_view to_string(ThaFlag flag);

/// An operation that was, or may have been, completed, or a condition that is there, or may be there,
/// and that tells of a hip arthroplasty (see Finding::is_status_unclear and is_suspected).
struct HipEvidence {
  ConceptId concept_id;  ///< e.g. total_hip_arthroplasty
  Finding finding;       ///< days: when it was performed; of a condition: since when it is recorded
  bool is_in_future = false;  ///< an operation dated in the future: taken for a mistake

  /// Confirmed, or completed, beyond doubt.
  bool is_sure() const { return !finding.is_suspected && !finding.is_status_unclear; }
};

/// What the record tells of a hip replacement.
struct HipReplacement {
  ThaFlag flag = ThaFlag::none;
  std::vector<HipEvidence> operations;  ///< total hip replacements and revisions, newest first
  std::vector<HipEvidence> conditions;  ///< coded conditions that presuppose one
  /// Partial replacements and resurfacings: a hip arthroplasty, not a total one. They set no flag.
  std::vector<HipEvidence> other_operations;
  std::vector<HipEvidence> complications;  ///< those of `conditions` that name a complication
  Sides sides;                             ///< of all that sets the flag
  /// Days of the latest dated operation; of `other_operations` only when nothing sets the flag.
  std::optional<Days> latest;
  /// Something that tells of the implant is sure, neither suspected nor of an unclear status. The
  /// score asks for it; red flags, safety and cards do not.
  bool is_confirmed = false;
  bool is_early = false;  ///< `latest` may lie at most 90 days back
  /// With a flag: `latest` may lie more than 90 days back, or its day is not known. A date that is
  /// not exact may be both.
  bool may_be_late = false;
  bool has_early_other = false;  ///< one of `other_operations` may lie at most 90 days back

  /// Was it surely found before the latest operation? Then it says nothing of the joint as it is.
  bool is_before_latest(const Finding& finding) const {
    return finding.days && latest && finding.days->last < latest->first;
  }

  /// As `latest`, of the operations that may have been on one of these sides.
  std::optional<Days> latest_on(Sides of) const;

  /// A hip arthroplasty of any kind.
  bool is_any() const { return flag != ThaFlag::none || !other_operations.empty(); }
};

/// Recognises hip replacements. Constant once made, Thread-safe.
///
/// What sets the flag: Procedures of total hip replacement, hip arthroplasty not further named, and
/// revision that were, or may have been, completed; confirmed or only possible Conditions of an artificial hip, or of a complication that names the hip;
/// aftercare following joint replacement beside a coded condition of the hip. A joint that is not
/// named (T84.50, T84.8-, "history of artificial joint") never does.
/// Source: plugins/hip_replacement/README.md, rules HR-01 to HR-06.
class HipReplacementRules {
 public:
  /// How long after an operation the early pathway lasts.
  static constexpr std::chrono::days kEarly{90};

  /// Errors: Errc::missing at `where` for a concept of which the package has no value set.
  static Result<HipReplacementRules> make(const Concepts& concepts, View where);

  HipReplacement assess(const Findings& findings, std::chrono::sys_days today) const;

 private:
  HipReplacementRules() = default;
  void add_operations(const Findings& findings, HipReplacement& into) const;
  void add_conditions(const Findings& findings, HipReplacement& into) const;

  std::vector<ConceptId> operations_;
  std::vector<ConceptId> other_operations_;
  std::vector<ConceptId> complications_;
  std::vector<ConceptId> of_the_hip_;  // conditions beside which aftercare means the hip
  ConceptId presence_ = 0;
  ConceptId aftercare_ = 0;
};

}  // namespace cdss::rules
