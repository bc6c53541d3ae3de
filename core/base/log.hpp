#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/clock.hpp"
#include "core/base/label.hpp"
#include "core/base/log_event_table.hpp"

namespace cdss {

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

/// Structured log: one JSON object a line. Lines that cannot be written are counted, and
/// `log_lines_lost` with their number is written once a line can be written again. Thread-safe.
///
///   {"time":"2026-11-22T08:15:00.123Z","level":"info","event":"call","service":"hip-replacement","status":200}
///
/// A call names an event of kLogEvents and gives its fields in the order that stands there:
///
///   log.warning("plugin_unavailable", {{"plugin", name}});
class Log {
  /// N follows from the fields alone.
  template <LogLevel kLevel, std::size_t N>
  using Event = std::type_identity_t<LogEventName<kLevel, N>>;

 public:
  /// @param out    borrowed; every line is written with one call and flushed.
  /// @param clock  borrowed.
  Log(std::ostream& out, const Clock& clock) : out_{out}, clock_{clock} {}

  void info(LogEventName<LogLevel::info, 0> event) noexcept { write(event.event(), {}); }
  void warning(LogEventName<LogLevel::warning, 0> event) noexcept { write(event.event(), {}); }
  void error(LogEventName<LogLevel::error, 0> event) noexcept { write(event.event(), {}); }

  template <std::size_t N>
  void info(Event<LogLevel::info, N> event, const Field (&fields)[N]) noexcept {
    write(event.event(), fields);
  }
  template <std::size_t N>
  void warning(Event<LogLevel::warning, N> event, const Field (&fields)[N]) noexcept {
    write(event.event(), fields);
  }
  template <std::size_t N>
  void error(Event<LogLevel::error, N> event, const Field (&fields)[N]) noexcept {
    write(event.event(), fields);
  }

 private:
  void write(const LogEvent& event, std::span<const Field> fields) noexcept;
  std::string line_of(const LogEvent& event, std::span<const Field> fields) const;
  bool put_lost() noexcept;
  bool put(std::string_view line) noexcept;

  std::ostream& out_;
  const Clock& clock_;
  std::mutex mutex_;        // one line at a time
  std::uint64_t lost_ = 0;  // lines since the last that was written; guarded by mutex_
};

}  // namespace cdss
