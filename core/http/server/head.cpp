#include "core/http/server/head.hpp"

#include <algorithm>
#include <ctime>
#include <string_view>
#include <utility>

#include "core/http/common/status.hpp"
#include "core/http/common/text.hpp"

namespace cdss::http {
namespace {

/// Of the statuses that this program answers with; of others it is empty, as RFC 9112 permits.
std::string_view reason_of(int status) {
  static constexpr std::pair<int, std::string_view> kReasons[] = {
      {200, "OK"},
      {204, "No Content"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {408, "Request Timeout"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {504, "Gateway Timeout"},
      {505, "HTTP Version Not Supported"},
  };
  const auto* const found =
      std::ranges::find(kReasons, status, &std::pair<int, std::string_view>::first);
  return found == std::end(kReasons) ? std::string_view{} : found->second;
}

/// Today's date as RFC 9110, section 5.6.7, wants it, whatever the locale; made once a second.
std::string_view date() {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t made = -1;
  thread_local char text[40];
  const std::time_t now = std::time(nullptr);
  if (now != made) {
    made = now;
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", kDays[parts.tm_wday],
                  parts.tm_mday, kMonths[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour,
                  parts.tm_min, parts.tm_sec);
  }
  return text;
}

/// Fields that say how the message is framed, or that the server always writes.
bool is_ours(std::string_view name) {
  static constexpr std::string_view kOurs[] = {
      "date",       "content-type",      "content-length",
      "connection", "transfer-encoding", "keep-alive",
      "upgrade",    "trailer",           "x-content-type-options"};
  return std::ranges::any_of(kOurs, [&](auto ours) { return equal_ignoring_case(name, ours); });
}

void append(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string write_head(const Response& response, HeadOptions options) {
  std::string head;
  head.reserve(512);
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(reason_of(response.status)).append("\r\n");
  append(head, "Date", date());
  if (has_body(response.status)) {
    if (!response.content_type.empty() && is_text(response.content_type)) {
      append(head, "Content-Type", response.content_type);
    }
    append(head, "Content-Length", std::to_string(response.body.size()));
  }
  append(head, "X-Content-Type-Options", "nosniff");
  bool cache_said = false;
  for (const auto& [name, value] : response.headers) {
    if (!is_token(name) || !is_text(value) || is_ours(name)) {
      continue;
    }
    cache_said = cache_said || equal_ignoring_case(name, "cache-control");
    append(head, name, value);
  }
  if (!cache_said) {
    append(head, "Cache-Control", "no-store");
  }
  if (options.close) {
    append(head, "Connection", "close");
  } else if (options.http_1_0) {
    append(head, "Connection", "keep-alive");
  }
  head.append("\r\n");
  return head;
}

}  // namespace cdss::http
