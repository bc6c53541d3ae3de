#pragma once

#include <string>

#include "plugins/hip_replacement/assessment.hpp"

// The sections of the card on pain after a total hip replacement.

namespace cdss::hip_replacement {

/// CRP, ESR and white cells against the cut-offs of the phase, and what follows. README.md, HR-12.
void add_infection_screen(std::string& detail, const Assessment& assessment);

/// Which radiograph is known, and the overhang of the cup. README.md, HR-13 and HR-14.
void add_imaging(std::string& detail, const Assessment& assessment);

/// What tells pain of the iliopsoas from that of the implant, and what of it is recorded; nothing
/// without pain and without such a finding. README.md, HR-15.
void add_pattern(std::string& detail, const Assessment& assessment);

}  // namespace cdss::hip_replacement
