#include "core/config/url.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace cdss::config {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHostCharacters = "abcdefghijklmnopqrstuvwxyz0123456789.-";
constexpr int kHighestPort = 65'535;

bool is_only(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

/// A name or IPv4 address, or an IPv6 address in brackets.
bool is_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) {
    const std::string inside{host.substr(1, host.size() - 2)};
    in6_addr address{};
    return is_only(inside, "0123456789abcdef:.") &&
           inet_pton(AF_INET6, inside.c_str(), &address) == 1;
  }
  return !host.empty() && is_only(host, kHostCharacters) && host.front() != '.' &&
         host.front() != '-' && host.find("..") == std::string_view::npos;
}

bool is_port(std::string_view port) {
  int number = 0;
  const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), number);
  return failed == std::errc{} && end == port.data() + port.size() && port.front() != '0' &&
         number > 0 && number <= kHighestPort && is_only(port, kDigits);
}

/// Visible ASCII without what RFC 3986 leaves out of a path or query.
bool is_path_and_query(std::string_view rest) {
  return std::ranges::all_of(rest, [](char c) {
    return c > ' ' && c < '\x7f' &&
           std::string_view{"\"#<>\\^`{|}"}.find(c) == std::string_view::npos;
  });
}

}  // namespace

std::optional<Url> Url::parse(std::string_view text) {
  Url url;
  for (const std::string_view scheme : {"https", "http"}) {
    if (text.starts_with(scheme) && text.substr(scheme.size()).starts_with("://")) {
      url.scheme = text.substr(0, scheme.size());
      text.remove_prefix(scheme.size() + 3);
      break;
    }
  }
  if (url.scheme.empty()) {
    return std::nullopt;
  }
  const auto authority = text.substr(0, text.find_first_of("/?"));
  url.rest = text.substr(authority.size());
  const auto bracket = authority.find(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  url.host = authority.substr(0, colon);
  if (colon != std::string_view::npos) {
    url.port = authority.substr(colon + 1);
    if (url.port.empty() || !is_port(url.port) || url.port == (url.is_https() ? "443" : "80")) {
      return std::nullopt;
    }
  }
  const bool well_formed = is_host(url.host) && is_path_and_query(url.rest) &&
                           (url.rest.empty() || url.rest.front() == '/');
  return well_formed ? std::optional{url} : std::nullopt;
}

std::string canonical_url(std::string_view text) {
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) {
    return std::string{text};
  }
  const auto authority_end = std::min(text.find_first_of("/?#", scheme_end + 3), text.size());
  std::string head{text.substr(0, authority_end)};
  std::ranges::transform(head, head.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::string_view usual = head.starts_with("https:") ? ":443" : ":80";
  if (head.ends_with(usual)) {
    head.erase(head.size() - usual.size());
  }
  return head + std::string{text.substr(authority_end)};
}

bool Url::is_on_loopback() const {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

}  // namespace cdss::config
