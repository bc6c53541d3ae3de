#include "tests/core/http/scripted_server.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <unistd.h>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace cdss::http::test {
namespace {

constexpr std::string_view kHeaderEnd = "\r\n\r\n";

std::size_t body_length(std::string_view header) {
  constexpr std::string_view kName = "\r\nContent-Length: ";
  const auto at = header.find(kName);
  std::size_t length = 0;
  if (at != std::string_view::npos) {
    const std::string_view digits = header.substr(at + kName.size());
    std::from_chars(digits.data(), digits.data() + digits.size(), length);
  }
  return length;
}

}  // namespace

std::string ScriptedServer::Peer::receive() {
  std::size_t header = buffer_.find(kHeaderEnd);
  while (header == std::string::npos) {
    if (!read_more()) {
      return {};
    }
    header = buffer_.find(kHeaderEnd);
  }
  header += kHeaderEnd.size();
  const std::size_t length = header + body_length(std::string_view{buffer_}.substr(0, header));
  while (buffer_.size() < length) {
    if (!read_more()) {
      return {};
    }
  }
  std::string request = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return request;
}

bool ScriptedServer::Peer::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void ScriptedServer::Peer::drip(std::string_view piece) const {
  do {
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  } while (send(piece));
}

void ScriptedServer::Peer::hang() {
  while (read_more()) {
  }
}

bool ScriptedServer::Peer::read_more() {
  char bytes[4096];
  const auto length = ::recv(socket_, bytes, sizeof bytes, 0);
  if (length <= 0) {
    return false;
  }
  buffer_.append(bytes, static_cast<std::size_t>(length));
  const std::lock_guard lock{server_.mutex_};
  server_.received_.append(bytes, static_cast<std::size_t>(length));
  return true;
}

ScriptedServer::ScriptedServer(Script script)
    : script_{std::move(script)}, listening_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof address;
  if (bind(listening_, any, length) != 0 || listen(listening_, SOMAXCONN) != 0 ||
      getsockname(listening_, any, &length) != 0) {
    throw std::runtime_error{"cannot listen on the loopback"};
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread{[this] { accept_all(); }};
}

ScriptedServer::ScriptedServer()
    : ScriptedServer{[](Peer& peer) {
        while (!peer.receive().empty() && peer.send(answer("{}"))) {
        }
      }} {}

ScriptedServer::~ScriptedServer() {
  shutdown(listening_, SHUT_RDWR);
  thread_.join();
  close(listening_);
  for (auto& served : served_) {  // nobody adds to them any more
    shutdown(served.socket, SHUT_RDWR);
    served.thread.join();
    close(served.socket);
  }
}

std::string ScriptedServer::received() {
  const std::lock_guard lock{mutex_};
  return received_;
}

void ScriptedServer::accept_all() {
  while (true) {
    const int socket = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) {
      return;
    }
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const int number = ++connections_;
    const std::lock_guard lock{mutex_};
    served_.push_back({socket, std::thread{[this, socket, number] {
                         Peer peer{*this, socket, number};
                         script_(peer);
                         // Closed as a descriptor at the end, so that no other takes its number.
                         shutdown(socket, SHUT_RDWR);
                       }}});
  }
}

std::string answer(std::string_view body, int status, std::string_view more_fields) {
  std::string text = "HTTP/1.1 " + std::to_string(status) + " Said\r\nContent-Length: ";
  text.append(std::to_string(body.size())).append("\r\n").append(more_fields).append("\r\n");
  return text.append(body);
}

}  // namespace cdss::http::test
