#include "core/http/server/parser.hpp"

#include <gtest/gtest.h>

namespace cdss::http {
namespace {

using State = RequestParser::State;
using namespace std::string_literals;

constexpr RequestParser::Limits kLimits{
    .header_bytes = 512, .body_bytes = 64, .require_local_host = false};

/// The parser after `bytes` have come, `step` at a time.
struct Parsed {
  Parsed(std::string_view bytes, std::size_t step, RequestParser::Limits limits = kLimits)
      : parser{limits, lease} {
    std::string waiting;
    for (std::size_t at = 0; at < bytes.size() && open(); at += step) {
      waiting += bytes.substr(at, step);
      waiting.erase(0, parser.put(waiting));
    }
    left = waiting;
  }
  bool open() const { return parser.state() == State::header || parser.state() == State::body; }

  Budget budget{1024};
  Lease lease{budget};
  RequestParser parser;
  std::string left;
};

TEST(RequestParser, ReadsARequestHoweverItsBytesArrive) {
  const std::string text =
      "POST /cds-services/a%20b?x=1&y HTTP/1.1\r\nHost: here\r\nX-Empty:\r\nx-padded:  a b \r\n"
      "Content-Length: 5\r\n\r\nhello";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    Parsed parsed{text, step};
    ASSERT_EQ(parsed.parser.state(), State::complete) << step;
    const Request request = parsed.parser.take();
    EXPECT_EQ(request.method, Method::post);
    EXPECT_EQ(request.path, "/cds-services/a%20b");
    EXPECT_EQ(request.query, "x=1&y");
    EXPECT_EQ(request.body, "hello");
    EXPECT_EQ(request.header("X-PADDED"), "a b");
    EXPECT_EQ(request.header("absent"), "");
    EXPECT_EQ(request.count("x-empty"), 1U);
    EXPECT_TRUE(parsed.parser.keep_alive());
  }
}

TEST(RequestParser, JoinsChunksAndLetsNoTrailerPassForAHeader) {
  const std::string text =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: CHUNKED\r\n\r\n"
      "3;a=b\r\nhel\r\n2\r\nlo\r\n0\r\nAuthorization: x\r\n\r\n";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    Parsed parsed{text, step};
    ASSERT_EQ(parsed.parser.state(), State::complete) << step;
    const Request request = parsed.parser.take();
    EXPECT_EQ(request.body, "hello");
    EXPECT_EQ(request.count("authorization"), 0U);
  }
}

TEST(RequestParser, ReadsAnEmptyChunkedBodyByteByByte) {
  const std::string text =
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    Parsed parsed{text, step};
    ASSERT_EQ(parsed.parser.state(), State::complete) << step;
    EXPECT_EQ(parsed.parser.take().body, "");
  }
}

TEST(RequestParser, LeavesTheBytesOfTheNextRequest) {
  const std::string one = "GET /1 HTTP/1.1\r\nHost: h\r\n\r\n";
  const Parsed parsed{one + "GET /2", 1000};
  EXPECT_EQ(parsed.parser.state(), State::complete);
  EXPECT_EQ(parsed.left, "GET /2");
}

TEST(RequestParser, AcceptsWhatTheStandardAccepts) {
  const struct {
    const char* what;
    std::string text;
    const char* path;
  } rows[] = {
      {"HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", "/"},
      {"an empty line before the request", "\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", "/"},
      {"a target in absolute form", "GET http://h:80/a?b HTTP/1.1\r\nHost: h:80\r\n\r\n", "/a"},
      {"an absolute target without a path", "GET http://h HTTP/1.1\r\nHost: h\r\n\r\n", "/"},
      {"OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n", "*"},
      {"an unknown method", "BREW /a HTTP/1.1\r\nHost: h\r\n\r\n", "/a"},
      {"a forwarded request, when not told otherwise",
       "GET / HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n", "/"},
  };
  for (const auto& [what, text, path] : rows) {
    SCOPED_TRACE(what);
    Parsed parsed{text, text.size()};
    ASSERT_EQ(parsed.parser.state(), State::complete) << parsed.parser.refusal().sentence;
    EXPECT_EQ(parsed.parser.take().path, path);
  }
}

