#include "core/http/common/chunk_reader.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdss::http {
namespace {

using State = ChunkReader::State;

/// The reader after `bytes` have come, `step` at a time.
struct Read {
  Read(std::string_view bytes, std::size_t step, std::size_t most) : reader{most} {
    std::string waiting;
    for (std::size_t at = 0; at < bytes.size() && reader.state() == State::more; at += step) {
      waiting += bytes.substr(at, step);
      ChunkReader::Step taken;
      do {
        taken = reader.next(waiting);
        body += taken.body;
        waiting.erase(0, taken.used);
      } while (taken.used != 0 && reader.state() == State::more);
    }
    left = waiting;
  }
  ChunkReader reader;
  std::string body;
  std::string left;
};

TEST(ChunkReader, JoinsChunksHoweverTheyArriveAndLeavesWhatFollows) {
  const std::string text = "3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nA: b\r\n\r\n";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    const Read read{text, step, 5};
    ASSERT_EQ(read.reader.state(), State::complete) << step;
    EXPECT_EQ(read.body, "hello");
  }
  EXPECT_EQ(Read("0\r\n\r\nGET", 100, 5).left, "GET");
}

TEST(ChunkReader, TakesNoMoreThanItIsAllowed) {
  const struct {
    const char* text;
    State state;
  } rows[] = {
      {"5\r\nhello\r\n0\r\n\r\n", State::complete}, {"6\r\n", State::too_long},
      {"4\r\nhell\r\n2\r\n", State::too_long},      {"ffffffffffffffff\r\n", State::too_long},
      {"10000000000000000\r\n", State::malformed},
  };
  for (const auto& [text, state] : rows) {
    EXPECT_EQ(Read(text, 1, 5).reader.state(), state) << text;
  }
}

TEST(ChunkReader, BoundsWhatChunksOfOneByteCost) {
  std::string plain;
  std::string padded;
  for (int i = 0; i < 20'000; ++i) {
    plain += "1\r\nx\r\n";
    padded += "1;" + std::string(30, 'a') + "\r\nx\r\n";
  }
  EXPECT_EQ(Read(plain, plain.size(), 100'000).reader.state(), State::more);
  EXPECT_EQ(Read(padded, padded.size(), 100'000).reader.state(), State::malformed);
}

}  // namespace
}  // namespace cdss::http
