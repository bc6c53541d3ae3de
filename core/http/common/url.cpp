#include "core/http/common/url.hpp"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "core/http/common/text.hpp"

namespace cdss::http {
namespace {

constexpr std::size_t kLongest = 8192;  // next links of FHIR servers are long
constexpr std::size_t kLongestHost = 253;
constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kHttpsPort = 443;

Error malformed(std::string message) {
  return {Errc::malformed, {}, std::move(message)};
}

bool is_name(std::string_view host) {
  return !host.empty() && host.size() <= kLongestHost && is_letter_or_digit(host.front()) &&
         host.find("..") == std::string_view::npos && std::ranges::all_of(host, [](char c) {
           return is_letter_or_digit(c) || c == '-' || c == '.';
         });
}

/// Whether the system would take the name for an IPv4 address in a notation of its own: decimal,
/// octal, hexadecimal, with fewer than four parts. Source: WHATWG URL, "ends in a number".
bool ends_in_number(std::string_view host) {
  host = host.substr(0, host.size() - (host.ends_with('.') ? 1 : 0));
  const std::string_view last = host.substr(host.rfind('.') + 1);
  return std::ranges::all_of(last, is_digit) || starts_ignoring_case(last, "0x");
}

bool is_address(int family, std::string_view host) {
  in6_addr address{};  // room for either
  return inet_pton(family, std::string{host}.c_str(), &address) == 1;
}

/// Takes the host, with its brackets, off the front of `rest`.
Result<void> take_host(std::string_view& rest, Url& url) {
  if (rest.starts_with('[')) {
    const auto end = rest.find(']');
    if (end == std::string_view::npos || !is_address(AF_INET6, rest.substr(1, end - 1))) {
      return malformed("has no IPv6 address in its brackets");
    }
    url.host = rest.substr(1, end - 1);
    url.host_is_address = true;
    url.authority = rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    return {};
  }
  url.host = rest.substr(0, rest.find(':'));
  url.host_is_address = is_address(AF_INET, url.host);
  if (!url.host_is_address && (!is_name(url.host) || ends_in_number(url.host))) {
    return malformed("has no host name");
  }
  url.authority = url.host;
  rest.remove_prefix(url.host.size());
  return {};
}

Result<void> take_port(std::string_view rest, Url& url) {
  const auto usual = url.tls ? kHttpsPort : kHttpPort;
  url.port = usual;
  if (rest.empty()) {
    return {};
  }
  rest.remove_prefix(1);  // the colon
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), url.port);
  if (error != std::errc{} || end != rest.data() + rest.size() || url.port == 0) {
    return malformed("has no port from 1 to 65535");
  }
  if (url.port != usual) {
    url.authority += ':' + std::to_string(url.port);
  }
  return {};
}

}  // namespace

Result<Url> Url::parse(std::string_view text) {
  if (text.size() > kLongest || !std::ranges::all_of(text, [](char c) {
        return c > ' ' && c < '\x7f' &&
               std::string_view{"\"<>\\^`{|}"}.find(c) == std::string_view::npos;
      })) {
    return malformed("is no URL");
  }
  Url url;
  url.tls = starts_ignoring_case(text, "https://");
  if (!url.tls && !starts_ignoring_case(text, "http://")) {
    return Error{Errc::unsupported, {}, "is not an http or https URL"};
  }
  auto rest = text.substr(text.find("//") + 2);
  const auto path = std::min(rest.find_first_of("/?#"), rest.size());
  url.target = rest.substr(path);
  rest = rest.substr(0, path);
  if (url.target.find('#') != std::string::npos || rest.find('@') != std::string_view::npos) {
    return Error{Errc::unsupported, {}, "must have no user name and no fragment"};
  }
  if (!url.target.starts_with('/')) {
    url.target.insert(0, "/");
  }
  CDSS_CHECK(take_host(rest, url));
  if (!rest.empty() && !rest.starts_with(':')) {
    return malformed("has no host name");
  }
  CDSS_CHECK(take_port(rest, url));
  return url;
}

}  // namespace cdss::http
