#include "core/config/base_url.hpp"

#include <algorithm>

#include "core/config/url.hpp"

namespace cdss::config {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'f');
}

/// As Url::parse has it: scheme and host in lower case, and no port that is the scheme's own.
std::string canonical(std::string_view text) {
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) {
    return {};
  }
  const auto authority_end = std::min(text.find_first_of("/?#", scheme_end + 3), text.size());
  std::string head{text.substr(0, authority_end)};
  std::ranges::transform(head, head.begin(), lower);
  const std::string_view usual = head.starts_with("https:") ? ":443" : ":80";
  if (head.ends_with(usual)) {
    head.resize(head.size() - usual.size());
  }
  return head + std::string{text.substr(authority_end)};
}

/// Whether servers agree on where a segment leads: no dot segment, and none of "/", "\" and "."
/// behind a percent sign.
bool is_plain_segment(std::string_view segment) {
  if (segment == "." || segment == "..") {
    return false;
  }
  for (auto at = segment.find('%'); at != std::string_view::npos; at = segment.find('%', at + 1)) {
    if (at + 2 >= segment.size() || !is_hex(segment[at + 1]) || !is_hex(segment[at + 2])) {
      return false;
    }
    const char high = segment[at + 1];
    const char low = lower(segment[at + 2]);
    if ((high == '2' && (low == 'f' || low == 'e')) || (high == '5' && low == 'c') || high < '2') {
      return false;
    }
  }
  return segment.find('\\') == std::string_view::npos;
}

}  // namespace

bool is_plain_path(std::string_view path) {
  if (path.empty()) {
    return true;
  }
  if (path.front() != '/') {
    return false;
  }
  path.remove_prefix(1);
  while (!path.empty()) {
    const auto segment = path.substr(0, path.find('/'));
    if (segment.empty() || !is_plain_segment(segment)) {
      return false;
    }
    path.remove_prefix(std::min(segment.size() + 1, path.size()));
  }
  return true;
}

std::optional<BaseUrl> BaseUrl::parse(std::string_view text) {
  const std::string spelled = canonical(text);
  const auto url = Url::parse(spelled);
  if (!url || url->host.ends_with('.') || url->rest.find('?') != std::string_view::npos ||
      !is_plain_path(url->rest)) {
    return std::nullopt;
  }
  auto path = url->rest;
  if (path.ends_with('/')) {
    path.remove_suffix(1);
  }
  return BaseUrl{.scheme = std::string{url->scheme},
                 .host = std::string{url->host},
                 .port = std::string{url->port},
                 .path = std::string{path}};
}

bool BaseUrl::is_on_loopback() const {
  return Url{.scheme = scheme, .host = host, .port = port, .rest = {}}.is_on_loopback();
}

std::string BaseUrl::origin() const {
  return scheme + "://" + host + (port.empty() ? "" : ':' + port);
}

std::string_view BaseUrl::bare_host() const {
  const std::string_view text{host};
  return text.starts_with('[') ? text.substr(1, text.size() - 2) : text;
}

}  // namespace cdss::config
