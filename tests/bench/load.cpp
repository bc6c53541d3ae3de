// Sends one body again and again over keep-alive connections and tells what each request cost the
// server in processor time and the client in waiting. One thread on epoll, so that it takes little
// from the server on a small machine.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "tests/bench/cpu_time.hpp"

namespace cdss::bench {
namespace {

using Steady = std::chrono::steady_clock;

[[noreturn]] void fail(const std::string& sentence) {
  std::fprintf(stderr, "bench_load: %s\n", sentence.c_str());
  std::exit(1);
}

struct Plan {
  std::uint16_t port = 0;
  std::string request;
  std::size_t connections = 1;
  std::size_t requests = 1;
  std::size_t warm_up = 0;
  double rate = 0;  // requests a second; 0: as fast as answers come
};

class Client {
 public:
  Client(std::uint16_t port, int poll) : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
      fail("the server cannot be reached");
    }
    fcntl(socket_, F_SETFL, O_NONBLOCK);
    epoll_event event{.events = EPOLLIN | EPOLLOUT | EPOLLET, .data = {.ptr = this}};
    epoll_ctl(poll, EPOLL_CTL_ADD, socket_, &event);
  }
  ~Client() { close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void begin(std::string_view request, Steady::time_point due) {
    to_send_ = request;
    due_ = due;
    busy_ = true;
    answer_.clear();
    send();
  }

  /// Goes on as far as the socket lets it. True when an answer has just become whole.
  bool go_on() {
    if (!busy_) {
      return false;
    }
    send();
    char bytes[65536];
    ssize_t got = 0;
    while ((got = recv(socket_, bytes, sizeof bytes, 0)) > 0) {
      answer_.append(bytes, static_cast<std::size_t>(got));
    }
    if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
      fail("the server closed a connection");
    }
    busy_ = !whole();
    return !busy_;
  }

  int status() const { return std::atoi(answer_.c_str() + 9); }
  Steady::time_point due() const { return due_; }

