#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// A step of the escalation ladder. Spelled as in the assessment.
// NOLINTBEGIN(readability-identifier-naming): as it is spelled everywhere else
enum class Step : std::uint8_t {
  L0,  ///< a red flag: the ladder is suspended
  L1,  ///< education, load change, physical therapy
  L2,  ///< and an over-the-counter analgesic
  L3,  ///< imaging and image-guided injection
  L4,  ///< surgical opinion
  LX,  ///< another diagnosis
};
// NOLINTEND(readability-identifier-naming)

std::string_view to_string(Step step);

/// For which patients an action of a step is meant.
enum class ActionCondition : std::uint8_t {
  strain,              ///< a strain of the hip flexors or the pelvis is coded
  in_therapy,          ///< physical therapy is recorded
  no_therapy,          ///< it is not
  native,              ///< no hip arthroplasty
  replaced,            ///< a hip arthroplasty of any kind
  early,               ///< within 90 days of it
  pregnant,            ///< pregnancy is recorded
  any_analgesic,       ///< neither NSAIDs nor acetaminophen are to be avoided
  acetaminophen_only,  ///< NSAIDs are to be avoided
  nsaid_only,          ///< acetaminophen is to be avoided
  no_analgesic,        ///< both are
};

/// Something to do at a step for some patients.
struct StepAction {
  ActionCondition when;
  std::string text;
};

/// One step as data, in words for people.
struct StepRow {
  Step step = Step::LX;
  std::string title;
  std::vector<std::string> actions;  ///< what to do, for everybody
  std::vector<StepAction> special;   ///< what to do, for some
  std::string reassess;              ///< when to look again, and when to move up
  std::string stop;                  ///< what stops or diverts
  std::string grade;
  std::vector<std::string> sources;
};

/// The limits that the ladder compares with.
struct LadderLimits {
#define CDSS_LIMIT(type, name) type name = 0;
#include "plugins/rules/ladder/ladder_limits.def"
#undef CDSS_LIMIT
};

/// The ladder as data. Constant once read, Thread-safe.
struct LadderRules {
  std::vector<StepRow> rows;  ///< one for each step, in the order of Step
  LadderLimits limits;
  std::vector<ConceptId> pain_of_hip;  ///< pain of the hip region, looked at before any other
  std::vector<ConceptId> pain;         ///< regional pain, whose onset tells how long it has lasted
  std::vector<ConceptId> therapy;      ///< Procedures of physical therapy

  /// Reads ladder.json: `{limits: {name: number}, concepts: {pain, pain_of_hip, therapy: [name]}, rows:
  /// [{id, title, actions, reassess, stop, grade, sources}], actions: [{step, when, text}]}`, where
  /// `when` is a name of ActionCondition with "-" for "_".
  /// Errors: Errc::missing, also for a step without a row; Errc::malformed, also for rows in
  /// another order than L0 to L4, LX.
  static Result<LadderRules> read(const Concepts& concepts, View knowledge);

  const StepRow& row(Step step) const { return rows[static_cast<std::size_t>(step)]; }
};

}  // namespace cdss::rules
