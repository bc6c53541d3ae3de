// Depth, and what a hostile text costs in memory.

#include <cstdio>
#include <functional>
#include <string>
#include <unistd.h>
#include <utility>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "core/json/document.hpp"

namespace cdss {
namespace {

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) {
    text += part;
  }
  return text;
}

long peak_kib() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

/// By how many KiB `work` raises the peak of resident memory, measured in a child whose peak starts
/// at what it holds; -1 when the child did not come through.
long peak_growth_kib(const std::function<void()>& work) {
  int ends[2];
  if (pipe(ends) != 0) {
    return -1;
  }
  const pid_t child = fork();
  if (child == 0) {
    const long before = peak_kib();
    work();
    const long growth = peak_kib() - before;
    const auto written = write(ends[1], &growth, sizeof growth);
    _exit(written == sizeof growth ? 0 : 1);
  }
  close(ends[1]);
  long growth = -1;
  if (read(ends[0], &growth, sizeof growth) != sizeof growth) {
    growth = -1;
  }
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return growth;
}

TEST(DocumentDepth, IsAtMostSixtyFourContainers) {
  const struct {
    const char* open;
    const char* inner;
    const char* close;
  } rows[] = {{"[", "", "]"}, {R"({"a":)", "1", "}"}};
  for (const auto& [open, inner, close] : rows) {
    SCOPED_TRACE(open);
    EXPECT_TRUE(Document::parse(repeated(open, 64) + inner + repeated(close, 64)));
    const auto refused = Document::parse(repeated(open, 65) + inner + repeated(close, 65));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::out_of_range);
    EXPECT_EQ(refused.error().message, "is nested more than 64 levels deep");
  }
}

TEST(DocumentDepth, IsAsTheCallerSays) {
  EXPECT_TRUE(Document::parse("[[1]]", {.depth = 2}));
  EXPECT_FALSE(Document::parse("[[[]]]", {.depth = 2}));
  EXPECT_TRUE(Document::parse("1", {.depth = 0}));
  EXPECT_FALSE(Document::parse("[]", {.depth = 0}));
}

TEST(DocumentDepth, AMillionLevelsAreRefusedWithoutMemory) {
  for (const char* const open : {"[", R"({"a":)", R"([{"a":)"}) {
    SCOPED_TRACE(open);
    std::string text = repeated(open, 1'000'000);
    const long text_kib = static_cast<long>(text.size() / 1024);
    bool refused = false;
    const long growth = peak_growth_kib([&] {
      refused = !Document::parse(std::move(text));
      if (!refused) {
        _exit(2);
      }
    });
    ASSERT_GE(growth, 0) << "was accepted, or the process died";
    EXPECT_LT(growth, 64L * 1024 + 2 * text_kib);
  }
}

TEST(DocumentDepth, TheDensestTextTakesAtMostItsStatedMemory) {
  const std::string text = "[" + repeated("1,", 2'000'000) + "1]";  // a node for every two bytes
  const long text_kib = static_cast<long>(text.size() / 1024);
  const long growth = peak_growth_kib([&] {
    if (!Document::parse(text)) {
      _exit(2);
    }
  });
  ASSERT_GE(growth, 0);
  // The copy of the text handed in, the text made room for, and 24 bytes for each byte.
  EXPECT_LT(growth, 26 * text_kib + 16L * 1024);
}

}  // namespace
}  // namespace cdss