 private:
  void send() {
    while (!to_send_.empty()) {
      const auto sent = ::send(socket_, to_send_.data(), to_send_.size(), MSG_NOSIGNAL);
      if (sent < 0) {
        return;
      }
      to_send_.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  bool whole() const {
    const auto end = answer_.find("\r\n\r\n");
    const auto length = answer_.find("Content-Length: ");
    if (end == std::string::npos) {
      return false;
    }
    if (length > end) {
      fail("an answer has no Content-Length");
    }
    return answer_.size() >= end + 4 + std::strtoull(answer_.c_str() + length + 16, nullptr, 10);
  }

  int socket_;
  bool busy_ = false;
  std::string_view to_send_;
  std::string answer_;
  Steady::time_point due_;
};

struct Outcome {
  std::vector<std::chrono::nanoseconds> latencies;
  std::size_t failures = 0;  // answers other than 200
  std::chrono::nanoseconds took{0};
};

/// Keeps every connection busy, or starts requests at the planned rate on those that are free. A
/// request waits from the moment it was due, so a server that falls behind cannot hide it.
class Run {
 public:
  explicit Run(const Plan& plan) : plan_{plan}, poll_{epoll_create1(EPOLL_CLOEXEC)} {
    for (std::size_t i = 0; i < plan.connections; ++i) {
      clients_.push_back(std::make_unique<Client>(plan.port, poll_));
    }
  }
  ~Run() { close(poll_); }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Outcome send(std::size_t requests) {
    Outcome outcome;
    outcome.latencies.reserve(requests);
    std::vector<Client*> idle;
    for (const auto& client : clients_) {
      idle.push_back(client.get());
    }
    const auto start = Steady::now();
    std::size_t begun = 0;
    while (outcome.latencies.size() < requests) {
      while (begun < requests && !idle.empty() && Steady::now() >= due(start, begun)) {
        Client* const client = idle.back();
        idle.pop_back();
        client->begin(plan_.request, plan_.rate > 0 ? due(start, begun) : Steady::now());
        ++begun;
      }
      collect(outcome, idle, begun < requests && !idle.empty());
    }
    outcome.took = Steady::now() - start;
    return outcome;
  }

 private:
  Steady::time_point due(Steady::time_point start, std::size_t number) const {
    if (plan_.rate <= 0) {
      return start;
    }
    return start + std::chrono::nanoseconds{
                       static_cast<std::int64_t>(static_cast<double>(number) * 1e9 / plan_.rate)};
  }

  /// @param soon  a request is due in a moment: look only.
  void collect(Outcome& outcome, std::vector<Client*>& idle, bool soon) {
    epoll_event events[256];
    const int count = epoll_wait(poll_, events, std::size(events), soon ? 0 : 10'000);
    if (count == 0 && !soon) {
      fail("no answer has come for ten seconds");
    }
    for (int i = 0; i < count; ++i) {
      auto* const client = static_cast<Client*>(events[i].data.ptr);
      if (client->go_on()) {
        outcome.latencies.push_back(Steady::now() - client->due());
        outcome.failures += client->status() == 200 ? 0 : 1;
        idle.push_back(client);
      }
    }
  }

  const Plan& plan_;
  int poll_;
  std::vector<std::unique_ptr<Client>> clients_;
};

double microseconds(std::chrono::nanoseconds time) {
  return static_cast<double>(time.count()) / 1e3;
}

void print(Outcome& outcome, std::chrono::nanoseconds cpu) {
  std::ranges::sort(outcome.latencies);
  const auto percentile = [&](double part) {
    const auto last = static_cast<double>(outcome.latencies.size() - 1);
    return microseconds(outcome.latencies[static_cast<std::size_t>(part * last)]);
  };
  const auto count = static_cast<double>(outcome.latencies.size());
  std::printf(
      "{\"requests\":%zu,\"failures\":%zu,\"requests_per_second\":%.1f,\"cpu_us\":%.2f,"
      "\"p50_us\":%.1f,\"p90_us\":%.1f,\"p99_us\":%.1f,\"max_us\":%.1f}\n",
      outcome.latencies.size(), outcome.failures,
      count * 1e9 / static_cast<double>(outcome.took.count()), microseconds(cpu) / count,
      percentile(0.5), percentile(0.9), percentile(0.99), percentile(1));
}

std::string request_of(const std::string& path, const std::string& file) {
  std::ifstream in{file, std::ios::binary};
  const std::string body{std::istreambuf_iterator<char>{in}, {}};
  if (body.empty()) {
    fail("the body file " + file + " cannot be read");
  }
  return "POST " + path +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nAccept: "
         "application/json\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

int run(std::map<std::string, std::string> options) {
  Plan plan;
  plan.port = static_cast<std::uint16_t>(std::atoi(options["--port"].c_str()));
  plan.request = request_of(options["--path"], options["--body"]);
  plan.connections = std::strtoull(options["--connections"].c_str(), nullptr, 10);
  plan.requests = std::strtoull(options["--requests"].c_str(), nullptr, 10);
  plan.warm_up = std::strtoull(options["--warm-up"].c_str(), nullptr, 10);
  plan.rate = std::strtod(options["--rate"].c_str(), nullptr);
  const pid_t server = std::atoi(options["--pid"].c_str());
  if (plan.port == 0 || plan.connections == 0 || plan.requests == 0 || server <= 0) {
    fail("--port, --connections, --requests and --pid must be positive numbers");
  }
  Run run{plan};
  run.send(plan.warm_up);
  const auto before = cpu_time_of_tree(server);
  auto outcome = run.send(plan.requests);
  print(outcome, cpu_time_of_tree(server) - before);
  return 0;
}

}  // namespace
}  // namespace cdss::bench

int main(int argc, char** argv) {
  std::map<std::string, std::string> options{
      {"--path", "/"}, {"--connections", "4"}, {"--requests", "1000"}, {"--warm-up", "0"},
      {"--rate", "0"}, {"--port", ""},         {"--body", ""},         {"--pid", ""}};
  for (int i = 1; i < argc; i += 2) {
    if (i + 1 == argc || !options.contains(argv[i])) {
      std::fputs(
          "usage: bench_load --port P --pid PID --body FILE [--path /cds-services/ID]\n"
          "  [--connections 4] [--requests 1000] [--warm-up 0] [--rate PER_SECOND]\n"
          "Prints one JSON object: processor time per request of PID and its children, "
          "latencies.\n",
          stderr);
      return 2;
    }
    options[argv[i]] = argv[i + 1];
  }
  return cdss::bench::run(std::move(options));
}
