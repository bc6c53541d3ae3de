#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss {

/// An absolute http or https URL in normal form: the one reading of a URL for the configuration,
/// requests, links and the addresses that are asked. A value.
///
/// README.md beside this file has the table of what is read and what is refused. In normal form
/// scheme and host are in lower case, a port that is the scheme's own is left out, and an empty
/// path is "/"; path and query stay as they were written. Two URLs are equal when their normal
/// forms are, byte by byte.
///
/// What a URL may be used for is said elsewhere: plain http only on this machine by config::Client
/// and http::Client, which addresses by core/http/client, a base URL by BaseUrl, the hosts of links
/// by hooks::is_permitted_link.
///
/// Source: RFC 3986, sections 3 and 6.2; RFC 9110, section 4.2; WHATWG URL, "ends in a number".
class Url {
 public:
  enum class HostKind : std::uint8_t { name, ipv4, ipv6 };

  static constexpr std::size_t kLongest = 8192;  ///< links between the pages of a search are long

  /// Errors: Errc::unsupported for another scheme, a user and a fragment; Errc::malformed for
  /// anything else that is refused.
  static Result<Url> parse(std::string_view text);

  /// The same for a URL that people follow, which may have a fragment. It is checked, and no part
  /// of the result.
  static Result<Url> parse_link(std::string_view text);

  /// What a reference that stands on the page with this URL means. Dot segments stay.
  ///
  /// Errors: those of `parse`. Source: RFC 3986, section 5.2.
  Result<Url> resolve(std::string_view reference) const;

  const std::string& text() const { return text_; }
  bool is_https() const { return text_.starts_with("https:"); }
  HostKind host_kind() const { return kind_; }
  std::string_view host() const;  ///< an IPv6 address without its brackets
  std::uint16_t port() const { return port_; }
  /// The value of the field Host: an IPv6 address with its brackets, a port unless it is the
  /// scheme's own.
  std::string_view authority() const { return part(host_, path_); }
  /// "https://ehr.example.org:8443": whom a token may be shown.
  std::string_view origin() const { return part(0, path_); }
  std::string_view path() const { return part(path_, query_); }          ///< from its "/" on
  std::string_view target() const { return part(path_, text_.size()); }  ///< path and query
  bool has_query() const { return query_ < text_.size(); }
  std::string_view query() const { return part(query_ + has_query(), text_.size()); }

  /// Whether the host is this machine by name: localhost, 127.0.0.1 or [::1].
  bool is_on_loopback() const;

  friend bool operator==(const Url& a, const Url& b) { return a.text_ == b.text_; }

 private:
  Url() = default;

  std::string_view part(std::size_t begin, std::size_t end) const {
    return std::string_view{text_}.substr(begin, end - begin);
  }

  std::string text_;
  std::size_t host_ = 0;      // where the host begins, with its brackets
  std::size_t host_end_ = 0;  // where the port begins, with its colon
  std::size_t path_ = 0;
  std::size_t query_ = 0;  // where the "?" stands, or the end
  std::uint16_t port_ = 0;
  HostKind kind_ = HostKind::name;
};

}  // namespace cdss
