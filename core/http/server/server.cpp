#include "core/http/server/server.hpp"

#include <algorithm>
#include <exception>
#include <future>
#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/http/server/listen.hpp"
#include "core/http/server/shared.hpp"
#include "core/http/server/socket_connection.hpp"
#include "core/http/server/tls_files.hpp"

namespace cdss::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Connections beyond the bound that are told so at once; those beyond these are cut.
constexpr std::size_t kToldAtOnce = 64;
/// How long to wait before accepting again when the process has no file descriptor left.
constexpr milliseconds kAcceptPause{100};

std::size_t thread_count(std::size_t wanted) {
  return wanted != 0 ? wanted : std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
}

/// How often deadlines are looked at: one timer for all connections instead of one set anew for
/// each phase of each request.
milliseconds sweep_interval(const Settings& settings) {
  milliseconds shortest{1'000};
  for (const milliseconds timeout :
       {settings.header_timeout, settings.body_timeout, settings.idle_timeout,
        settings.write_timeout, settings.handler_timeout}) {
    if (timeout.count() > 0) {
      shortest = std::min(shortest, timeout);
    }
  }
  return std::max(shortest / 4, milliseconds{5});
}

Result<void> check(const Settings& settings) {
  const struct {
    const char* name;
    bool good;
  } rows[] = {
      {"header_bytes",
       settings.header_bytes > 0 && settings.header_bytes <= Settings::kLongestHeader},
      {"body_bytes", settings.body_bytes > 0},
      {"bytes_in_flight", settings.bytes_in_flight > 0},
      {"connections", settings.connections > 0},
      {"threads", settings.threads <= 1024},
      {"header_timeout", settings.header_timeout.count() > 0},
      {"body_timeout", settings.body_timeout.count() > 0},
      {"idle_timeout", settings.idle_timeout.count() > 0},
      {"write_timeout", settings.write_timeout.count() > 0},
      {"handler_timeout", settings.handler_timeout.count() >= 0},
  };
  for (const auto& [name, good] : rows) {
    if (!good) {
      return Error{Errc::out_of_range, name, "is outside what the server can keep"};
    }
  }
  return {};
}

}  // namespace

class Server::Impl {
 public:
  Impl(Settings settings, Handler handler, ErrorBody error_body, Log& log, Metrics& metrics)
      : shared_{std::move(settings), std::move(handler), std::move(error_body), log, metrics},
        io_{static_cast<int>(thread_count(shared_.settings.threads))},
        work_{io_.get_executor()},
        acceptor_{asio::make_strand(io_)},
        pause_{acceptor_.get_executor()},
        sweep_{asio::make_strand(io_)} {}

