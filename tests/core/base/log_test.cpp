#include "core/base/log.hpp"

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "tests/core/base/fixed_clock.hpp"

namespace cdss {
namespace {

using namespace std::chrono_literals;

// Text made at run time has no way into a log line: none of these may ever compile.
static_assert(!std::is_constructible_v<Label, std::string>);
static_assert(!std::is_constructible_v<Label, const std::string&>);
static_assert(!std::is_constructible_v<Label, std::string_view>);
static_assert(!std::is_constructible_v<Field, Label, std::string>);
static_assert(!std::is_constructible_v<Field, Label, std::string_view>);
static_assert(!std::is_constructible_v<Field, std::string, int>);
static_assert(!std::is_constructible_v<Field, Label, double>);
static_assert(!std::is_convertible_v<std::string, Label>);
static_assert(!std::is_convertible_v<std::string_view, Field>);

const FixedClock kClock{std::chrono::year{2026} / 11 / 22};

TEST(Log, WritesOneJsonObjectALine) {
  std::ostringstream out;
  Log log{out, kClock};
  log.info("plugin_started", {{"plugin", Label::configured("hip-replacement")},
                              {"version", 200},
                              {"knowledge", true},
                              {"ready", false}});
  log.error("http_request_dropped");
  log.info("draining", {{"signal", -1}});
  EXPECT_EQ(out.str(),
            R"({"time":"2026-11-22T00:00:00.000Z","level":"info","event":"plugin_started",)"
            R"("plugin":"hip-replacement","version":200,"knowledge":true,"ready":false})"
            "\n"
            R"({"time":"2026-11-22T00:00:00.000Z","level":"error","event":"http_request_dropped"})"
            "\n"
            R"({"time":"2026-11-22T00:00:00.000Z","level":"info","event":"draining","signal":-1})"
            "\n");
}

TEST(Log, StaysOneLineWhateverAConfiguredNameHolds) {
  std::ostringstream out;
  Log log{out, kClock};
  log.warning("plugin_unavailable", {{"plugin", Label::configured("a\"b\nc\xFF")}});
  const std::string line = out.str();
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto document = Document::parse(line);
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(*document->root().at("plugin")->string(), "a\"b\nc\xEF\xBF\xBD");
}

/// A disk that a test fills: it takes part of a line and then no more.
class FullDisk : public std::stringbuf {
 public:
  bool full = false;

 protected:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    return std::stringbuf::xsputn(text, full ? 5 : size);
  }
};

TEST(Log, GoesOnWhenTheDiskHasRoomAgainAndSaysWhatIsLost) {
  FullDisk disk;
  std::ostream out{&disk};
  Log log{out, kClock};
  log.info("nothing_to_reload");
  disk.full = true;
  log.error("http_request_dropped");
  log.info("tls_reloaded");
  disk.full = false;
  log.info("tls_reloaded");
  log.info("nothing_to_reload");
  const std::string text = disk.str();
  EXPECT_EQ(text.find("http_request_dropped"), std::string::npos);
  const auto lost = text.find(
      "\n"
      R"({"time":"2026-11-22T00:00:00.000Z","level":"error","event":"log_lines_lost","count":2})"
      "\n"
      R"({"time":"2026-11-22T00:00:00.000Z","level":"info","event":"tls_reloaded"})"
      "\n"
      R"({"time":"2026-11-22T00:00:00.000Z","level":"info","event":"nothing_to_reload"})");
  EXPECT_NE(lost, std::string::npos) << text;
}

TEST(Log, DoesNotMixLinesOfSeveralThreads) {
  std::ostringstream out;
  Log log{out, kClock};
  std::vector<std::jthread> threads;
  threads.reserve(4);
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&log, thread] {
      for (int i = 0; i < 200; ++i) {
        log.info("started", {{"port", thread}, {"services", i}});
      }
    });
  }
  threads.clear();
  std::istringstream lines{out.str()};
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    ASSERT_TRUE(Document::parse(line)) << line;
  }
  EXPECT_EQ(count, 800);
}

TEST(Log, HasEventsThatSayWhatTheyMean) {
  for (const LogEvent& event : kLogEvents) {
    SCOPED_TRACE(event.name);
    EXPECT_FALSE(event.meaning.empty());
    EXPECT_FALSE(event.meaning.ends_with('.'));
    const auto end = std::ranges::find(event.fields, std::string_view{});
    EXPECT_TRUE(std::all_of(end, event.fields.end(), [](auto field) { return field.empty(); }));
  }
}

}  // namespace
}  // namespace cdss
