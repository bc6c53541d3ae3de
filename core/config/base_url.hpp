#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cdss::config {

/// The base URL of a FHIR server in the one form in which two of them can be compared. A value.
///
/// Equal are those of the same scheme, host and port and the same path, segment by segment and byte
/// by byte; the case of scheme and host, a port that is the scheme's own and one slash at the end
/// make no difference. Nothing is decoded: "/f%68ir" is another path than "/fhir".
struct BaseUrl {
  std::string scheme;  ///< "https" or "http"
  std::string host;    ///< lower case; an IPv6 address with its brackets
  std::string port;    ///< digits; empty when it is the scheme's own
  std::string path;    ///< empty, or from its "/" on without a slash at the end

  friend bool operator==(const BaseUrl&, const BaseUrl&) = default;

  /// None for what is no absolute http or https URL of a server: with a user, a query, a fragment,
  /// an empty segment or one that means another ("." and "..", also percent-encoded), an encoded
  /// slash or backslash, a dot at the end of the host, a character that no URL has.
  /// Source: RFC 3986, sections 3 and 6.2.2.
  static std::optional<BaseUrl> parse(std::string_view text);

  bool is_https() const { return scheme == "https"; }

  /// Whether the host is this machine by name: localhost, 127.0.0.1 or [::1].
  bool is_on_loopback() const;

  /// "https://ehr.example.org:8443": whom a token may be shown.
  std::string origin() const;

  /// The whole URL, without a slash at the end.
  std::string text() const { return origin() + path; }
};

/// Whether each segment of a path means itself on every server: not "." or "..", also
/// percent-encoded, no encoded slash or backslash, and none that is empty but the last.
/// @param path  empty, or from its "/" on, without query.
bool is_plain_path(std::string_view path);

}  // namespace cdss::config
