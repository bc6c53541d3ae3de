#include "core/hooks/request/uri.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace cdss::hooks {
namespace {

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_hex(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}

constexpr bool is_letter_or_digit(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z');
}

/// Takes `scheme`, which is lower case, off the front in any case.
bool take_scheme(std::string_view& text, std::string_view scheme) {
  if (text.size() < scheme.size() ||
      !std::ranges::equal(text.substr(0, scheme.size()), scheme, {}, lower)) {
    return false;
  }
  text.remove_prefix(scheme.size());
  return true;
}

/// A DNS name or an IPv4 address: labels of letters, digits and hyphens between dots.
bool is_host_name(std::string_view host) {
  constexpr std::size_t kLongest = 253;
  if (host.empty() || host.size() > kLongest || host.back() == '.') {
    return false;
  }
  char before = '.';
  for (const char c : host) {
    const bool fits = is_letter_or_digit(c) || c == '_' || (c == '-' && before != '.') ||
                      (c == '.' && before != '.' && before != '-');
    if (!fits) {
      return false;
    }
    before = c;
  }
  return before != '-';
}

bool is_port(std::string_view text) {
  std::uint32_t port = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), port);
  return code == std::errc{} && end == text.data() + text.size() && port >= 1 && port <= 65535;
}

/// The host of an authority, or empty when it is not one.
std::string_view read_authority(std::string_view authority) {
  std::string_view host = authority;
  std::string_view rest;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos || close < 3 ||
        !std::ranges::all_of(authority.substr(1, close - 1),
                             [](char c) { return is_hex(c) || c == ':' || c == '.'; })) {
      return {};
    }
    host = authority.substr(0, close + 1);
    rest = authority.substr(close + 1);
  } else {
    const auto colon = authority.find(':');
    host = authority.substr(0, colon);
    rest = authority.substr(host.size());
    if (!is_host_name(host)) {
      return {};
    }
  }
  if (!rest.empty() && (rest.front() != ':' || !is_port(rest.substr(1)))) {
    return {};
  }
  return host;
}

/// True when all of it may stand after the authority of a URL (RFC 3986, section 3.3 to 3.5).
bool is_path_query_fragment(std::string_view text) {
  constexpr std::string_view kAllowed = "-._~!$&'()*+,;=:@/?";
  bool fragment = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) {
        return false;
      }
    } else if (c == '#') {
      if (fragment) {
        return false;
      }
      fragment = true;
    } else if (!is_letter_or_digit(c) && kAllowed.find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<WebUrl> read_web_url(std::string_view text) {
  WebUrl url{.https = true, .host = {}, .query = {}};
  if (!take_scheme(text, "https://")) {
    url.https = false;
    if (!take_scheme(text, "http://")) {
      return std::nullopt;
    }
  }
  const auto end = std::min(text.find_first_of("/?#"), text.size());
  const auto host = read_authority(text.substr(0, end));
  const auto rest = text.substr(end);
  if (host.empty() || !is_path_query_fragment(rest)) {
    return std::nullopt;
  }
  url.host.resize(host.size());
  std::ranges::transform(host, url.host.begin(), lower);
  const auto before_fragment = rest.substr(0, rest.find('#'));
  const auto mark = before_fragment.find('?');
  if (mark != std::string_view::npos) {
    url.query = before_fragment.substr(mark + 1);
  }
  return url;
}

bool is_loopback(std::string_view host) {
  if (host == "localhost" || host == "[::1]") {
    return true;
  }
  // Only a full dotted address: "127.example.org" is a name, and "127.1" is read in many ways.
  return host.starts_with("127.") && std::ranges::count(host, '.') == 3 &&
         std::ranges::all_of(host, [](char c) { return is_digit(c) || c == '.'; });
}

}  // namespace cdss::hooks
