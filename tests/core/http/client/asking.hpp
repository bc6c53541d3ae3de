#pragma once

#include <future>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "core/http/client/client.hpp"

namespace cdss::http::test {

/// Starts a client whose log nobody reads.
inline Result<std::unique_ptr<http::Client>> try_client(ClientSettings settings) {
  static std::ostringstream lines;
  static Log log{lines, Clock::system()};
  static Metrics metrics;
  return http::Client::start(std::move(settings), log, metrics);
}

/// A client of ours; not to be confused with test::Client, which says any bytes.
inline std::unique_ptr<http::Client> start_client(ClientSettings settings = {}) {
  auto client = try_client(std::move(settings));
  EXPECT_TRUE(client);
  return *std::move(client);
}

/// Asks, and what comes of it. It must not outlive the client.
inline std::future<Result<Reply>> ask_later(http::Client& client, http::Client::Question ask) {
  auto promise = std::make_shared<std::promise<Result<Reply>>>();
  auto reply = promise->get_future();
  client.ask(std::move(ask), [promise](Result<Reply> got) { promise->set_value(std::move(got)); });
  return reply;
}

inline Result<Reply> ask(http::Client& client, http::Client::Question ask) {
  return ask_later(client, std::move(ask)).get();
}

/// Asks something on the loopback.
inline Result<Reply> get(http::Client& client, std::string url, bool loopback = true) {
  return ask(client, {.url = std::move(url), .loopback = loopback});
}

/// Of a server with a port, on the loopback.
template <class Server>
std::string url_of(const Server& server, std::string_view path = "/",
                   std::string_view scheme_and_host = "http://127.0.0.1") {
  return std::string{scheme_and_host}
      .append(":")
      .append(std::to_string(server.port()))
      .append(path);
}

/// The code of an error; Errc::internal where there was an answer.
inline Errc code_of(const Result<Reply>& reply) {
  return reply ? Errc::internal : reply.error().code;
}

}  // namespace cdss::http::test
