// Behind a reverse proxy, proxy and server agree where each request ends: the proxy puts a name of
// its own on each request that it forwards, so one that it never saw has none.

#include "tests/hostile/http/proxy.hpp"

#include <map>
#include <mutex>
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/http/server/fixture.hpp"
#include "tests/hostile/http/requests.hpp"

namespace cdss::hostile {
namespace {

using http::Request;
using http::Respond;
using http::Settings;
using http::test::echo;
using http::test::Running;
using testing::HasSubstr;

/// A request as the server read it.
struct Served {
  std::vector<std::string> proxy_ids;
  std::vector<std::string> client_ids;
  std::string read;  ///< "POST /path?query [body]"
};

std::vector<std::string> all(const Request& request, std::string_view name) {
  const auto values = request.all(name);
  return {values.begin(), values.end()};
}

/// A server that keeps what it read.
class Backend {
 public:
  std::uint16_t port() const { return running_.port(); }
  std::vector<Served> served() const {
    const std::lock_guard lock{mutex_};
    return served_;
  }

 private:
  static Settings settings() {
    Settings settings;
    settings.body_bytes = std::size_t{1} << 20U;
    settings.body_timeout = std::chrono::seconds{2};
    return settings;
  }
  void handle(Request request, const Respond& respond) {
    Served served{all(request, "X-Proxy-Id"), all(request, "X-Client-Id"), {}};
    echo(std::move(request), [&](http::Response answer) {
      served.read = answer.body;
      if (!served.client_ids.empty()) {
        answer.headers.emplace_back("X-Client-Id", served.client_ids.front());
      }
      {
        const std::lock_guard lock{mutex_};
        served_.push_back(served);
      }
      respond(std::move(answer));
    });
  }

  mutable std::mutex mutex_;
  std::vector<Served> served_;
  Running running_{
      [this](Request request, const Respond& respond) { handle(std::move(request), respond); },
      settings()};
};

/// The bytes with a field that names them, if they have a Host to put it behind.
std::string named(std::string bytes, const std::string& id) {
  if (const auto host = bytes.find(kHost); host != std::string::npos) {
    bytes.insert(host + kHost.size(), "X-Client-Id: " + id + "\r\n");
  }
  return bytes;
}

std::string ask(const std::string& path, const std::string& id, bool last) {
  return "GET " + path + " HTTP/1.1\r\n" + kHost + "X-Client-Id: " + id + "\r\n" +
         (last ? "Connection: close\r\n\r\n" : "\r\n");
}

class BehindProxy : public testing::TestWithParam<Proxy::Kind> {
 protected:
  /// Ends the proxy and holds what it forwarded against what was served: each request once, none
  /// that it does not know, none lost but what the server refused.
  void expect_agreement() {
    std::map<std::string, int> forwarded;
    for (const auto& [id, status] : proxy.stop()) {
      EXPECT_TRUE(forwarded.emplace(id, status).second) << "forwarded twice";
    }
    std::set<std::string> client_ids;
    for (const Served& request : backend.served()) {
      ASSERT_EQ(request.proxy_ids.size(), 1U) << request.read;
      const auto known = forwarded.extract(request.proxy_ids.front());
      EXPECT_FALSE(known.empty()) << "served twice, or never sent: " << request.read;
      EXPECT_LE(request.client_ids.size(), 1U) << request.read;
      for (const std::string& id : request.client_ids) {
        EXPECT_TRUE(client_ids.insert(id).second) << "served twice: " << id;
      }
    }
    for (const auto& [id, status] : forwarded) {
      EXPECT_TRUE(status < 200 || status >= 400) << status << ": answered, and served nowhere";
    }
  }

  Backend backend;
  Proxy proxy{GetParam(), backend.port()};
};

TEST_P(BehindProxy, NoRequestOfTheTableIsSplitOrServedTwice) {
  ASSERT_TRUE(proxy.is_running());
  std::map<std::string, const HttpRequest*> rows;
  for (const HttpRequest& row : http_requests()) {
    SCOPED_TRACE(row.name + ": " + row.why);
    const std::string id = "row-" + std::to_string(rows.size());
    rows[id] = &row;
    proxy.exchange(named(row.bytes, id) + ask("/behind", id + "-behind", true), row.bytes.size(),
                   true);
    const std::string victim = proxy.exchange(ask("/victim", id + "-victim", true), 1000, false);
    EXPECT_THAT(victim, HasSubstr("GET /victim? []"));
    EXPECT_THAT(victim, HasSubstr(": " + id + "-victim\r\n"));
  }
  expect_agreement();
  for (const Served& request : backend.served()) {
    const auto row =
        request.client_ids.empty() ? rows.end() : rows.find(request.client_ids.front());
    if (row != rows.end() && !row->second->read.empty()) {
      EXPECT_EQ(request.read, row->second->read) << row->second->name;
    }
  }
}

TEST_P(BehindProxy, PipelinedRequestsAreServedOnceAndInOrder) {
  ASSERT_TRUE(proxy.is_running());
  std::mt19937 random{20261122};  // NOLINT(cert-msc51-cpp): the same run each time
  for (int connection = 0; connection < 20; ++connection) {
    std::string bytes;
    std::vector<std::string> expected;
    for (int i = 0; i < 30; ++i) {
      const std::string id = std::to_string(connection) + '-' + std::to_string(i);
      const std::string path = "/" + id;
      const std::string body(random() % 3 == 0 ? random() % 20'000 : random() % 50, 'x');
      const std::string head = "POST " + path + " HTTP/1.1\r\n" + kHost + "X-Client-Id: " + id;
      switch (random() % 3) {
        case 0:
          bytes += ask(path, id, false);
          expected.push_back("GET " + path + "? []");
          break;
        case 1:
          bytes += head + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
          expected.push_back("POST " + path + "? [" + body + ']');
          break;
        default: {
          bytes += head + "\r\nTransfer-Encoding: chunked\r\n\r\n";
          for (std::size_t at = 0; at < body.size(); at += 700) {
            const auto part = std::string_view{body}.substr(at, 700);
            char size[16];
            std::snprintf(size, sizeof size, "%zx\r\n", part.size());
            bytes.append(size).append(part).append("\r\n");
          }
          bytes += "0\r\n\r\n";
          expected.push_back("POST " + path + "? [" + body + ']');
        }
      }
    }
    bytes += ask("/last", std::to_string(connection) + "-last", true);
    expected.emplace_back("GET /last? []");
    const std::string answers = proxy.exchange(bytes, 1 + random() % 5000, false);
    std::size_t at = 0;
    for (const std::string& answer : expected) {
      at = answers.find("\r\n\r\n" + answer, at);
      ASSERT_NE(at, std::string::npos) << answer.substr(0, 40);
      at += answer.size();
    }
  }
  EXPECT_EQ(backend.served().size(), 20U * 31U);
  expect_agreement();
}

INSTANTIATE_TEST_SUITE_P(Debian, BehindProxy,
                         testing::Values(Proxy::Kind::nginx, Proxy::Kind::haproxy),
                         [](const auto& kind) {
                           return kind.param == Proxy::Kind::nginx ? "Nginx" : "Haproxy";
                         });

}  // namespace
}  // namespace cdss::hostile
