#include "core/hooks/card/links.hpp"

#include <algorithm>

#include "core/base/text/ascii.hpp"
#include "core/base/url.hpp"

namespace cdss::hooks {
namespace {

constexpr std::string_view kNotPermitted = "must link to permitted https hosts only";
constexpr std::string_view kHtml = "must not contain HTML";

constexpr bool is_word(char c) {
  return is_letter_or_digit(c) || c == '_';
}

constexpr bool is_punctuation(char c) {
  return c > ' ' && c < '\x7F' && (!is_word(c) || c == '_');
}

/// The text that a renderer may take for a bare link. Nothing but white space, quotes and angle
/// brackets ends it, since a renderer may take out a backslash or an asterisk and read on.
std::string_view bare_link(std::string_view text) {
  const auto link = text.substr(0, text.find_first_of(" \t\r\n<>\""));
  const auto last = link.find_last_not_of(".,;:!?)]'*_~`|");
  return link.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// The destination of an inline link, where `text` begins after its "(".
std::string_view destination(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.substr(0, text.find_first_of(" \t\r\n)"));
}

/// The "://" at `at` belongs to a permitted URL.
bool is_permitted_bare(std::string_view text, std::size_t at, std::span<const std::string> hosts) {
  auto begin = at;
  while (begin > 0 && is_letter(text[begin - 1])) {
    --begin;
  }
  return is_permitted_link(bare_link(text.substr(begin)), hosts);
}

/// The "www." at `at` begins a permitted host, or does not begin a word.
bool is_permitted_www(std::string_view text, std::size_t at, std::span<const std::string> hosts) {
  if (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '/' || text[at - 1] == '.')) {
    return true;  // inside a URL, which is checked by its "://", or inside a word
  }
  std::string url{"https://"};
  url += bare_link(text.substr(at));
  return is_permitted_link(url, hosts);
}

bool begins_tag(std::string_view text, std::size_t at) {
  if (text[at] != '<' || at + 1 == text.size()) {
    return false;
  }
  const char next = text[at + 1];
  return is_letter(next) || next == '/' || next == '!' || next == '?';
}

bool begins_www(std::string_view text, std::size_t at) {
  return starts_ignoring_case(text.substr(at), "www.");
}

}  // namespace

bool is_permitted_link(std::string_view url, std::span<const std::string> hosts) {
  const auto parsed = Url::parse_link(url);
  return parsed && (parsed->is_https() || parsed->is_on_loopback()) &&
         std::ranges::find(hosts, parsed->host()) != hosts.end();
}

Result<std::string_view> check_plain_text(View parent, std::string_view name) {
  CDSS_TRY(const auto text, parent.required_string(name));
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (begins_tag(text, at)) {
      return parent.error_at(name, Errc::unsupported, std::string{kHtml});
    }
  }
  return text;
}

std::string_view unsafe_markdown(std::string_view text, std::span<const std::string> hosts) {
  constexpr std::string_view kMarks = "<]:wW\\";  // what the checks below begin with
  bool escaped = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (kMarks.find(text[i]) == std::string_view::npos) {
      escaped = false;
      continue;  // most characters: each detail passes here on each call
    }
    if (begins_tag(text, i)) {
      return kHtml;
    }
    const auto rest = text.substr(i);
    if (!escaped && rest.starts_with("](")) {
      const auto url = destination(rest.substr(2));
      if (!is_permitted_link(url, hosts)) {
        return kNotPermitted;
      }
      i = static_cast<std::size_t>(url.data() + url.size() - text.data()) - 1;
      continue;
    }
    if (!escaped && rest.starts_with("]:")) {
      return "must not contain link definitions";
    }
    if (rest.starts_with("://") && !is_permitted_bare(text, i, hosts)) {
      return kNotPermitted;
    }
    if (begins_www(text, i) && !is_permitted_www(text, i, hosts)) {
      return kNotPermitted;
    }
    escaped = !escaped && text[i] == '\\' && i + 1 < text.size() && is_punctuation(text[i + 1]);
  }
  return {};
}

}  // namespace cdss::hooks
