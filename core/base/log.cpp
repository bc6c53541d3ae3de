#include "core/base/log.hpp"

#include <cstdio>
#include <ctime>
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

std::string_view name_of(Log::Level level) {
  switch (level) {
    case Log::Level::info:
      return "info";
    case Log::Level::warning:
      return "warning";
    case Log::Level::error:
      return "error";
  }
  return "error";
}

}  // namespace

void Log::write(Level level, Label event, std::initializer_list<Field> fields) {
  std::string line = json::object([&](json::Object& o) {
    o.string("time", utc(clock_.now()));
    o.string("level", name_of(level));
    o.string("event", event.text());
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
  const std::lock_guard lock{mutex_};
  if (lost_ > 0 && put(lost_line())) {
    lost_ = 0;
  }
  if (!put(line)) {
    ++lost_;
  }
}

std::string Log::lost_line() const {
  std::string line{"\n"};  // the line that failed may have been begun
  line += json::object([&](json::Object& o) {
    o.string("time", utc(clock_.now()));
    o.string("level", name_of(Level::error));
    o.string("event", "log_lines_lost");
    o.integer("count", static_cast<std::int64_t>(lost_));
  });
  line += '\n';
  return line;
}

bool Log::put(std::string_view line) {
  out_ << line << std::flush;
  const bool written = out_.good();
  out_.clear();  // a disk that was full may have room again
  return written;
}

}  // namespace cdss
