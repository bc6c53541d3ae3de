#pragma once

// The sections of the step card, each a list or empty. For the .cpp files of this folder only.

#include <string>

#include "plugins/treatment_escalation/step_card.hpp"

namespace cdss::treatment_escalation {

/// Why this step: the band, the pain and its side, how long, what was tried.
std::string why_of(const StepWriting& writing);

/// What to do at the step.
std::string actions_of(const StepWriting& writing);

/// What holds the next step back, and what is to be known or done to move on.
std::string next_step_of(const StepWriting& writing);

/// The safety rules that bear on the step; with a red flag what is to be avoided alone.
std::string safety_of(const StepWriting& writing);

/// Why a medicine that would fit is not suggested, and what has to be asked in any case.
std::string medicines_of(const StepWriting& writing);

/// For the therapist, and after a hip replacement only when the surgeon has cleared them.
std::string exercises_of(const StepWriting& writing);

}  // namespace cdss::treatment_escalation
