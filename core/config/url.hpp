#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cdss::config {

/// The parts of an http or https URL, borrowed from its text.
struct Url {
  std::string_view scheme;  ///< "http" or "https"
  std::string_view host;    ///< lower case; an IPv6 address with its brackets
  std::string_view port;    ///< digits; empty when the URL names none
  std::string_view rest;    ///< path and query; empty or from its "/" on

  /// Reads a URL in the one spelling that can be compared byte by byte: scheme and host in lower
  /// case, no user, no fragment, no port that is the scheme's own.
  ///
  /// None for any other text. Source: RFC 3986, 6.2.
  static std::optional<Url> parse(std::string_view text);

  bool is_https() const { return scheme == "https"; }

  /// Whether the host is this machine by name: localhost, 127.0.0.1 or [::1].
  bool is_on_loopback() const;
};

/// The same URL with scheme and host in lower case and without a port that is the scheme's own: the
/// one spelling that Url::parse reads, if it is a URL at all. Path and query stay as they are.
/// Source: RFC 3986, sections 6.2.2.1 and 6.2.3.
std::string canonical_url(std::string_view text);

}  // namespace cdss::config
