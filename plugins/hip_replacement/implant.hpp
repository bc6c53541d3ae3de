#pragma once

#include <string>

#include "plugins/hip_replacement/assessment.hpp"

// What the record tells of the implant, for the card: which, when, on which side.

namespace cdss::hip_replacement {

/// "hip replacement, right side, 30 days ago".
std::string implant_in_brief(const Assessment& assessment);

/// What the time since the operation means, in paragraphs. Source: README.md, HR-04, 05, 07, 10.
std::string phases(const Assessment& assessment);

/// Sections: what is recorded of the implant, and of pain in the region, with their sides.
void add_record(std::string& detail, const Assessment& assessment);

}  // namespace cdss::hip_replacement
