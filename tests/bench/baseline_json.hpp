#pragma once

#include <string_view>

namespace cdss::bench {

/// Whether RapidJSON reads `text` into its DOM, iteratively and with its encoding validated.
bool reads_as_json(std::string_view text);

}  // namespace cdss::bench
