#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/common/header_parser.hpp"
#include "core/http/server/request.hpp"

namespace cdss::http {

/// Why the server itself answers a request.
struct Refusal {
  int status = 400;
  std::string_view sentence;  ///< Fixed text, no full stop.
};

/// What a request may be.
struct RequestLimits {
  std::size_t header_bytes;
  std::size_t body_bytes;
  bool require_local_host;
};

/// Collects the header of one message straight into a Request, and refuses what Beast would let
/// pass. Beast's own parser would keep the fields in a tree of its own and reserve the body by what
/// Content-Length claims; the body is left to RequestParser. Not thread-safe.
class Collector final : public HeaderParser<true> {
 public:
  explicit Collector(const RequestLimits& limits);

  Request request;
  std::optional<Refusal> refusal;  ///< Why `put` failed, when not for a reason of Beast's.
  bool wants_continue = false;
  bool is_http_1_0 = false;

 private:
  void refuse(const Refusal& why, error_code& error);
  bool read_target(std::string_view target);
  void check_transfer_encoding(std::string_view value, error_code& error);

  void on_request_impl(boost::beast::http::verb method, string_view, string_view target,
                       int version, error_code& error) override;
  void on_field_impl(boost::beast::http::field name, string_view name_text, string_view value_text,
                     error_code& error) override;
  void on_header_impl(error_code& error) override;

  const RequestLimits limits_;
  std::optional<std::string> authority_;  // of a target in absolute form
  std::size_t hosts_ = 0;
};

}  // namespace cdss::http
