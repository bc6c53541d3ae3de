#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cdss::test {

struct HttpAnswer {
  int status = 0;      ///< 0 when the connection ended without an answer
  std::string header;  ///< status line and fields, as received
  std::string body;
};

/// A plain keep-alive connection to 127.0.0.1. Blocks; gives up after 30 s. One thread at a time.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port) : port_{port} {}
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  HttpAnswer get(std::string_view path) { return send("GET", path, "", ""); }
  HttpAnswer post(std::string_view path, std::string_view body,
                  std::string_view content_type = "application/json") {
    return send("POST", path, content_type, body);
  }
  HttpAnswer send(std::string_view method, std::string_view path, std::string_view content_type,
                  std::string_view body);

  /// Sends these fields with every later request: whole lines, each with its CRLF.
  void set_fields(std::string lines) { fields_ = std::move(lines); }

 private:
  bool connect();
  HttpAnswer receive(bool with_body);

  std::uint16_t port_;
  int socket_ = -1;
  std::string fields_;
};

}  // namespace cdss::test
