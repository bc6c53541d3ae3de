#include "tests/hostile/http/proxy.hpp"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <thread>
#include <unistd.h>
#include <utility>

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>

namespace cdss::hostile {
namespace {

namespace fs = std::filesystem;

// Bodies are streamed as they come, connections to the server are used again, nothing is retried.
constexpr const char* kNginx = R"(daemon off;
master_process off;
pid FOLDER/pid;
error_log FOLDER/errors;
events { worker_connections 256; }
http {
  log_format seen '$request_id $status $upstream_addr';
  access_log FOLDER/seen seen;
  client_body_temp_path FOLDER/body;
  proxy_temp_path FOLDER/proxy;
  fastcgi_temp_path FOLDER/fastcgi;
  uwsgi_temp_path FOLDER/uwsgi;
  scgi_temp_path FOLDER/scgi;
  client_header_timeout 2s;
  client_body_timeout 2s;
  client_max_body_size 8m;
  upstream server { server 127.0.0.1:PORT; keepalive 4; }
  server {
    listen unix:FOLDER/front;
    location / {
      proxy_pass http://server;
      proxy_http_version 1.1;
      proxy_request_buffering off;
      proxy_ignore_client_abort on;
      proxy_next_upstream off;
      proxy_read_timeout 5s;
      proxy_set_header Host $http_host;
      proxy_set_header Connection "";
      proxy_set_header X-Proxy-Id $request_id;
    }
  }
}
)";

constexpr const char* kHaproxy = R"(global
  log stdout format raw local0
defaults
  mode http
  log global
  log-format "%ID %ST %s"
  option http-keep-alive
  timeout connect 5s
  timeout server 5s
  timeout client 2s
  timeout http-request 2s
  retries 0
frontend front
  bind unix@FOLDER/front
  unique-id-format %[uuid]
  unique-id-header X-Proxy-Id
  default_backend back
backend back
  http-reuse always
  server server 127.0.0.1:PORT
)";

void put(std::string& text, std::string_view word, const std::string& value) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
    text.replace(at, word.size(), value);
  }
}

void write(const fs::path& path, const std::string& text) {
  std::ofstream{path} << text;
}

}  // namespace

Proxy::Proxy(Kind kind, std::uint16_t server_port) {
  std::string name = (fs::temp_directory_path() / "cdss-proxy-XXXXXX").string();
  folder_ = mkdtemp(name.data());
  const bool nginx = kind == Kind::nginx;
  const std::string program = nginx ? "/usr/sbin/nginx" : "/usr/sbin/haproxy";
  if (!fs::exists(program)) {
    ADD_FAILURE() << program << " is not there; tests/run installs it";
    return;
  }
  const std::string file = folder_ / "configuration";
  write(file, configuration(kind, server_port));
  const std::string errors = folder_ / "errors";
  const std::string output = folder_ / (nginx ? "output" : "seen");
  pid_ = fork();
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDOUT_FILENO);
    dup2(open(errors.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
    if (nginx) {
      execl(program.c_str(), "nginx", "-e", errors.c_str(), "-p", folder_.c_str(), "-c",
            file.c_str(), nullptr);
    } else {
      execl(program.c_str(), "haproxy", "-db", "-f", file.c_str(), nullptr);
    }
    _exit(127);
  }
  for (int tries = 0; tries < 200; ++tries) {
    if (const int socket = connect(); socket >= 0) {
      close(socket);
      return;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
  }
  std::ostringstream said;
  said << std::ifstream{errors}.rdbuf();
  ADD_FAILURE() << program << " did not start: " << said.str();
  stop();
}

Proxy::~Proxy() {
  stop();
  fs::remove_all(folder_);
}

std::string Proxy::configuration(Kind kind, std::uint16_t server_port) const {
  std::string text = kind == Kind::nginx ? kNginx : kHaproxy;
  put(text, "FOLDER", folder_.string());
  put(text, "PORT", std::to_string(server_port));
  return text;
}

int Proxy::connect() const {
  const int client = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval longest{.tv_sec = 5, .tv_usec = 0};
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
  setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &longest, sizeof longest);
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  const std::string path = folder_ / "front";
  std::strncpy(to.sun_path, path.c_str(), sizeof to.sun_path - 1);
  if (::connect(client, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
    close(client);
    return -1;
  }
  return client;
}

std::string Proxy::exchange(std::string_view bytes, std::size_t step, bool then_end) const {
  const int client = connect();
  while (!bytes.empty()) {
    const auto sent = send(client, bytes.data(), std::min(step, bytes.size()), MSG_NOSIGNAL);
    if (sent <= 0) {
      break;  // it has refused what came so far
    }
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  if (then_end) {
    shutdown(client, SHUT_WR);
  }
  std::string answers;
  char part[16384];
  for (auto read = recv(client, part, sizeof part, 0); read > 0;
       read = recv(client, part, sizeof part, 0)) {
    answers.append(part, static_cast<std::size_t>(read));
  }
  close(client);
  return answers;
}

std::vector<Proxy::Seen> Proxy::stop() {
  if (pid_ <= 0) {
    return {};
  }
  // It writes a line when a connection has ended, which may be after its client has gone.
  std::this_thread::sleep_for(std::chrono::milliseconds{200});
  kill(pid_, SIGTERM);
  waitpid(std::exchange(pid_, -1), nullptr, 0);
  std::vector<Seen> seen;
  std::ifstream lines{folder_ / "seen"};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    Seen request;
    std::string server;
    if (words >> request.id >> request.status >> server && server != "-" && server != "<NOSRV>") {
      seen.push_back(request);
    }
  }
  return seen;
}

}  // namespace cdss::hostile
