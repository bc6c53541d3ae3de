#pragma once

// For the .cpp files of this folder only.

#include "plugins/rules/safety/safety_finder.hpp"

namespace cdss::rules {

/// NS01 to NS13, AP02 to AP05, and what has to be known before an analgesic is suggested.
void find_analgesic_rules(SafetyFinder finder);

}  // namespace cdss::rules
