#pragma once

#include <string_view>

namespace cdss {

/// Text that may stand in a log or a metric: a literal of the source, or a name from the site's own
/// configuration. Nothing else converts to it, so text from a request has no way in.
class Label {
 public:
  /// A literal.
  consteval Label(const char* literal) : text_{literal} {}  // NOLINT(google-explicit-constructor)

  /// A name that an operator chose (service id, plugin id, client id, file path of the
  /// configuration).
  static Label configured(std::string_view name) { return Label{name, 0}; }

  std::string_view text() const { return text_; }

 private:
  constexpr Label(std::string_view text, int) : text_{text} {}
  std::string_view text_;
};

}  // namespace cdss
