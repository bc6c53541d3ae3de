#include "tests/system/http_client.hpp"

#include <algorithm>
#include <cctype>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace cdss::test {
namespace {

/// Content-Length of a header; 0 when it has none.
std::size_t content_length(std::string header) {
  std::ranges::transform(header, header.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto at = header.find("\r\ncontent-length:");
  return at == std::string::npos ? 0 : std::stoul(header.substr(at + 17));
}

bool closes(const std::string& header) {
  return header.find("Connection: close") != std::string::npos;
}

}  // namespace

HttpClient::~HttpClient() {
  if (socket_ >= 0) {
    close(socket_);
  }
}

bool HttpClient::connect() {
  if (socket_ >= 0) {
    return true;
  }
  socket_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{.tv_sec = 30, .tv_usec = 0};
  setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const int on = 1;
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port_);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

HttpAnswer HttpClient::send(std::string_view method, std::string_view path,
                            std::string_view content_type, std::string_view body) {
  if (!connect()) {
    return {};
  }
  std::string message{method};
  message.append(" ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n").append(fields_);
  if (!content_type.empty()) {
    message.append("Content-Type: ").append(content_type).append("\r\n");
  }
  if (!body.empty() || method == "POST") {
    message.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n");
  }
  message.append("\r\n").append(body);
  for (std::size_t sent = 0; sent < message.size();) {
    const ssize_t n = ::send(socket_, message.data() + sent, message.size() - sent, MSG_NOSIGNAL);
    if (n <= 0) {
      break;  // refused while sending: the answer is there to be read
    }
    sent += static_cast<std::size_t>(n);
  }
  auto answer = receive(method != "HEAD");
  if (answer.status == 0 || closes(answer.header)) {
    close(socket_);
    socket_ = -1;
  }
  return answer;
}

HttpAnswer HttpClient::receive(bool with_body) {
  std::string bytes;
  char chunk[1U << 16U];
  std::size_t header_end = std::string::npos;
  std::size_t whole = 0;
  while (header_end == std::string::npos || bytes.size() < whole) {
    const ssize_t n = recv(socket_, chunk, sizeof chunk, 0);
    if (n <= 0) {
      return {};
    }
    bytes.append(chunk, static_cast<std::size_t>(n));
    if (header_end == std::string::npos &&
        (header_end = bytes.find("\r\n\r\n")) != std::string::npos) {
      whole = header_end + 4 + (with_body ? content_length(bytes.substr(0, header_end)) : 0);
    }
  }
  return {std::stoi(bytes.substr(9, 3)), bytes.substr(0, header_end), bytes.substr(header_end + 4)};
}

}  // namespace cdss::test
