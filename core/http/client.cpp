// The client side of HTTPS, on Beast.

#include "core/http/client.hpp"

#include <thread>
#include <variant>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <openssl/crypto.h>

#include "core/http/address.hpp"
#include "core/http/text.hpp"
#include "core/http/url.hpp"

namespace cdss::http {
namespace {

namespace asio = boost::asio;
namespace beast_http = boost::beast::http;
using asio::ip::tcp;
using boost::beast::error_code;
using boost::beast::flat_buffer;
using boost::beast::tcp_stream;
using TlsStream = boost::beast::ssl_stream<tcp_stream>;

constexpr std::uint32_t kLongestHeader = 16U << 10U;
constexpr int kHttp11 = 11;

Error unavailable(const char* message) {
  return {Errc::unavailable, {}, message};
}

bool may_reach(AddressKind kind, const Url& url, bool loopback, bool private_networks) {
  switch (kind) {
    case AddressKind::loopback:
      return loopback;
    case AddressKind::global:
      return url.tls;
    case AddressKind::private_network:
      return url.tls && private_networks;
    case AddressKind::forbidden:
      break;
  }
  return false;
}

/// One call. Lives as long as something of it runs; all of it runs on the client's thread. Each
/// step starts the next or finishes.
class Call : public std::enable_shared_from_this<Call> {
 public:
  Call(asio::io_context& io, asio::ssl::context& tls, const ClientSettings& settings,
       Client::Ask request, Client::Done done)
      : io_{io},
        tls_{tls},
        settings_{settings},
        request_{std::move(request)},
        done_{std::move(done)},
        resolver_{io},
        timer_{io} {}

