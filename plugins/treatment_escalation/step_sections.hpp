#pragma once

// For the .cpp files of this folder only.

#include <string>
#include <string_view>
#include <vector>

#include "plugins/treatment_escalation/step_card.hpp"

namespace cdss::treatment_escalation {

/// The sections of the step card, each a list or empty. Borrows what the card is written with.
class StepSections {
 public:
  explicit StepSections(const StepWriting& writing) : with_{writing} {}

  /// Why this step: the band, the pain and its side, how long, what was tried.
  std::string why() const;

  /// What to do at the step.
  std::string actions() const;

  /// What holds the next step back, and what is to be known or done to move on.
  std::string next_step() const;

  /// The safety rules that bear on the step; with a red flag what is to be avoided alone.
  std::string safety() const;

  /// Why a medicine that would fit is not suggested, and what has to be asked in any case.
  std::string medicines() const;

  /// For the therapist, and after a hip replacement only when the surgeon has cleared them.
  std::string exercises() const;

 private:
  /// One line of a list.
  std::string line(std::string_view text, rules::Texts::Parts parts = {}) const;
  std::string weeks(const rules::WeeksEstimate& known) const;
  /// Does the rule bear on the step: what is to be avoided always, a caution where its treatment is
  /// near; what blocks the next step is told there.
  bool bears(const rules::SafetyFinding& found) const;
  std::string names_of_exercises() const;

  const StepWriting& with_;
  const Assessment& assessment_ = with_.assessment;
  const rules::Texts& texts_ = assessment_.texts();
  const rules::StepDecision& decision_ = assessment_.step_decision;
};

}  // namespace cdss::treatment_escalation
