#include "core/trust/https_key_fetcher.hpp"

#include <future>
#include <sstream>

#include <gtest/gtest.h>

#include "core/base/clock.hpp"
#include "core/http/server.hpp"

namespace cdss::trust {
namespace {

/// A server on the loopback that answers "/keys" with a set and everything else with 302 to it.
class HttpsKeyFetcherTest : public testing::Test {
 protected:
  HttpsKeyFetcherTest() {
    auto started = http::Server::start(
        {.threads = 1},
        [](const http::Request& request, const http::Respond& respond) {
          http::Response response;
          response.status = request.path == "/keys" ? 200 : 302;
          response.headers = {{"Location", "/keys"}};
          response.body = R"({"keys":[]})";
          respond(std::move(response));
        },
        [](int, std::string_view) { return std::string{}; }, log, metrics);
    EXPECT_TRUE(started);
    server = *std::move(started);
    client = *http::Client::start({});
  }

  Result<std::string> fetch(const char* path, bool http_on_loopback) {
    std::promise<Result<std::string>> promise;
    HttpsKeyFetcher fetcher{*client};
    fetcher.fetch({"http://127.0.0.1:" + std::to_string(server->port()) + path, http_on_loopback},
                  [&](Result<std::string> text) { promise.set_value(std::move(text)); });
    return promise.get_future().get();
  }

  std::ostringstream lines;
  Log log{lines, Clock::system()};
  Metrics metrics;
  std::unique_ptr<http::Server> server;
  std::unique_ptr<http::Client> client;
};

TEST_F(HttpsKeyFetcherTest, JWT_24_FetchesFromThisMachineOnlyInDevelopment) {
  EXPECT_EQ(*fetch("/keys", true), R"({"keys":[]})");
  EXPECT_EQ(fetch("/keys", false).error().code, Errc::unsupported);
}

TEST_F(HttpsKeyFetcherTest, JWT_24_TakesNoRedirectForKeys) {
  EXPECT_EQ(fetch("/elsewhere", true).error().code, Errc::unavailable);
}

}  // namespace
}  // namespace cdss::trust
