#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/http/server/server.hpp"
#include "tests/core/http/client.hpp"

namespace cdss::http::test {

/// Says what the request was: "GET /path?query [body]".
inline void echo(Request request, const Respond& respond) {
  static constexpr const char* kNames[] = {"GET", "HEAD", "POST", "OPTIONS", "other"};
  Response response;
  response.content_type = "text/plain";
  response.body = std::string{kNames[static_cast<int>(request.method)]} + ' ' + request.path + '?' +
                  request.query + " [" + request.body + ']';
  respond(std::move(response));
}

inline std::string error_body(int status, std::string_view sentence) {
  return "{\"status\":" + std::to_string(status) + ",\"sentence\":\"" + std::string{sentence} +
         "\"}";
}

/// Requests that wait until the test answers them.
class Held {
 public:
  Handler handler() {
    return [this](const Request&, Respond respond) {
      const std::lock_guard lock{mutex_};
      waiting_.push_back(std::move(respond));
      arrived_.notify_all();
    };
  }
  /// The oldest request, waiting for it. Throws, and so fails the test, when none comes.
  Respond take() {
    std::unique_lock lock{mutex_};
    if (!arrived_.wait_for(lock, std::chrono::seconds{10}, [this] { return !waiting_.empty(); })) {
      throw std::runtime_error{"no request has come"};
    }
    Respond respond = std::move(waiting_.front());
    waiting_.erase(waiting_.begin());
    return respond;
  }

 private:
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<Respond> waiting_;
};

/// A server on a free port of the loopback.
class Running {
 public:
  explicit Running(Handler handler = echo, Settings settings = {}) {
    settings.threads = 2;
    auto started = Server::start(std::move(settings), std::move(handler), error_body, log, metrics);
    if (!started) {
      ADD_FAILURE() << started.error().where << ' ' << started.error().message;
      return;
    }
    server = *std::move(started);
  }

  std::uint16_t port() const { return server->port(); }
  std::uint64_t counted(MetricName<MetricType::counter, false> name) {
    return metrics.counter(name).value();
  }
  std::uint64_t counted(MetricName<MetricType::counter, true> name, Label value) {
    return metrics.counter(name, value).value();
  }

  std::ostringstream lines;
  Log log{lines, Clock::system()};
  Metrics metrics;
  std::unique_ptr<Server> server;
};

/// A whole request with a body.
inline std::string post(std::string_view path, std::string_view body,
                        std::string_view more_headers = "") {
  std::string text = "POST ";
  text.append(path).append(" HTTP/1.1\r\nHost: localhost\r\nContent-Length: ");
  text.append(std::to_string(body.size())).append("\r\n").append(more_headers).append("\r\n");
  return text.append(body);
}

inline constexpr std::string_view kGet = "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n";

}  // namespace cdss::http::test
