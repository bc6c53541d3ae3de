#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::plugin {

/// One option of a plugin that the site may set: its type, bounds and manual.
struct OptionDeclaration {
  /// The default; its alternative is the option's type.
  using Value = std::variant<std::int64_t, bool, std::string>;

  std::string name;
  Value value;
  std::int64_t min = 0;              ///< whole numbers only
  std::int64_t max = 0;              ///< whole numbers only, inclusive
  std::vector<std::string> choices;  ///< texts only; empty means any
  std::string unit;                  ///< UCUM or "bytes", "ms"; empty when it has none
  std::string doc;
  std::string source;  ///< where the default comes from; may be empty
};

/// Reads the manifest's `options`: `{name: {type, default, minimum, maximum, enum, description,
/// unit, source}}`, as declare_options of core/base/options.hpp writes them.
///
/// Errors: Errc::missing and Errc::malformed with the path; Errc::unsupported for a type other than
/// integer, boolean or string; Errc::out_of_range for a default outside its own bounds.
Result<std::vector<OptionDeclaration>> read_option_declarations(View options);

/// Whether a site's option values are ones that the plugin declares.
///
/// @param options  An object of values by name; absent ones keep their default.
/// Errors: Errc::unsupported for a name that is not declared; Errc::malformed for the wrong type;
///         Errc::out_of_range for a value outside its bounds or choices.
Result<void> check_options(std::span<const OptionDeclaration> declared, View options);

}  // namespace cdss::plugin