TEST(RequestParser, RefusesWhatReadersCouldUnderstandInTwoWays) {
  const std::string host = "Host: h\r\n";
  const std::string get = "GET / HTTP/1.1\r\n";
  const std::string post = "POST / HTTP/1.1\r\n" + host;
  const struct {
    const char* what;
    std::string text;
    int status;
  } rows[] = {
      {"no Host", get + "\r\n", 400},
      {"two Hosts", get + host + host + "\r\n", 400},
      {"two Hosts on HTTP/1.0", "GET / HTTP/1.0\r\n" + host + host + "\r\n", 400},
      {"an empty Host", get + "Host:\r\n\r\n", 400},
      {"Host other than the target's", "GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n", 400},
      {"length and encoding", post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"encoding and length", post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
       400},
      {"two equal lengths", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400},
      {"two other lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400},
      {"a list of lengths", post + "Content-Length: 5, 5\r\n\r\nhello", 400},
      {"a signed length", post + "Content-Length: +5\r\n\r\nhello", 400},
      {"a negative length", post + "Content-Length: -5\r\n\r\nhello", 400},
      {"a hexadecimal length", post + "Content-Length: 0x5\r\n\r\nhello", 400},
      {"an empty length", post + "Content-Length:\r\n\r\n", 400},
      {"a length past 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", 400},
      {"gzip", post + "Transfer-Encoding: gzip\r\n\r\n", 501},
      {"gzip and chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
      {"chunked and identity", post + "Transfer-Encoding: chunked, identity\r\n\r\n", 501},
      {"chunked twice in one", post + "Transfer-Encoding: chunked, chunked\r\n\r\n", 501},
      {"chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"chunked with vertical tab",
       post + "Transfer-Encoding: \x0b"
              "chunked\r\n\r\n",
       400},
      {"chunked on HTTP/1.0", "POST / HTTP/1.0\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n",
       400},
      {"a folded field", get + host + "A: b\r\n c\r\n\r\n", 400},
      {"a folded first field", get + " A: b\r\n" + host + "\r\n", 400},
      {"space before the colon", get + host + "A : b\r\n\r\n", 400},
      {"a name that is no token", get + host + "A(b): c\r\n\r\n", 400},
      {"no colon", get + host + "Abc\r\n\r\n", 400},
      {"line feeds alone", "GET / HTTP/1.1\nHost: h\n\n", 400},
      {"an empty line of one line feed", get + host + "\n", 400},
      {"a line feed first", "\nGET / HTTP/1.1\r\n", 400},
      {"a carriage return alone", get + host + "A: b\rc\r\n\r\n", 400},
      {"NUL in a field", get + host + "A: b\0c\r\n\r\n"s, 400},
      {"NUL in the target", "GET /\0 HTTP/1.1\r\n"s + host + "\r\n", 400},
      {"a control character in the target", "GET /\x01 HTTP/1.1\r\n" + host + "\r\n", 400},
      {"a byte above ASCII in the target", "GET /\xff HTTP/1.1\r\n" + host + "\r\n", 400},
      {"a fragment", "GET /a#b HTTP/1.1\r\n" + host + "\r\n", 400},
      {"a relative target", "GET a HTTP/1.1\r\n" + host + "\r\n", 400},
      {"CONNECT", "CONNECT h:80 HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET *", "GET * HTTP/1.1\r\n" + host + "\r\n", 400},
      {"two spaces", "GET  / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"HTTP/1.2", "GET / HTTP/1.2\r\n" + host + "\r\n", 505},
      {"HTTP/0.9", "GET /\r\n\r\n", 400},
      {"Host with a port that is none", get + "Host: localhost:80.evil.example\r\n\r\n", 400},
      {"a cut version", "GET / HTT\r\n\r\n", 400},
      {"a cut method", "GET\r\n\r\n", 400},
      {"two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"TLS to a plain port", "\x16\x03\x01\x02", 400},
      {"another expectation", post + "Expect: coffee\r\n\r\n", 417},
      {"a body longer than allowed", post + "Content-Length: 65\r\n\r\n", 413},
      {"a chunk longer than allowed", post + "Transfer-Encoding: chunked\r\n\r\n41\r\na", 413},
      {"chunks longer than allowed", post + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n40\r\n",
       413},
      {"a chunk size past 64 bits",
       post + "Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n", 400},
      {"a chunk size that is none", post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
      {"a chunk longer than its size",
       post + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n", 400},
      {"a header longer than allowed", get + host + "A: " + std::string(600, 'a') + "\r\n\r\n",
       431},
      {"a header without end", get + host + "A: " + std::string(600, 'a'), 431},
  };
  for (const auto& [what, text, status] : rows) {
    for (const std::size_t step : {std::size_t{1}, text.size()}) {
      SCOPED_TRACE(what);
      const Parsed parsed{text, step};
      EXPECT_EQ(parsed.parser.state(), State::refused);
      EXPECT_EQ(parsed.parser.refusal().status, status) << parsed.parser.refusal().sentence;
    }
  }
}

TEST(RequestParser, ServesOnlyThisMachineWhenToldTo) {
  auto limits = kLimits;
  limits.require_local_host = true;
  const struct {
    const char* headers;
    bool served;
  } rows[] = {
      {"Host: localhost", true},
      {"Host: LocalHost:8080", true},
      {"Host: 127.0.0.1:1", true},
      {"Host: [::1]", true},
      {"Host: [::1]:8080", true},
      {"Host: localhost.evil.example", false},
      {"Host: 127.0.0.1.nip.io", false},
      {"Host: 127.0.0.2", false},
      {"Host: evil.example", false},
      {"Host: localhost\r\nForwarded: for=1.2.3.4", false},
      {"Host: localhost\r\nX-FORWARDED-anything: 1", false},
      {"Host: localhost\r\nVia: 1.1 proxy", false},
      {"Host: localhost\r\nx-real-ip: 1.2.3.4", false},
      {"Host: localhost\r\nX-Forwarded: 1", true},
  };
  for (const auto& [headers, served] : rows) {
    SCOPED_TRACE(headers);
    const auto text = "GET / HTTP/1.1\r\n" + std::string{headers} + "\r\n\r\n";
    const Parsed parsed{text, text.size(), limits};
    EXPECT_EQ(parsed.parser.state(), served ? State::complete : State::refused);
    if (!served) {
      EXPECT_EQ(parsed.parser.refusal().status, 403);
    }
  }
  const Parsed old{"GET / HTTP/1.0\r\n\r\n", 100, limits};
  EXPECT_EQ(old.parser.state(), State::refused);
}

TEST(RequestParser, TakesTheBytesOfABodyFromTheBudgetAsTheyArrive) {
  Budget budget{10};
  Lease other{budget};
  ASSERT_TRUE(other.take(6));
  Lease lease{budget};
  RequestParser parser{kLimits, lease};
  parser.put("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 50\r\n\r\n1234");
  EXPECT_EQ(parser.state(), State::body) << "a claimed length is not taken";
  parser.put("5");
  EXPECT_EQ(parser.state(), State::refused);
  EXPECT_EQ(parser.refusal().status, 503);
  lease.release();
  EXPECT_TRUE(other.take(4));
}

TEST(RequestParser, KeepsTheConnectionAsTheClientWants) {
  const struct {
    const char* text;
    bool keep;
  } rows[] = {
      {"GET / HTTP/1.1\r\nHost: h\r\n\r\n", true},
      {"GET / HTTP/1.1\r\nHost: h\r\nConnection: Close\r\n\r\n", false},
      {"GET / HTTP/1.1\r\nHost: h\r\nConnection: x, close\r\n\r\n", false},
      {"GET / HTTP/1.0\r\n\r\n", false},
      {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
  };
  for (const auto& [text, keep] : rows) {
    SCOPED_TRACE(text);
    const Parsed parsed{text, 1000};
    ASSERT_EQ(parsed.parser.state(), State::complete);
    EXPECT_EQ(parsed.parser.keep_alive(), keep);
  }
}

}  // namespace
}  // namespace cdss::http
