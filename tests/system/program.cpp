#include "tests/system/program.hpp"

#include <chrono>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <signal.h>
#include <thread>
#include <unistd.h>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace cdss::test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Starts the program with its output and errors in two files.
pid_t start(const std::vector<std::string>& arguments, const fs::path& output,
            const fs::path& errors, const fs::path& input = "/dev/null") {
  const std::string program = std::string{CDSS_BINARY_DIR} + "/bin/psoas-cds";
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) {
    argv.push_back(const_cast<char*>(argument.c_str()));
  }
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(open(input.c_str(), O_RDONLY), STDIN_FILENO);
    dup2(open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    dup2(open(errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  return pid;
}

/// True while the child has not ended; leaves it to be waited for.
bool is_alive(pid_t pid) {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
         info.si_pid == 0;
}

int status_of(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "cdss-test-XXXXXX").string();
  path_ = mkdtemp(name.data());
}

TemporaryFolder::~TemporaryFolder() {
  fs::remove_all(path_);
}

fs::path TemporaryFolder::write(const std::string& name, const std::string& text) const {
  std::ofstream{path_ / name, std::ios::binary} << text;
  return path_ / name;
}

std::uint16_t free_port() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const raw = reinterpret_cast<sockaddr*>(&address);
  const bool found = bind(listener, raw, size) == 0 && getsockname(listener, raw, &size) == 0;
  close(listener);
  EXPECT_TRUE(found);
  return ntohs(address.sin_port);
}

Finished run_program(const std::vector<std::string>& arguments, const std::string& input) {
  const TemporaryFolder folder;
  const pid_t pid =
      start(arguments, folder.path() / "out", folder.path() / "err", folder.write("in", input));
  int status = 0;
  waitpid(pid, &status, 0);
  return {status_of(status), text_of(folder.path() / "out"), text_of(folder.path() / "err")};
}

RunningServer::RunningServer(const std::string& more_settings, const std::string& more_of_listen,
                             const std::string& client) {
  folder_.write("client.json", client);
  const bool has_admin = more_settings.find(R"("admin":)") != std::string::npos;
  const auto config = folder_.write(
      "settings.json", R"({"public_url": "http://127.0.0.1:8080",
    "clients": ["client.json"], "listen": {"port": 0)" +
                           (more_of_listen.empty() ? "" : ", " + more_of_listen) + "}" +
                           (has_admin ? "" : R"(, "admin": {"enabled": false})") +
                           (more_settings.empty() ? "" : ", " + more_settings) + "}");
  pid_ =
      start({"serve", "--config", config.string()}, folder_.path() / "out", folder_.path() / "log");
  for (int tries = 0; tries < 600 && port_ == 0 && is_running(); ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
    const std::string said = text_of(folder_.path() / "out");
    const auto colon = said.rfind(':');
    if (said.ends_with('\n') && colon != std::string::npos) {
      port_ = static_cast<std::uint16_t>(std::stoi(said.substr(colon + 1)));
    }
  }
  EXPECT_NE(port_, 0) << "the server did not start: " << log();
}

RunningServer::~RunningServer() {
  stop();
}

bool RunningServer::is_running() const {
  return pid_ > 0 && is_alive(pid_);
}

int RunningServer::stop() {
  if (pid_ <= 0) {
    return 0;
  }
  kill(pid_, SIGTERM);
  int status = 0;
  waitpid(pid_, &status, 0);
  pid_ = -1;
  return status_of(status);
}

std::string RunningServer::log() const {
  return text_of(folder_.path() / "log");
}

}  // namespace cdss::test
