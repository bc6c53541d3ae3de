#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cdss::hostile {

/// The bytes that one client sends on a connection of its own, and what a strict server does.
struct HttpRequest {
  std::string name;   ///< Unique.
  const char* why;    ///< What a lenient reader makes of it, or which rule it tests.
  std::string bytes;  ///< One request; what follows a refused one is never read as another.
  int status;         ///< Of the only answer; 0: the client ends its side, and there is none.
  bool closes;        ///< Whether the server ends the connection then.
  /// How a good request is read: "POST /path?query [body]"; empty for one that is refused.
  std::string read = {};
};

/// All of them, typed by hand; names are unique.
///
/// Source: RFC 9110 and RFC 9112, the cases that the HTTP Garden project publishes
/// (https://github.com/narfindustries/http-garden), and advisories about servers and proxies, named
/// in each row.
const std::vector<HttpRequest>& http_requests();

// One file each.
std::vector<HttpRequest> request_lines();
std::vector<HttpRequest> hosts_and_targets();
std::vector<HttpRequest> fields();
std::vector<HttpRequest> lengths();
std::vector<HttpRequest> encodings();
std::vector<HttpRequest> chunks();
std::vector<HttpRequest> trailers();

// How the rows are written.

inline HttpRequest refused(std::string name, const char* why, std::string bytes, int status = 400) {
  return {std::move(name), why, std::move(bytes), status, true};
}
inline HttpRequest read_as(std::string name, const char* why, std::string bytes, std::string read,
                           bool closes = false) {
  return {std::move(name), why, std::move(bytes), 200, closes, std::move(read)};
}
/// A request that never ends.
inline HttpRequest cut(std::string name, const char* why, std::string bytes) {
  return {std::move(name), why, std::move(bytes), 0, true};
}

inline const std::string kHost = "Host: localhost\r\n";
/// What an attacker wants to be read as a request of its own.
inline const std::string kSmuggled = "GET /smuggled HTTP/1.1\r\n" + kHost + "\r\n";

inline std::string line(const std::string& request_line) {
  return request_line + "\r\n" + kHost + "\r\n";
}
inline std::string get(const std::string& more_fields) {
  return "GET /a HTTP/1.1\r\n" + kHost + more_fields + "\r\n";
}
inline std::string post(const std::string& more_fields, const std::string& body) {
  return "POST /a HTTP/1.1\r\n" + kHost + more_fields + "\r\n" + body;
}
inline std::string chunked(const std::string& body) {
  return post("Transfer-Encoding: chunked\r\n", body);
}

}  // namespace cdss::hostile
