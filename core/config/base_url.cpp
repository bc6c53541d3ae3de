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

/// Whether servers agree on where a segment leads: no dot segment, which some see before a ";" too,
/// and none of "/", "\" and "." behind a percent sign.
bool is_plain_segment(std::string_view segment) {
  const auto name = segment.substr(0, segment.find(';'));
  if (name == "." || name == "..") {
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
  const std::string spelled = canonical_url(text);
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

}  // namespace cdss::config
