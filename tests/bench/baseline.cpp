// The least that a server in this language can do with a hook call: Beast reads it, RapidJSON
// parses it, a fixed answer is written. What we cost is told as a ratio to this.

#include <charconv>
#include <cstdio>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include <boost/asio.hpp>
#include <boost/beast.hpp>

#include "tests/bench/baseline_json.hpp"

namespace cdss::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

constexpr std::size_t kReadBuffer = std::size_t{64} << 10U;
constexpr std::uint64_t kLongestBody = std::uint64_t{8} << 20U;

class Session : public std::enable_shared_from_this<Session> {
 public:
  explicit Session(asio::ip::tcp::socket socket) : stream_{std::move(socket)} {
    buffer_.reserve(kReadBuffer);
    stream_.socket().set_option(asio::ip::tcp::no_delay{true});
  }

  void read() {
    parser_.emplace();
    parser_->body_limit(kLongestBody);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](error_code error, std::size_t) {
                       if (!error) {
                         self->answer();
                       }
                     });
  }

 private:
  void answer() {
    const bool good = reads_as_json(parser_->get().body());
    response_ = {good ? http::status::ok : http::status::bad_request, 11};
    response_.set(http::field::content_type, "application/json");
    response_.body() = R"({"cards":[]})";
    response_.keep_alive(parser_->get().keep_alive());
    response_.prepare_payload();
    http::async_write(stream_, response_,
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (!error && self->response_.keep_alive()) {
                          self->read();
                        }
                      });
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  http::response<http::string_body> response_;
};

class Listener {
 public:
  explicit Listener(asio::io_context& io)
      : io_{io}, acceptor_{io, {asio::ip::address_v4::loopback(), 0}} {}

  void accept() {
    acceptor_.async_accept(asio::make_strand(io_),
                           [this](error_code error, asio::ip::tcp::socket socket) {
                             if (!error) {
                               std::make_shared<Session>(std::move(socket))->read();
                             }
                             accept();
                           });
  }
  unsigned port() const { return acceptor_.local_endpoint().port(); }

 private:
  asio::io_context& io_;
  asio::ip::tcp::acceptor acceptor_;
};

int run(int threads) {
  asio::io_context io{threads};
  Listener listener{io};
  listener.accept();
  std::printf("listening on http://127.0.0.1:%u\n", listener.port());
  std::fflush(stdout);
  std::vector<std::thread> others;
  for (int i = 1; i < threads; ++i) {
    others.emplace_back([&] { io.run(); });
  }
  io.run();
  return 0;
}

}  // namespace
}  // namespace cdss::bench

int main(int argc, char** argv) {
  int threads = 0;
  const char* const end = argc == 3 ? argv[2] + std::strlen(argv[2]) : nullptr;
  if (argc != 3 || std::strcmp(argv[1], "--threads") != 0 ||
      std::from_chars(argv[2], end, threads).ptr != end || threads < 1) {
    std::fputs("usage: bench_baseline --threads N\n", stderr);
    return 2;
  }
  return cdss::bench::run(threads);
}
