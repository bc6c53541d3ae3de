#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <boost/beast/http/basic_parser.hpp>

namespace cdss::http {

/// What reading a request's header and an answer's have in common: Beast reads the header, and the
/// body is left to us. Not thread-safe.
template <bool is_request>
class HeaderParser : public boost::beast::http::basic_parser<is_request> {
 protected:
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;

  HeaderParser() { this->skip(true); }

  /// Whether a Content-Length is the header's first and is one number: Beast accepts a list of
  /// equal lengths and equal repeated fields.
  bool is_only_length(std::string_view value) {
    return !std::exchange(has_length_, true) &&
           value.find_first_not_of("0123456789") == std::string_view::npos;
  }

 private:
  // Never called: of these two the one for the other kind of message.
  void on_request_impl(boost::beast::http::verb, string_view, string_view, int,
                       error_code& error) override {
    error = boost::beast::http::error::bad_method;
  }
  void on_response_impl(int, string_view, int, error_code& error) override {
    error = boost::beast::http::error::bad_method;
  }
  // Never called: the body is skipped.
  std::size_t on_body_impl(string_view, error_code& error) override { return no_body(error); }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view, error_code& error) override {
    return no_body(error);
  }
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code& error) override {
    no_body(error);
  }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code& error) override {
    no_body(error);
  }
  static std::size_t no_body(error_code& error) {
    error = boost::beast::http::error::bad_chunk;
    return 0;
  }
  void on_finish_impl(error_code& error) override { error = {}; }

  bool has_length_ = false;
};

}  // namespace cdss::http
