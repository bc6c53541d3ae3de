// Each row of the table against a server over a socket, and against the parser in pieces.

#include "tests/hostile/http/requests.hpp"

#include <set>

#include <gtest/gtest.h>

#include "core/http/server/parser.hpp"
#include "tests/core/http/server/fixture.hpp"

namespace cdss::hostile {
namespace {

using http::Request;
using http::RequestParser;
using http::Respond;
using http::Settings;
using http::test::Client;
using http::test::echo;
using http::test::Running;

constexpr std::size_t kBodyBytes = std::size_t{1} << 20U;

/// A server that notes when a request is read that nobody sent.
class Target {
 public:
  Client connect() const { return Client{running_.port()}; }
  bool was_smuggled() const { return smuggled_; }

 private:
  static Settings settings() {
    Settings settings;
    settings.body_bytes = kBodyBytes;
    return settings;
  }

  std::atomic<bool> smuggled_{false};
  Running running_{[this](Request request, const Respond& respond) {
                     smuggled_ = smuggled_ || request.path == "/smuggled";
                     echo(std::move(request), respond);
                   },
                   settings()};
};

TEST(HostileHttp, TableHasNamesOfItsOwnForAtLeast120Requests) {
  std::set<std::string> names;
  for (const HttpRequest& row : http_requests()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_EQ(row.status == 200, !row.read.empty()) << row.name;
  }
  EXPECT_GE(names.size(), 120U);
}

TEST(HostileHttp, EachRequestIsReadInOneWayOrRefusedAndItsConnectionClosed) {
  const Target target;
  for (const HttpRequest& row : http_requests()) {
    SCOPED_TRACE(row.name + ": " + row.why);
    Client client = target.connect();
    client.send(row.bytes);
    if (row.status == 0) {
      client.end_sending();
    }
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, row.status) << answer.body;
    EXPECT_EQ(answer.status != 200 || answer.body == row.read, true) << answer.body;
    if (row.closes) {
      EXPECT_TRUE(client.closes());
      continue;
    }
    EXPECT_NE(answer.header("Connection"), "close");
    client.send("GET /after HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.receive().body, "GET /after? []") << "the next request begins where this ends";
  }
  EXPECT_FALSE(target.was_smuggled());
}

/// What the parser makes of the bytes when they come `step` at a time: a status, or what it read.
std::string parse(const std::string& bytes, std::size_t step) {
  http::Budget budget{std::size_t{64} << 20U};
  http::Lease lease{budget};
  RequestParser parser{{.header_bytes = std::size_t{16} << 10U,
                        .body_bytes = kBodyBytes,
                        .require_local_host = false},
                       lease};
  std::string waiting;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    waiting += bytes.substr(at, step);
    waiting.erase(0, parser.put(waiting));
    if (parser.state() == RequestParser::State::refused) {
      return std::to_string(parser.refusal().status);
    }
    if (parser.state() == RequestParser::State::complete) {
      const Request request = parser.take();
      return request.path + '?' + request.query + " [" + request.body + ']';
    }
  }
  return "waits";
}

TEST(HostileHttp, EachRequestIsReadAlikeHoweverItsBytesArrive) {
  for (const HttpRequest& row : http_requests()) {
    SCOPED_TRACE(row.name);
    const std::string read = row.read.substr(std::min(row.read.find(' ') + 1, row.read.size()));
    const std::string expected = row.status == 0     ? "waits"
                                 : row.status == 200 ? read
                                                     : std::to_string(row.status);
    for (const std::size_t step : {std::size_t{1}, std::size_t{3}, row.bytes.size()}) {
      EXPECT_EQ(parse(row.bytes, step), expected) << step << " at a time";
    }
  }
}

}  // namespace
}  // namespace cdss::hostile
