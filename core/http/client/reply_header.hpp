#pragma once

#include <string_view>

#include "core/http/client/client.hpp"
#include "core/http/common/header_parser.hpp"

namespace cdss::http {

/// Reads the header of one answer through Beast, a line at a time, and refuses what Beast would let
/// pass. Once it is done, it never has both chunks and a content length. Not thread-safe.
/// Source: RFC 9112, sections 4, 5, 6; RFC 9110, section 15.2.
class ReplyHeader final : public HeaderParser<false> {
 public:
  ReplyHeader();

  /// Reads the next line, while the header is not done.
  /// @param line  ends with its only line feed; the caller limits how long lines are.
  /// @return false when no answer of HTTP/1.1 or HTTP/1.0 has it here, or readers disagree on it:
  ///         the header can be read no further.
  bool read(std::string_view line);

  /// Once done: whether the server leaves the connection open behind the answer; HTTP/1.0 does not.
  bool leaves_open() const { return is_http_1_1_ && keep_alive(); }

  Reply reply;  ///< Once done, without its body; of 1xx but 101, which is refused, too.

 private:
  void on_response_impl(int status, string_view, int version, error_code& error) override;
  void on_field_impl(boost::beast::http::field name, string_view, string_view value_text,
                     error_code& error) override;
  void on_header_impl(error_code& error) override;

  bool is_http_1_1_ = false;
};

}  // namespace cdss::http
