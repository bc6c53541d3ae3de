#pragma once

#include <string>
#include <string_view>

namespace cdss::evidence {

/// A piece of HTML that stands in the source as a literal. Nothing else converts to it, so text of
/// a package has no way into a page but through Html::text and Html::attribute.
class Markup {
 public:
  consteval Markup(const char* literal) : text_{literal} {}  // NOLINT(google-explicit-constructor)
  constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// Writes HTML: markup as it is, text escaped.
class Html {
 public:
  Html& markup(Markup markup);

  /// Text between tags. Control characters become U+FFFD.
  Html& text(std::string_view text);

  /// ` name="value"`, for a tag that is being written. `name` has no space.
  Html& attribute(Markup name, std::string_view value);

  const std::string& written() const { return out_; }
  std::string take() && { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace cdss::evidence
