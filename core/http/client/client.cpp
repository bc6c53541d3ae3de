// Carries the calls: one thread, the TLS context, the pool.

#include "core/http/client/client.hpp"

#include <exception>
#include <thread>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>

#include "core/http/client/client_call.hpp"
#include "core/http/client/client_pool.hpp"
#include "core/http/client/client_request.hpp"
#include "core/http/client/client_resolver.hpp"

namespace cdss::http {

namespace asio = boost::asio;

class Client::Impl {
 public:
  Impl(ClientSettings settings, Log& log, Metrics& metrics)
      : settings_{std::move(settings)},
        open_{settings_.connections},
        resolver_{io_, log, metrics} {}
  ~Impl() {
    io_.stop();
    if (thread_.joinable()) {
      thread_.join();
    }
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> start() {
    SSL_CTX_set_min_proto_version(tls_.native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(tls_.native_handle(), SSL_OP_NO_RENEGOTIATION);
    tls_.set_verify_mode(asio::ssl::verify_peer);
    boost::system::error_code error;
    if (settings_.ca_file.empty()) {
      tls_.set_default_verify_paths(error);
    } else {
      tls_.load_verify_file(settings_.ca_file.string(), error);
    }
    if (error) {
      return Error{Errc::missing, settings_.ca_file.string(), "cannot be read as PEM certificates"};
    }
    thread_ = std::thread{[this] { run(); }};
    return {};
  }

  void ask(Question ask, Done done) {
    auto request = ClientRequest::make(std::move(ask), settings_);
    asio::post(io_, [this, request = std::move(request), done = std::move(done)]() mutable {
      if (!request) {
        return done(std::move(request).error());
      }
      std::make_shared<ClientCall>(shared_, *std::move(request), std::move(done))->start();
    });
  }

 private:
  /// What throws, out of memory, costs the call that it was about: its timer ends it.
  void run() {
    while (true) {
      try {
        io_.run();
        return;
      } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): the other calls go on
      }
    }
  }

  const ClientSettings settings_;
  asio::ssl::context tls_{asio::ssl::context::tls_client};
  Budget open_;  // connections; outlives them all, and they the context that runs them
  asio::io_context io_{1};
  ClientPool pool_{open_, settings_.idle};
  ClientResolver resolver_;
  const ClientShared shared_{.io = io_, .tls = tls_, .pool = pool_, .resolver = resolver_};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  std::thread thread_;
};

Result<std::unique_ptr<Client>> Client::start(ClientSettings settings, Log& log, Metrics& metrics) {
  auto impl = std::make_unique<Impl>(std::move(settings), log, metrics);
  CDSS_CHECK(impl->start());
  return std::unique_ptr<Client>{new Client{std::move(impl)}};
}

Client::Client(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Client::~Client() = default;

void Client::ask(Question ask, Done done) {
  impl_->ask(std::move(ask), std::move(done));
}

}  // namespace cdss::http
