#include "core/base/url.hpp"

#include <algorithm>
#include <optional>

#include "core/base/ip_address.hpp"
#include "core/base/text/ascii.hpp"
#include "core/base/text/number.hpp"
#include "core/base/text/percent.hpp"

namespace cdss {
namespace {

constexpr std::size_t kLongestName = 253;
constexpr std::size_t kLongestLabel = 63;
constexpr std::string_view kHttps = "https://";
constexpr std::string_view kHttp = "http://";
constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

Error malformed(const char* message) {
  return {Errc::malformed, {}, message};
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kLongestLabel && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, [](char c) {
           return is_letter_or_digit(c) || c == '-' || c == '_';
         });
}

/// Whether some system would take the name for an IPv4 address in a notation of its own: decimal,
/// octal, hexadecimal, with fewer than four parts.
bool ends_in_number(std::string_view name) {
  const auto last = name.substr(name.rfind('.') + 1);
  return std::ranges::all_of(last, is_digit) || starts_ignoring_case(last, "0x");
}

bool is_name(std::string_view name) {
  if (name.size() > kLongestName || name.ends_with('.') || ends_in_number(name)) {
    return false;
  }
  while (!name.empty()) {
    if (!is_label(take_until(name, '.'))) {
      return false;
    }
  }
  return true;
}

/// None for what is no host. Brackets belong to the text of an IPv6 address.
std::optional<Url::HostKind> kind_of_host(std::string_view host) {
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    return is_ipv6_address(host.substr(1, host.size() - 2)) ? std::optional{Url::HostKind::ipv6}
                                                            : std::nullopt;
  }
  if (is_ipv4_address(host)) {
    return Url::HostKind::ipv4;
  }
  return is_name(host) ? std::optional{Url::HostKind::name} : std::nullopt;
}

/// None for what is no port from 1 to 65535 as one writes it.
std::optional<std::uint16_t> read_port(std::string_view text) {
  return text.starts_with('0') ? std::nullopt : parse_number<std::uint16_t>(text);
}

/// What stands between "//" and the path. Borrows.
struct Authority {
  std::string_view host;  ///< an IPv6 address with its brackets
  Url::HostKind kind;
  std::optional<std::uint16_t> port;
};

Result<Authority> read_authority(std::string_view text) {
  if (text.find('@') != std::string_view::npos) {
    return Error{Errc::unsupported, {}, "must have no user"};
  }
  const auto bracket = text.find(']') + 1;  // 0 when there is none
  const auto host = text.substr(0, text.find(':', bracket));
  const auto kind = kind_of_host(host);
  if (!kind) {
    return malformed("must have a host: a name, an IPv4 address, or an IPv6 address in brackets");
  }
  Authority authority{.host = host, .kind = *kind, .port = {}};
  if (host.size() < text.size()) {
    authority.port = read_port(text.substr(host.size() + 1));
    if (!authority.port) {
      return malformed("must have a port from 1 to 65535, or none");
    }
  }
  return authority;
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  const bool https = starts_ignoring_case(text, kHttps);
  if (!https && !starts_ignoring_case(text, kHttp)) {
    return Error{Errc::unsupported, {}, "must be an absolute http or https URL"};
  }
  const auto scheme = https ? kHttps : kHttp;
  const auto end = std::min(text.find_first_of("/?#", scheme.size()), text.size());
  const auto target = text.substr(end);
  if (target.find('#') != std::string_view::npos) {
    return Error{Errc::unsupported, {}, "must have no fragment"};
  }
  if (!is_path_or_query(target)) {
    return malformed("must hold only characters that a URL has");
  }
  CDSS_TRY(const auto authority, read_authority(text.substr(scheme.size(), end - scheme.size())));
  const auto usual = https ? kHttpsPort : kHttpPort;
  Url url;
  url.kind_ = authority.kind;
  url.port_ = authority.port.value_or(usual);
  url.host_ = scheme.size();
  url.host_end_ = url.host_ + authority.host.size();
  url.text_ = scheme;
  url.text_ += to_lower(authority.host);
  url.text_ += url.port_ == usual ? "" : ':' + std::to_string(url.port_);
  url.path_ = url.text_.size();
  url.text_ += target.starts_with('/') ? "" : "/";
  url.text_ += target;
  url.query_ = std::min(url.text_.find('?'), url.text_.size());
  if (url.text_.size() > kLongest) {
    return malformed("must not be longer than 8192 characters");
  }
  return url;
}

Result<Url> Url::parse_link(std::string_view text) {
  const auto end = std::min(text.find('#'), text.size());
  if (text.size() > kLongest || !is_path_or_query(text.substr(std::min(end + 1, text.size())))) {
    return malformed("must hold only characters that a URL has");
  }
  return parse(text.substr(0, end));
}

Result<Url> Url::resolve(std::string_view reference) const {
  const auto mark = reference.find_first_of(":/?#");
  if (mark != std::string_view::npos && reference[mark] == ':') {
    return parse(reference);
  }
  std::string target;
  if (reference.starts_with("//")) {
    target = is_https() ? "https:" : "http:";
  } else if (reference.starts_with('/')) {
    target = origin();
  } else if (reference.starts_with('?')) {
    target = part(0, query_);
  } else if (reference.empty()) {
    target = text_;
  } else {
    target = part(0, text_.rfind('/', query_) + 1);
  }
  target += reference;
  return parse(target);
}

std::string_view Url::host() const {
  const std::size_t bracket = kind_ == HostKind::ipv6 ? 1 : 0;
  return part(host_ + bracket, host_end_ - bracket);
}

bool Url::is_on_loopback() const {
  return host() == "localhost" || host() == "127.0.0.1" || host() == "::1";
}

}  // namespace cdss
