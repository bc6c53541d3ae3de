#include "core/http/client/reply_reader.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace cdss::http {
namespace {

using State = ReplyReader::State;

ReplyReader read(std::string_view bytes, std::size_t step, bool ends = false) {
  ReplyReader reader{{.header_bytes = 200, .body_bytes = 20}};
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    reader.put(bytes.substr(at, step));
  }
  if (ends) {
    reader.end();
  }
  return reader;
}

constexpr std::size_t kSteps[] = {1, 3, 1000};

TEST(ReplyReader, ReadsAnAnswerHoweverItArrives) {
  const struct {
    const char* bytes;
    int status;
    const char* body;
    bool may_reuse;
  } rows[] = {
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", true},
      {"HTTP/1.1 200 \r\ncontent-length:2 \r\n\r\n{}", 200, "{}", true},
      {"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", 200, "", true},
      {"HTTP/1.1 404 Not Found\r\nContent-Length:\t2\r\nX:\r\n\r\n{}", 404, "{}", true},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n1\r\n{\r\n1;a=\"b\"\r\n}\r\n0\r\n"
       "X: y\r\n\r\n",
       200, "{}", true},
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nLink: x\r\nContent-Type: a/b\r\n\r\n"
       "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
       200, "{}", true},
      {"HTTP/1.1 200 OK\r\nContent-Encoding: Identity\r\nContent-Length: 2\r\n\r\n{}", 200, "{}",
       true},
      {"HTTP/1.1 204 No Content\r\n\r\n", 204, "", true},
      {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, "", false},
      {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}", 200, "{}", false},
      {"HTTP/1.1 200 OK\r\nConnection: keep-alive, CLOSE\r\nContent-Length: 2\r\n\r\n{}", 200, "{}",
       false},
      {"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\n{}", 200, "{}",
       false},
      {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}!", 200, "{}", false},
  };
  for (const auto& row : rows) {
    for (const std::size_t step : kSteps) {
      SCOPED_TRACE(row.bytes);
      auto reader = read(row.bytes, step);
      ASSERT_EQ(reader.state(), State::complete);
      EXPECT_EQ(reader.may_reuse(), row.may_reuse);
      const Reply reply = reader.take();
      EXPECT_EQ(reply.status, row.status);
      EXPECT_EQ(reply.body, row.body);
      EXPECT_EQ(reply.content_type, "") << "an interim answer has none to give";
    }
  }
}

TEST(ReplyReader, RefusesWhatCanBeReadInTwoWays) {
  for (const char* bytes : {
           "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 2 2\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: \r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551616\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
           "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n",
           "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n",
           "HTTP/1.1 200 OK\r\nContent-Encoding: \r\n",
           "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n 2\r\n\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length:\r\n\t2\r\n\r\n",
           "HTTP/1.1 200 OK\r\nConnection: keep alive\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n",
           "HTTP/1.1 200 OK\r\n Content-Length: 2\r\n",
           "HTTP/1.1 200 OK\r\nContent-Length\r\n",
           "HTTP/1.1 200 OK\r\n: x\r\n",
           "HTTP/1.1 200 OK\r\nX: a\rb\r\n",
           "HTTP/1.1 200 OK\r\nX: \x01\r\n",
           "HTTP/1.1 200 OK\nContent-Length: 2\n\n",
           "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\n",
           "HTTP/1.1 101 Switching Protocols\r\n",
           "HTTP/1.1 100 Continue\r\nContent-Length: 2\r\n\r\n",
           "HTTP/1.1 099 X\r\n",
           "HTTP/1.1 600 X\r\n",
           "HTTP/1.1 2000 X\r\n",
           "HTTP/1.1 2000\r\n",
           "HTTP/1.1 2000\n",
           "HTTP/1.1 200\n",
           "HTTP/1.1 20 X\r\n",
           "HTTP/1.1 2x0 X\r\n",
           "HTTP/1.1  200 X\r\n",
           "HTTP/1.1\t200 X\r\n",
           "HTTP/1.2 200 X\r\n",
           "HTTP/2 200 X\r\n",
           "http/1.1 200 X\r\n",
           "ICY 200 OK\r\n",
           "HTTP/1.1\r\n",
           "\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1 \r\n",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 2\r\n",
       }) {
    for (const std::size_t step : kSteps) {
      SCOPED_TRACE(bytes);
      const auto reader = read(bytes, step);
      ASSERT_EQ(reader.state(), State::failed);
      EXPECT_EQ(reader.error().code, Errc::malformed);
    }
  }
}

TEST(ReplyReader, RefusesWhatIsTooLong) {
  const std::string x(201, 'x');
  for (const std::string& bytes :
       {x, "HTTP/1.1 200 " + x, "HTTP/1.1 200 OK\r\nX: " + x, "HTTP/1.1 200 OK\r\n" + x,
        std::string{"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
                    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"},
        std::string{"HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n"},
        std::string{"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551615\r\n\r\n"},
        std::string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n15\r\n"},
        "HTTP/1.1 200 OK\r\n\r\n" + x}) {
    for (const std::size_t step : kSteps) {
      SCOPED_TRACE(bytes);
      const auto reader = read(bytes, step);
      ASSERT_EQ(reader.state(), State::failed);
      EXPECT_EQ(reader.error().code, Errc::out_of_range);
    }
  }
}

TEST(ReplyReader, EndsABodyWithoutALengthOnly) {
  auto reader = read("HTTP/1.1 200 OK\r\n\r\n{}", 1, true);
  ASSERT_EQ(reader.state(), State::complete);
  EXPECT_FALSE(reader.may_reuse());
  EXPECT_EQ(reader.take().body, "{}");
  for (const char* bytes :
       {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n"}) {
    EXPECT_EQ(read(bytes, 1, true).state(), State::more) << bytes;
  }
}

}  // namespace
}  // namespace cdss::http
