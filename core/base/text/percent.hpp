#pragma once

#include <string>
#include <string_view>

namespace cdss {

// Percent-encoding, as URLs have it. Thread-safe. Source: RFC 3986, section 2.1.

/// Whether each '%' has two hexadecimal digits behind it.
bool has_whole_escapes(std::string_view text);

/// Whether `text` has only what a path or a query may have.
/// Source: RFC 3986, sections 3.3 and 3.4.
bool is_path_or_query(std::string_view text);

/// What a server reads: "%7C" is "|". A '%' without two digits behind it stays as it is.
std::string percent_decoded(std::string_view text);

/// Appends `text`: letters, digits and the characters of `plain` as they are, any other byte as
/// "%7C".
void append_percent_encoded(std::string& out, std::string_view text, std::string_view plain);

}  // namespace cdss
