#pragma once

// For the .cpp files of this folder only.

#include "plugins/rules/safety/safety_finder.hpp"

namespace cdss::rules {

/// IJ01 to IJ12, and which markers of infection are not known.
void find_injection_rules(SafetyFinder finder);

}  // namespace cdss::rules
