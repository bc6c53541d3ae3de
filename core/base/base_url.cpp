#include "core/base/base_url.hpp"

#include <algorithm>

#include "core/base/text/ascii.hpp"
#include "core/base/text/percent.hpp"

namespace cdss {
namespace {

/// Whether servers agree on where a segment leads: it is no dot segment, which some see before a
/// ";" too, and hides no separator and no control character behind a percent sign.
bool is_plain_segment(std::string_view segment) {
  const std::string decoded = percent_decoded(segment);
  const auto name = std::string_view{decoded}.substr(0, decoded.find(';'));
  return !segment.empty() && name != "." && name != ".." &&
         std::ranges::none_of(decoded, [](char c) {
           return c == '/' || c == '\\' || (c >= 0 && c < ' ') || c == '\x7f';
         });
}

/// One slash at the end is permitted. @param path  from its "/" on.
bool is_plain_path(std::string_view path) {
  path.remove_prefix(1);
  while (!path.empty()) {
    if (!is_plain_segment(take_until(path, '/'))) {
      return false;
    }
  }
  return true;
}

}  // namespace

Result<BaseUrl> BaseUrl::parse(std::string_view text) {
  CDSS_TRY(auto url, Url::parse(text));
  if (url.has_query()) {
    return Error{Errc::unsupported, {}, "must have no query"};
  }
  if (!is_plain_path(url.path())) {
    return Error{Errc::unsupported, {}, "must have a path without segments such as \"..\""};
  }
  return BaseUrl{std::move(url)};
}

std::string_view BaseUrl::text() const {
  const std::string_view whole = url_.text();
  return whole.substr(0, whole.size() - (whole.ends_with('/') ? 1 : 0));
}

bool BaseUrl::contains(const Url& other) const {
  const auto base = text().substr(url_.origin().size());
  const auto path = other.path();
  return other.origin() == url_.origin() && path.starts_with(base) &&
         (path.size() == base.size() || path[base.size()] == '/') && is_plain_path(path);
}

}  // namespace cdss
