#include "core/hooks/card/markdown.hpp"

#include <algorithm>

#include "core/base/text/utf8.hpp"

namespace cdss::hooks {
namespace {

constexpr char32_t kEllipsis = 0x2026;
constexpr std::string_view kZeroWidthSpace = "\xE2\x80\x8B";

/// Characters that break a line, are not shown, or turn the direction of what follows them.
constexpr bool is_space(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029 ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
         (c >= 0xE0000 && c <= 0xE007F);
}

/// `text` as one line of at most `longest` code points, without space at its ends.
std::u32string one_line(std::string_view text, std::size_t longest) {
  std::u32string line;
  bool space_due = false;
  for (std::size_t at = 0; at < text.size() && line.size() <= longest;) {
    const char32_t c = utf8::next(text, at);
    if (is_space(c)) {
      space_due = !line.empty();
      continue;
    }
    if (space_due) {
      line += U' ';
      space_due = false;
    }
    line += c;
  }
  if (line.size() > longest) {
    line.resize(std::max<std::size_t>(longest, 1) - 1);
    if (!line.empty() && line.back() == U' ') {
      line.pop_back();
    }
    line += kEllipsis;
  }
  return line;
}

constexpr bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

/// Where the dot or bracket stands that would make `line` an item of a numbered list, else npos.
std::size_t list_mark(const std::u32string& line) {
  const auto end =
      static_cast<std::size_t>(std::ranges::find_if_not(line, is_digit) - line.begin());
  const bool marked = end > 0 && end < line.size() && (line[end] == U'.' || line[end] == U')');
  return marked ? end : std::u32string::npos;
}

/// True for what makes an HTML tag of a "<" before it.
constexpr bool may_follow_less(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'/' || c == U'!' ||
         c == U'?';
}

/// True when the dot at `i` ends "www".
bool ends_www(const std::u32string& line, std::size_t i) {
  return i >= 3 && std::all_of(line.begin() + static_cast<std::ptrdiff_t>(i - 3),
                               line.begin() + static_cast<std::ptrdiff_t>(i),
                               [](char32_t c) { return c == U'w' || c == U'W'; });
}

/// What stands before the character at `i`, so that no renderer acts on it.
///
/// @param list  whether it would end the number of a list's item.
std::string_view guard_before(const std::u32string& line, std::size_t i, bool list) {
  constexpr std::u32string_view kMarks = U"\\`*_[]~|";
  constexpr std::u32string_view kMarksAtStart = U"#+-=";
  const char32_t c = line[i];
  if (list || kMarks.find(c) != kMarks.npos || (i == 0 && kMarksAtStart.find(c) != kMarks.npos)) {
    return "\\";
  }
  return c == U'@' || (c == U'.' && ends_www(line, i)) ? kZeroWidthSpace : std::string_view{};
}

void append_escaped(std::string& out, const std::u32string& line, std::size_t i, bool list) {
  const char32_t c = line[i];
  switch (c) {
    case U'<':
      out += "&lt;";
      return;
    case U'>':
      out += "&gt;";
      return;
    case U'&':
      out += "&amp;";
      return;
    default:
      out += guard_before(line, i, list);
      utf8::append(out, c);
  }
  if (c == U':' && line.compare(i + 1, 2, U"//") == 0) {
    out += kZeroWidthSpace;
  }
}

}  // namespace

std::string escape_markdown(std::string_view record_text, std::size_t longest) {
  const auto line = one_line(record_text, longest);
  const auto mark = list_mark(line);
  std::string out;
  out.reserve(line.size() + line.size() / 4);
  for (std::size_t i = 0; i < line.size(); ++i) {
    append_escaped(out, line, i, i == mark);
  }
  return out;
}

std::string plain_text(std::string_view record_text, std::size_t longest) {
  constexpr char32_t kLooksLikeLess = 0x2039;
  const auto line = one_line(record_text, longest);
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool less = line[i] == U'<' && (i + 1 == line.size() || may_follow_less(line[i + 1]));
    utf8::append(out, less ? kLooksLikeLess : line[i]);
  }
  return out;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace cdss::hooks
