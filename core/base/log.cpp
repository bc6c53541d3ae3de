#include "core/base/log.hpp"

#include <cstdio>
#include <ctime>
#include <exception>
#include <ostream>

#include "core/json/json_writer.hpp"

namespace cdss {
namespace {

std::string utc(std::chrono::system_clock::time_point when) {
  using std::chrono::milliseconds;
  const auto since_epoch = std::chrono::duration_cast<milliseconds>(when.time_since_epoch());
  const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  char fraction[8];
  std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(since_epoch.count() % 1000));
  return std::string{text, length} + fraction;
}

constexpr std::string_view kLevels[] = {"info", "warning", "error"};

}  // namespace

std::string Log::line_of(const LogEvent& event, std::span<const Field> fields) const {
  std::string line = json::object([&](json::Object& o) {
    o.string("time", utc(clock_.now()));
    o.string("level", kLevels[static_cast<std::size_t>(event.level)]);
    o.string("event", event.name);
    for (const Field& field : fields) {
      if (field.quoted_) {
        o.string(field.name_.text(), field.text_);
      } else if (!field.text_.empty()) {
        o.boolean(field.name_.text(), field.text_ == "true");
      } else {
        o.integer(field.name_.text(), field.number_);
      }
    }
  });
  line += '\n';
  return line;
}

void Log::write(const LogEvent& event, std::span<const Field> fields) noexcept {
  std::string line;
  try {
    line = line_of(event, fields);
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): no memory; counted below
  }
  const std::lock_guard lock{mutex_};
  if (lost_ > 0 && put_lost()) {
    lost_ = 0;
  }
  if (line.empty() || !put(line)) {
    ++lost_;
  }
}

bool Log::put_lost() noexcept {
  constexpr LogEventName<LogLevel::error, 1> kLost{"log_lines_lost"};
  try {
    const Field count[] = {{"count", lost_}};
    return put('\n' + line_of(kLost.event(), count));  // the line that failed may have been begun
  } catch (const std::exception&) {
    return false;
  }
}

bool Log::put(std::string_view line) noexcept {
  out_ << line << std::flush;
  const bool written = out_.good();
  out_.clear();  // a disk that was full may have room again
  return written;
}

}  // namespace cdss
