#pragma once

// Reads of knowledge files. For the .cpp files of this folder only.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::rules {

/// Errors: Errc::malformed for what is no array.
Result<void> check_array(View view);
/// Errors: Errc::missing, Errc::malformed.
Result<View> array_at(View object, std::string_view name);
/// None when absent. Errors: Errc::malformed.
Result<std::optional<View>> optional_array(View object, std::string_view name);
/// A JSON number. Errors: Errc::missing, Errc::malformed.
Result<double> required_number(View object, std::string_view name);
/// False when absent. Errors: Errc::malformed.
Result<bool> optional_flag(View object, std::string_view name);
/// None when absent. Errors: Errc::malformed.
Result<std::vector<std::string>> optional_strings(View object, std::string_view name);

}  // namespace cdss::rules
