#pragma once

#include <string>

#include "plugins/hip_replacement/assessment.hpp"

// The sections of the card. For the .cpp files of this folder only.

namespace cdss::hip_replacement {

// What the record tells of the implant: which, when, on which side.

/// "hip replacement, right side, 30 days ago".
std::string implant_in_brief(const Assessment& assessment);

/// What the time since the operation means, in paragraphs. Source: README.md, HR-04, 05, 07, 10.
std::string phases(const Assessment& assessment);

/// What is recorded of the implant, and of pain in the region, with their sides.
void add_record(std::string& detail, const Assessment& assessment);

// On pain after a total hip replacement.

/// CRP or ESR above the limit later than 90 days, without the red flag of infection: it is not
/// excluded.
rules::Reasons raised_markers(const Assessment& assessment);

/// CRP, ESR and white cells against the cut-offs of the phase, and what follows. README.md, HR-12.
void add_infection_screen(std::string& detail, const Assessment& assessment);

/// Which radiograph is known, and the overhang of the cup. README.md, HR-13 and HR-14.
void add_imaging(std::string& detail, const Assessment& assessment);

/// What tells pain of the iliopsoas from that of the implant, and what of it is recorded; nothing
/// without pain and without such a finding. README.md, HR-15.
void add_pattern(std::string& detail, const Assessment& assessment);

}  // namespace cdss::hip_replacement
