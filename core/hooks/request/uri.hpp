#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cdss::hooks {

/// What matters of an absolute http or https URL.
struct WebUrl {
  bool https;
  std::string host;        ///< lower case; an IPv6 address with its brackets
  std::string_view query;  ///< after "?", before "#"; borrowed from the text that was read
};

/// Reads an absolute http(s) URL, strictly: a scheme, `//`, a host name or address, an optional
/// port from 1 to 65535, then only characters that RFC 3986 allows in path, query and fragment.
///
/// None for anything else: another scheme, user information (a known way to disguise a host), a
/// missing host, spaces, quotes, backslashes, control or non-ASCII characters, a broken "%".
std::optional<WebUrl> read_web_url(std::string_view text);

/// True for "localhost", 127.x.x.x and [::1].
bool is_loopback(std::string_view host);

}  // namespace cdss::hooks
