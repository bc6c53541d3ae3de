#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/clock.hpp"

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

/// One member of a log line: a name and a number, a truth value or a Label.
class Field {
 public:
  template <std::integral T>
  requires(!std::same_as<T, bool>) Field(Label name, T number)
      : name_{name}, number_{static_cast<std::int64_t>(number)} {}
  template <std::same_as<bool> T>
  Field(Label name, T truth) : name_{name}, text_{truth ? "true" : "false"}, quoted_{false} {}
  Field(Label name, Label text) : name_{name}, text_{text.text()}, quoted_{true} {}

 private:
  friend class Log;
  Label name_;
  std::int64_t number_ = 0;
  std::string_view text_;
  bool quoted_ = false;
};

/// Structured log: one JSON object a line. What cannot be written is lost and counted; the first
/// line that can be written again comes after `log_lines_lost` with their number. Thread-safe.
///
///   {"time":"2026-11-22T08:15:00.123Z","level":"info","event":"call","service":"hip-replacement","status":200}
class Log {
 public:
  enum class Level { info, warning, error };

  /// @param out    borrowed; every line is written with one call and flushed.
  /// @param clock  borrowed.
  Log(std::ostream& out, const Clock& clock) : out_{out}, clock_{clock} {}

  void info(Label event, std::initializer_list<Field> fields) { write(Level::info, event, fields); }
  void warning(Label event, std::initializer_list<Field> fields) {
    write(Level::warning, event, fields);
  }
  void error(Label event, std::initializer_list<Field> fields) {
    write(Level::error, event, fields);
  }

 private:
  void write(Level level, Label event, std::initializer_list<Field> fields);

  std::string lost_line() const;
  bool put(std::string_view line);

  std::ostream& out_;
  const Clock& clock_;
  std::mutex mutex_;        // one line at a time
  std::uint64_t lost_ = 0;  // lines since the last that was written; guarded by mutex_
};

}  // namespace cdss
