#include "core/base/log.hpp"

#include <chrono>
#include <exception>
#include <ostream>

#include "core/base/date_time.hpp"
#include "core/json/json_writer.hpp"

namespace cdss {
namespace {

constexpr std::string_view kLevels[] = {"info", "warning", "error"};

}  // namespace

std::string Log::line_of(const LogEvent& event, std::span<const Field> fields) const {
  std::string line = json::object([&](json::Object& o) {
    o.string("time", iso_time(std::chrono::floor<std::chrono::milliseconds>(clock_.now())));
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
