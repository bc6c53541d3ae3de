#include "core/evidence/html.hpp"

namespace cdss::evidence {
namespace {

/// What stands for a character that HTML would act on or may not hold; empty for any other.
std::string_view escape_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
      return is_control && c != '\t' && c != '\n' ? "\xEF\xBF\xBD" : std::string_view{};
  }
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char& c : text) {
    const auto escape = escape_of(c);
    out += escape.empty() ? std::string_view{&c, 1} : escape;
  }
}

}  // namespace

Html& Html::markup(Markup markup) {
  out_ += markup.text();
  return *this;
}

Html& Html::text(std::string_view text) {
  append_escaped(out_, text);
  return *this;
}

Html& Html::attribute(Markup name, std::string_view value) {
  out_ += ' ';
  out_ += name.text();
  out_ += "=\"";
  append_escaped(out_, value);
  out_ += '"';
  return *this;
}

}  // namespace cdss::evidence