  ~Call() { wipe(); }
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  void start() {
    if (!is_text(request_.accept) || !is_text(request_.authorization)) {
      return finish(Error{Errc::malformed, {}, "has a field that HTTP cannot carry"});
    }
    auto url = Url::parse(request_.url);
    if (!url) {
      return finish(std::move(url).error());
    }
    url_ = *std::move(url);
    if (!url_.tls && !request_.loopback) {
      return finish(Error{Errc::unsupported, {}, "must be https"});
    }
    timer_.expires_at(
        request_.deadline.value_or(std::chrono::steady_clock::now() + settings_.timeout));
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) {
        self->finish(Error{Errc::timed_out, {}, "took too long"});
        self->abort();
      }
    });
    // No name service need know it, and none may say otherwise: RFC 6761, section 6.3.
    const std::string host = url_.host == "localhost" ? "127.0.0.1" : url_.host;
    resolver_.async_resolve(
        host, std::to_string(url_.port),
        [self = shared_from_this()](error_code error, const tcp::resolver::results_type& found) {
          error ? self->finish(unavailable("could not be resolved")) : self->connect(found);
        });
  }

 private:
  void finish(Result<Reply> reply) {
    timer_.cancel();
    if (done_) {
      std::exchange(done_, nullptr)(std::move(reply));
    }
  }

  /// Ends what waits, once the call has taken too long.
  void abort() {
    resolver_.cancel();
    if (auto* const plain = std::get_if<tcp_stream>(&stream_)) {
      plain->close();
    } else if (auto* const secure = std::get_if<TlsStream>(&stream_)) {
      secure->next_layer().close();
    }
  }

  void connect(const tcp::resolver::results_type& found) {
    for (const auto& entry : found) {
      const auto kind = kind_of(entry.endpoint().address().to_string());
      if (may_reach(kind, url_, request_.loopback,
                    request_.private_network || settings_.private_networks)) {
        permitted_.push_back(entry.endpoint());
      }
    }
    if (permitted_.empty()) {
      return finish(Error{Errc::unsupported, {}, "leads to no address that may be asked"});
    }
    if (!done_) {
      return;  // it took too long
    }
    auto& stream = url_.tls ? stream_.emplace<TlsStream>(tcp_stream{io_}, tls_).next_layer()
                            : stream_.emplace<tcp_stream>(io_);
    stream.async_connect(permitted_,
                         [self = shared_from_this()](error_code error, const tcp::endpoint&) {
                           self->connected(error);
                         });
  }

  void connected(error_code error) {
    if (error) {
      return finish(unavailable("could not be reached"));
    }
    if (!url_.tls) {
      return ask(std::get<tcp_stream>(stream_));
    }
    auto& stream = std::get<TlsStream>(stream_);
    stream.set_verify_callback(asio::ssl::host_name_verification(url_.host));
    if (!url_.host_is_address) {
      SSL_set_tlsext_host_name(stream.native_handle(), url_.host.c_str());
    }
    stream.async_handshake(
        asio::ssl::stream_base::client, [self = shared_from_this()](error_code failed) {
          failed ? self->finish(unavailable("is not trusted, or speaks no TLS 1.2"))
                 : self->ask(std::get<TlsStream>(self->stream_));
        });
  }

  template <class Stream>
  void ask(Stream& stream) {
    const bool has_form = !request_.form.empty();
    asked_ = {has_form ? beast_http::verb::post : beast_http::verb::get, url_.target, kHttp11,
              request_.form};
    asked_.set(beast_http::field::host, url_.authority);
    asked_.set(beast_http::field::accept, request_.accept);
    asked_.set(beast_http::field::user_agent, "psoas-cds");
    asked_.set(beast_http::field::connection, "close");
    if (has_form) {
      asked_.set(beast_http::field::content_type, "application/x-www-form-urlencoded");
      asked_.prepare_payload();
    }
    if (!request_.authorization.empty()) {
      asked_.set(beast_http::field::authorization, request_.authorization);
    }
    beast_http::async_write(
        stream, asked_, [self = shared_from_this(), &stream](error_code error, std::size_t) {
          self->wipe();
          error ? self->finish(unavailable("ended the connection")) : self->read(stream);
        });
  }

  void wipe() {
    OPENSSL_cleanse(request_.authorization.data(), request_.authorization.size());
    if (const auto field = asked_.find(beast_http::field::authorization); field != asked_.end()) {
      const auto value = field->value();
      OPENSSL_cleanse(const_cast<char*>(value.data()), value.size());
    }
  }

  template <class Stream>
  void read(Stream& stream) {
    parser_.header_limit(kLongestHeader);
    parser_.body_limit(request_.body_bytes != 0 ? request_.body_bytes : settings_.body_bytes);
    beast_http::async_read(
        stream, buffer_, parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->answered(error); });
  }

  void answered(error_code error) {
    if (error == beast_http::error::body_limit) {
      return finish(Error{Errc::out_of_range, {}, "answered with too long a body"});
    }
    if (error && error.category() == make_error_code(beast_http::error::bad_version).category()) {
      return finish(Error{Errc::malformed, {}, "did not answer in HTTP"});
    }
    if (error) {
      return finish(unavailable("ended the connection"));
    }
    auto& answer = parser_.get();
    finish(Reply{static_cast<int>(answer.result_int()),
                 std::string{answer[beast_http::field::content_type]}, std::move(answer.body())});
  }

  asio::io_context& io_;
  asio::ssl::context& tls_;
  const ClientSettings& settings_;
  Client::Ask request_;
  Client::Done done_;  // empty once called
  tcp::resolver resolver_;
  asio::steady_timer timer_;
  Url url_;
  std::vector<tcp::endpoint> permitted_;
  std::variant<std::monostate, tcp_stream, TlsStream> stream_;
  beast_http::request<beast_http::string_body> asked_;
  beast_http::response_parser<beast_http::string_body> parser_;
  flat_buffer buffer_;
};

}  // namespace

class Client::Impl {
 public:
  explicit Impl(ClientSettings settings) : settings_{std::move(settings)} {}
  ~Impl() {
    io_.stop();
    if (thread_.joinable()) {
      thread_.join();
    }
  }

  Result<void> start() {
    SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
    tls_.set_verify_mode(asio::ssl::verify_peer);
    error_code error;
    if (settings_.ca_file.empty()) {
      tls_.set_default_verify_paths(error);
    } else {
      tls_.load_verify_file(settings_.ca_file.string(), error);
    }
    if (error) {
      return Error{Errc::missing, settings_.ca_file.string(), "cannot be read as PEM certificates"};
    }
    thread_ = std::thread{[this] { io_.run(); }};
    return {};
  }

  void ask(Ask request, Done done) {
    asio::post(io_, [this, request = std::move(request), done = std::move(done)]() mutable {
      std::make_shared<Call>(io_, tls_, settings_, std::move(request), std::move(done))->start();
    });
  }

 private:
  const ClientSettings settings_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  std::thread thread_;
};

Result<std::unique_ptr<Client>> Client::start(ClientSettings settings) {
  auto impl = std::make_unique<Impl>(std::move(settings));
  CDSS_CHECK(impl->start());
  return std::unique_ptr<Client>{new Client{std::move(impl)}};
}

Client::Client(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Client::~Client() = default;

void Client::ask(Ask request, Done done) {
  impl_->ask(std::move(request), std::move(done));
}

}  // namespace cdss::http
