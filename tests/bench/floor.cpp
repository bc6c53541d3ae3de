// The lower half of our server alone: cdss::http reads the call, cdss::Document parses it, a fixed
// answer is written. What `psoas-cds serve` costs above this is the call itself.

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>

#include "core/http/server/server.hpp"
#include "core/json/document.hpp"

namespace cdss::bench {
namespace {

void answer(http::Request request, const http::Respond& respond) {
  http::Response response;
  response.status = Document::parse(std::move(request.body)) ? 200 : 400;
  response.body = R"({"cards":[]})";
  respond(std::move(response));
}

int run(std::size_t threads) {
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  Log log{std::cerr, Clock::system()};
  Metrics metrics;
  const auto server = http::Server::start(
      {.threads = threads}, answer, [](int, std::string_view) { return std::string{"{}"}; }, log,
      metrics);
  if (!server) {
    std::fprintf(stderr, "bench_floor: %s\n", server.error().message.c_str());
    return 1;
  }
  std::printf("listening on http://127.0.0.1:%u\n", unsigned{(*server)->port()});
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ends, &signal);
  return 0;
}

}  // namespace
}  // namespace cdss::bench

int main(int argc, char** argv) {
  std::size_t threads = 0;
  const char* const end = argc == 3 ? argv[2] + std::strlen(argv[2]) : nullptr;
  if (argc != 3 || std::strcmp(argv[1], "--threads") != 0 ||
      std::from_chars(argv[2], end, threads).ptr != end || threads < 1) {
    std::fputs("usage: bench_floor --threads N\n", stderr);
    return 2;
  }
  return cdss::bench::run(threads);
}