  ~Impl() {
    io_.stop();
    for (auto& thread : threads_) {
      thread.join();
    }
    // From here nothing runs on a strand; after this no Respond reaches one.
    for (const auto& connection : shared_.registry.all()) {
      connection->close();
    }
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> listen() {
    const auto& settings = shared_.settings;
    if (settings.tls) {
      tls_.emplace(*settings.tls, shared_.log, shared_.metrics);
      CDSS_CHECK(tls_->reload());
    }
    CDSS_TRY(port_, http::listen(acceptor_, settings.address, settings.port));
    return {};
  }

  void run() {
    revive();
    for (std::size_t i = 0; i < thread_count(shared_.settings.threads); ++i) {
      threads_.emplace_back([this] { serve(); });
    }
  }

  std::uint16_t port() const { return port_; }

  Result<void> reload_tls() {
    if (!tls_) {
      return Error{Errc::unsupported, "tls", "is not in use"};
    }
    return tls_->reload();
  }

  void reload_tls_if_changed() {
    if (tls_) {
      tls_->reload_if_changed();
    }
  }

  bool drain(milliseconds longest) {
    const auto latest = steady_clock::now() + longest;
    shared_.draining = true;
    std::promise<void> closed;
    asio::post(acceptor_.get_executor(), [&] {
      error_code ignored;
      pause_.cancel();
      acceptor_.close(ignored);
      closed.set_value();
    });
    closed.get_future().wait();
    for (const auto& connection : shared_.registry.all()) {
      connection->post([c = connection.get()] { c->drain(); });
    }
    if (shared_.registry.wait_until_empty(latest)) {
      return true;
    }
    for (const auto& connection : shared_.registry.all()) {
      connection->post([c = connection.get()] { c->close(); });
    }
    shared_.registry.wait_until_empty(steady_clock::now() + std::chrono::seconds{1});
    return false;
  }

 private:
  void serve() {
    bool broken = false;
    while (true) {
      try {
        if (broken) {
          revive();
          broken = false;
        }
        io_.run();
        return;
      } catch (const std::exception&) {
        // A handler that throws has dropped its Respond, so its client was told; the thread stays.
        shared_.log.error("http_exception");
        if (broken) {
          std::this_thread::sleep_for(kAcceptPause);  // no memory even to revive
        }
        broken = true;
      }
    }
  }

  /// Begins to accept and to sweep, or begins again after an exception ended either: each goes on
  /// only because its last step started the next. The flags belong to the strands.
  void revive() {
    asio::post(acceptor_.get_executor(), [this] {
      if (!accepting_) {
        accept();
      }
    });
    asio::post(sweep_.get_executor(), [this] {
      if (!sweeping_) {
        sweep();
      }
    });
  }

  void accept() {
    accepting_ = false;
    if (!acceptor_.is_open()) {
      return;
    }
    acceptor_.async_accept(asio::make_strand(io_), [this](error_code error, Socket socket) {
      accepting_ = false;
      if (error == asio::error::operation_aborted) {
        return;
      }
      if (error) {
        shared_.log.warning("http_accept_failed", {{"error", error.value()}});
        pause_.expires_after(kAcceptPause);
        pause_.async_wait([this](error_code) { accept(); });
        accepting_ = true;
        return;
      }
      admit(std::move(socket));
      accept();
    });
    accepting_ = true;
  }

  void admit(Socket socket) {
    const std::size_t open = shared_.registry.size();
    if (open >= shared_.settings.connections + kToldAtOnce) {
      shared_.counters.refused.add();
      return;
    }
    error_code error;
    socket.set_option(asio::ip::tcp::no_delay{true}, error);
    std::shared_ptr<Connection> connection;
    if (tls_) {
      auto tls = tls_->connection();
      if (!tls) {
        return;  // no memory
      }
      connection = std::make_shared<TlsConnection>(shared_, std::move(socket), tls.release());
    } else {
      connection = std::make_shared<PlainConnection>(shared_, std::move(socket));
    }
    shared_.registry.add(connection);
    const bool has_room = open < shared_.settings.connections;
    connection->post([c = connection.get(), has_room] { c->start(has_room); });
  }

  void sweep() {
    sweeping_ = false;
    for (const auto& connection : shared_.registry.late(steady_clock::now())) {
      connection->post([c = connection.get()] { c->on_deadline(); });
    }
    sweep_.expires_after(sweep_interval(shared_.settings));
    sweep_.async_wait([this](error_code error) {
      if (!error) {
        sweep();
      }
    });
    sweeping_ = true;
  }

  // Destroyed last to first: what is posted holds connections, and those use shared_ and tls_.
  Shared shared_;
  std::optional<TlsFiles> tls_;
  asio::io_context io_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;  // threads stay until stopped
  Acceptor acceptor_;
  asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, Strand> pause_;
  asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, Strand> sweep_;
  bool accepting_ = false;  // on the acceptor's strand: the next step is sure to come
  bool sweeping_ = false;   // on the sweep's strand
  std::uint16_t port_ = 0;
  std::vector<std::thread> threads_;
};

Server::Server(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Settings settings, Handler handler,
                                              ErrorBody error_body, Log& log, Metrics& metrics) {
  CDSS_CHECK(check(settings));
  auto impl = std::make_unique<Impl>(std::move(settings), std::move(handler), std::move(error_body),
                                     log, metrics);
  CDSS_CHECK(impl->listen());
  impl->run();
  return std::unique_ptr<Server>{new Server{std::move(impl)}};
}

std::uint16_t Server::port() const {
  return impl_->port();
}

Result<void> Server::reload_tls() {
  return impl_->reload_tls();
}

void Server::reload_tls_if_changed() {
  impl_->reload_tls_if_changed();
}

bool Server::drain(milliseconds longest) {
  return impl_->drain(longest);
}

}  // namespace cdss::http
