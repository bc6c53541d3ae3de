#include "core/auth/https_key_fetcher.hpp"

#include <atomic>
#include <future>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/clock.hpp"
#include "core/http/server/server.hpp"
#include "tests/core/auth/authenticator_fixture.hpp"
#include "tests/core/http/client/asking.hpp"

namespace cdss::auth {
namespace {

/// A server on the loopback that answers "/keys" with a set and everything else with 302 to it.
struct KeyServer {
  KeyServer() {
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
  }

  std::string url(const char* path) const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + path;
  }

  std::ostringstream lines;
  Log log{lines, Clock::system()};
  Metrics metrics;
  std::unique_ptr<http::Server> server;
};

class HttpsKeyFetcherTest : public testing::Test {
 protected:
  Result<std::string> fetch(const char* path, bool http_on_loopback) {
    std::promise<Result<std::string>> promise;
    HttpsKeyFetcher fetcher{client.get()};
    fetcher.fetch({server.url(path), http_on_loopback},
                  [&](Result<std::string> text) { promise.set_value(std::move(text)); });
    return promise.get_future().get();
  }

  KeyServer server;
  std::unique_ptr<http::Client> client = http::test::start_client();
};

TEST_F(HttpsKeyFetcherTest, JWT_24_FetchesFromThisMachineOnlyInDevelopment) {
  EXPECT_EQ(*fetch("/keys", true), R"({"keys":[]})");
  EXPECT_EQ(fetch("/keys", false).error().code, Errc::unsupported);
}

TEST_F(HttpsKeyFetcherTest, JWT_24_TakesNoRedirectForKeys) {
  EXPECT_EQ(fetch("/elsewhere", true).error().code, Errc::unavailable);
}

TEST_F(HttpsKeyFetcherTest, WaitsWhenItIsClosedForWhoTakesAKeySet) {
  HttpsKeyFetcher fetcher{client.get()};
  std::promise<void> taking;
  std::atomic<bool> taken{false};
  fetcher.fetch({server.url("/keys"), true}, [&](const Result<std::string>&) {
    taking.set_value();
    std::this_thread::sleep_for(
        std::chrono::milliseconds{20});  // else close has nothing to wait for
    taken = true;
  });
  taking.get_future().wait();
  fetcher.close();
  EXPECT_TRUE(taken);
}

TEST_F(HttpsKeyFetcherTest, GivesNothingOnceItIsClosed) {
  const auto called = std::make_shared<std::atomic<bool>>(false);
  HttpsKeyFetcher fetcher{client.get()};
  fetcher.close();
  fetcher.fetch({server.url("/keys"), true},
                [called](const Result<std::string>&) { *called = true; });
  EXPECT_TRUE(fetch("/keys", true));  // the client asks in turn
  client.reset();
  EXPECT_FALSE(*called);
}

class FetchingAuthenticatorTest : public AuthenticatorTest {
 protected:
  KeyServer server;
  std::unique_ptr<http::Client> web = http::test::start_client();
};

TEST_F(FetchingAuthenticatorTest, EndsAnyNumberOfTimesWhileTheClientLivesAndKeysArrive) {
  auto fetching = client();
  fetching.jwks_urls = {server.url("/keys"), server.url("/elsewhere")};
  fetching.allow_http_on_loopback = true;
  std::atomic<int> decided{0};
  for (int round = 0; round < 200; ++round) {
    HttpsKeyFetcher over_https{web.get()};
    KeyCaches own{over_https, clock, records.log, records.metrics};
    ReplayMemory memory;
    auto made = Authenticator::make({fetching}, {own, memory, clock, records.log, records.metrics},
                                    {.threads = 1});
    ASSERT_TRUE(made);
    const auto field = "Bearer " + sign(draft());
    const std::string_view fields[] = {field};
    (*made)->decide({fields, audiences}, [&](const Decision&) { ++decided; });
    std::this_thread::sleep_for(std::chrono::microseconds{10 * round});  // before, amid and after
    over_https.close();
    const int before = decided;
    made->reset();
    EXPECT_EQ(decided, before);
  }
}

}  // namespace
}  // namespace cdss::auth
