#include "core/base/log.hpp"

#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/document.hpp"

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
  log.info("call", {{"service", Label::configured("hip-replacement")},
                    {"status", 200},
                    {"isolated", true},
                    {"shown", false},
                    {"microseconds", -1}});
  log.error("worker_died", {});
  EXPECT_EQ(out.str(),
            R"({"time":"2026-11-22T00:00:00.000Z","level":"info","event":"call",)"
            R"("service":"hip-replacement","status":200,"isolated":true,"shown":false,)"
            "\"microseconds\":-1}\n"
            R"({"time":"2026-11-22T00:00:00.000Z","level":"error","event":"worker_died"})"
            "\n");
}

TEST(Log, StaysOneLineWhateverAConfiguredNameHolds) {
  std::ostringstream out;
  Log log{out, kClock};
  log.warning("plugin", {{"plugin", Label::configured("a\"b\nc\xFF")}});
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
  log.info("first", {});
  disk.full = true;
  log.error("safety_wrong_patient", {});
  log.info("third", {});
  disk.full = false;
  log.info("fourth", {});
  log.info("fifth", {});
  const std::string text = disk.str();
  EXPECT_EQ(text.find("safety_wrong_patient"), std::string::npos);
  const auto lost = text.find(
      "\n"
      R"({"time":"2026-11-22T00:00:00.000Z","level":"error","event":"log_lines_lost","count":2})"
      "\n"
      R"({"time":"2026-11-22T00:00:00.000Z","level":"info","event":"fourth"})"
      "\n"
      R"({"time":"2026-11-22T00:00:00.000Z","level":"info","event":"fifth"})");
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
        log.info("tick", {{"thread", thread}, {"number", i}});
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

}  // namespace
}  // namespace cdss
