#include <csignal>
#include <iostream>
#include <malloc.h>

#include "core/base/clock.hpp"
#include "core/cli/command.hpp"
#include "core/server/application.hpp"

namespace cdss::cli {
namespace {

constexpr std::string_view kUsage =
    "usage: psoas-cds serve --config FILE [--port N]\n"
    "\n"
    "Serves CDS Hooks until SIGTERM or SIGINT, then lets running calls end. On SIGHUP, and when\n"
    "they change, it reads the TLS certificate and key again.\n"
    "  --config FILE  the configuration; config/README.md describes it\n"
    "  --port N       listen on this port instead of listen.port; 0 takes any free one\n";

/// Errors: Errc::malformed, Errc::out_of_range.
Result<std::int64_t> parse_port(const std::string& text) {
  const bool digits = !text.empty() && text.size() <= 5 &&
                      text.find_first_not_of("0123456789") == std::string::npos;
  if (!digits || std::stol(text) > 65'535) {
    return Error{Errc::out_of_range, "--port", "must be a whole number from 0 to 65535"};
  }
  return std::stol(text);
}

/// Keeps freed memory in the process up to a bound. By default each large body and its nodes would
/// go back to the system and be fetched again page by page: half the time of parsing 450 KB.
void keep_freed_memory() {
  constexpr int kLargestKept = 32 << 20;
  constexpr int kKeptAtTop = 64 << 20;
  mallopt(M_MMAP_THRESHOLD, kLargestKept);
  mallopt(M_TRIM_THRESHOLD, kKeptAtTop);
}

/// Reads the TLS files again on SIGHUP and when they have changed, until a signal ends the program.
/// @return that signal.
int wait_for_the_end(const sigset_t& signals, server::Application& application) {
  constexpr timespec kBetweenLooks{.tv_sec = 10, .tv_nsec = 0};
  while (true) {
    const int signal = sigtimedwait(&signals, nullptr, &kBetweenLooks);
    if (signal == SIGHUP) {
      application.reload_tls();
    } else if (signal > 0) {
      return signal;
    } else {
      application.reload_tls_if_changed();
    }
  }
}

Result<void> serve_until_signal(const config::Settings& settings, const sigset_t& signals) {
  Log log{std::cerr, Clock::system()};
  Metrics metrics;
  CDSS_TRY(const auto application,
           server::Application::start(settings, log, metrics, Clock::system()));
  const bool tls = !settings.listen.tls_key.empty();
  const std::string host = settings.listen.address.find(':') == std::string::npos
                               ? settings.listen.address
                               : '[' + settings.listen.address + ']';
  std::cout << "listening on " << (tls ? "https://" : "http://") << host << ':'
            << application->port() << std::endl;
  log.info("started", {{"port", application->port()},
                       {"services", application->registry().services().size()}});
  const int signal = wait_for_the_end(signals, *application);
  log.info("draining", {{"signal", signal}});
  const bool clean = application->drain();
  log.info("stopped", {{"cut_calls", !clean}});
  return {};
}

Result<void> check_line(const CommandLine& line) {
  if (!line.option("config") || !line.operands.empty()) {
    return Error{Errc::missing, {}, "needs --config FILE and no operand"};
  }
  if (const auto port = line.option("port")) {
    CDSS_CHECK(parse_port(*port));
  }
  return {};
}

Result<Exit> run(const CommandLine& line) {
  // Blocked before any thread starts, so that they reach sigwait and nothing else.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // whoever read the log may have gone; the server goes on
  keep_freed_memory();
  CDSS_TRY(auto settings, config::Settings::read(*line.option("config")));
  if (const auto port = line.option("port")) {
    settings.listen_on(*parse_port(*port));
  }
  CDSS_CHECK(serve_until_signal(settings, signals));
  return Exit::ok;
}

}  // namespace

Command serve() {
  return {
      .usage = kUsage, .options = {"config", "port"}, .flags = {}, .check = check_line, .run = run};
}

}  // namespace cdss::cli
