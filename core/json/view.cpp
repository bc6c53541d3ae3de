#include "core/json/view.hpp"

#include <charconv>
#include <utility>

#include "core/base/text/ascii.hpp"

namespace cdss {
namespace {

/// A member name fit for an error message. Names are the sender's text, and one could hold an
/// identifier: shown are only names like those that specifications and settings have.
std::string_view shown(std::string_view name) {
  constexpr std::size_t kLongest = 40;
  constexpr std::string_view kBetween = "_$-.";
  bool plain = !name.empty() && name.size() <= kLongest && is_letter(name.back());
  char before = '-';
  for (std::size_t i = 0; plain && i < name.size(); ++i) {
    plain = is_letter(name[i]) ||
            (is_letter(before) && kBetween.find(name[i]) != std::string_view::npos);
    before = name[i];
  }
  return plain ? name : "?";
}

/// Appends the step from `container` to its child that holds `target`, and returns that child.
std::uint32_t step_towards(const cdss_document& document, std::uint32_t container,
                           std::uint32_t target, std::string& path) {
  std::uint32_t at = container + 1;
  if (document.nodes[container].kind == cdss_array) {
    std::size_t index = 0;
    while (document.nodes[at].next <= target) {
      at = document.nodes[at].next;
      ++index;
    }
    path += '[' + std::to_string(index) + ']';
    return at;
  }
  while (document.nodes[at + 1].next <= target) {
    at = document.nodes[at + 1].next;
  }
  if (!path.empty()) {
    path += '.';
  }
  path += shown(View{document, at}.raw_text());
  return at + 1;
}

}  // namespace

std::string_view View::raw_text() const {
  const cdss_text text = cdss_node_text(&document_, node_);
  return {text.bytes, text.length};
}

std::optional<View> View::find(std::string_view name) const {
  const std::uint32_t node = cdss_find_member(&document_, node_, name.data(), name.size());
  if (node == cdss_no_node) {
    return std::nullopt;
  }
  return View{document_, node};
}

bool View::is_empty() const {
  return is_null() || (is_string() && raw_text().empty()) ||
         ((is_array() || is_object()) && size() == 0);
}

Result<void> View::check_object(std::string_view message) const {
  return is_object() ? Result<void>{} : error(Errc::malformed, std::string{message});
}

Result<void> View::check_array(std::string_view message) const {
  return is_array() ? Result<void>{} : error(Errc::malformed, std::string{message});
}

Result<void> View::check_filled_array(std::string_view message) const {
  return is_array() && size() > 0 ? Result<void>{} : error(Errc::malformed, std::string{message});
}

Result<View> View::at(std::string_view name) const {
  CDSS_CHECK(check_object());
  if (const auto member = find(name)) {
    return *member;
  }
  return error_at(name, Errc::missing, "is required");
}

View::Elements View::elements() const {
  return is_array() ? Elements{document_, node_ + 1, raw().next} : Elements{document_, 0, 0};
}

View::Members View::members() const {
  return is_object() ? Members{document_, node_ + 1, raw().next} : Members{document_, 0, 0};
}

Result<std::string_view> View::string() const {
  if (!is_string()) {
    return error(Errc::malformed, "must be a string");
  }
  if ((raw().flags & cdss_flag_nul) != 0) {
    return error(Errc::malformed, "must not contain the character U+0000");
  }
  return raw_text();
}

Result<bool> View::boolean() const {
  if (!is_boolean()) {
    return error(Errc::malformed, "must be true or false");
  }
  return kind() == cdss_true;
}

Result<std::string_view> View::number() const {
  if (!is_number()) {
    return error(Errc::malformed, "must be a number");
  }
  return raw_text();
}

Result<std::int64_t> View::integer() const {
  CDSS_TRY(const auto text, number());
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code == std::errc::result_out_of_range) {
    return error(Errc::out_of_range, "is too large");
  }
  if (code != std::errc{} || end != text.data() + text.size()) {
    return error(Errc::malformed, "must be a whole number");
  }
  return value;
}

Result<std::string_view> View::required_string(std::string_view name) const {
  CDSS_TRY(const auto member, at(name));
  CDSS_TRY(const auto text, member.string());
  if (trimmed(text).empty()) {
    return member.error(Errc::malformed, "must not be empty");
  }
  return text;
}

Result<std::optional<std::string_view>> View::optional_string(std::string_view name) const {
  const auto member = find(name);
  if (!member) {
    return std::optional<std::string_view>{};
  }
  CDSS_TRY(const auto text, member->string());
  if (text.empty()) {
    return member->error(Errc::malformed, "must not be empty");
  }
  return std::optional{text};
}

Result<std::optional<View>> View::optional_object(std::string_view name) const {
  const auto member = find(name);
  if (member) {
    CDSS_CHECK(member->check_object());
  }
  return member;
}

Result<std::vector<std::string>> View::texts() const {
  CDSS_CHECK(check_filled_array("must be an array with at least one text"));
  std::vector<std::string> texts;
  for (const View element : elements()) {
    CDSS_TRY(const auto text, element.string());
    if (text.empty()) {
      return element.error(Errc::malformed, "must not be empty");
    }
    texts.emplace_back(text);
  }
  return texts;
}

std::string_view View::text_or_empty(std::string_view name) const {
  const auto member = find(name);
  if (!member) {
    return {};
  }
  const auto text = member->string();
  return text ? *text : std::string_view{};
}

std::string View::path() const {
  std::string path;
  std::uint32_t at = 0;
  while (at != node_) {
    at = step_towards(document_, at, node_, path);
    if (at > node_) {  // the node of a member's name, which has the path of the member
      break;
    }
  }
  return path;
}

Error View::error(Errc code, std::string message) const {
  return {code, path(), std::move(message)};
}

Error View::error_at(std::string_view member, Errc code, std::string message) const {
  std::string where = path();
  if (!where.empty()) {
    where += '.';
  }
  where += shown(member);
  return {code, std::move(where), std::move(message)};
}

}  // namespace cdss
