#pragma once

// The patterns of a record that fire a red flag though it is not coded. For the .cpp files of this
// folder only.

#include <span>
#include <string_view>

#include "plugins/rules/red_flags/signs.hpp"

namespace cdss::rules {

/// One pattern: the reasons when it holds, else nothing.
struct Pattern {
  std::string_view id;  ///< of the red flag; several may have the same
  Reasons (*find)(const Signs&);
  bool is_clearable = true;  ///< by the item of its red flag
};

/// Those of one folder of medicine each.
std::span<const Pattern> infection_patterns();
std::span<const Pattern> structure_patterns();  ///< bone, implant, nerve, vessel
std::span<const Pattern> other_patterns();      ///< abdomen, cancer, pregnancy, childhood

/// Is a fever explained by influenza or COVID-19, so that alone it asks for a look and no more?
/// @param fever  the only trigger there is.
bool is_fever_explained(const Signs& signs);

}  // namespace cdss::rules
