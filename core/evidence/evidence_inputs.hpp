#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/plugin/option_declaration.hpp"
#include "core/plugin/service_declaration.hpp"

// What a manifest declares, in words for the evidence page.

namespace cdss::evidence {

/// What a need asks for: "Observation resources of the patient with code: LOINC 1988-5 or 4537-7".
std::string words_of(const plugin::Need& need);

/// One sentence for each group of needs of which one must be known.
std::vector<std::string> required_groups(const plugin::ServiceDeclaration& service);

/// The default of an option as text.
std::string default_of(const plugin::OptionDeclaration& option);

/// The values that an option takes: "1 to 365", "relevant, always", "true or false", "any text".
std::string bounds_of(const plugin::OptionDeclaration& option);

/// A name of a manifest for people: "intended_use" becomes "Intended use".
std::string title_of(std::string_view name);

}  // namespace cdss::evidence
