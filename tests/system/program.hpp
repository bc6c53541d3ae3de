#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cdss::test {

/// What a finished program left behind.
struct Finished {
  int status;  ///< exit status, or 128 + the signal that ended it
  std::string output;
  std::string errors;
};

/// Runs the built `psoas-cds` to its end, with `input` on its standard input.
Finished run_program(const std::vector<std::string>& arguments, const std::string& input = "");

/// A port of loopback that nobody listened on just now.
std::uint16_t free_port();

/// A folder of its own, gone with the value.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Writes a file here and returns its path.
  std::filesystem::path write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

/// `psoas-cds serve`, running on a free port of loopback until this ends.
class RunningServer {
 public:
  /// A client profile that anyone can call as, and is shown assessments.
  static constexpr const char* kOpenClient =
      R"({"id": "test", "authentication": "none", "explain": true})";

  /// Starts it with a client profile, an open one unless told, and these further members of the
  /// configuration, e.g.
  /// `"plugins": {"workers": 1}` (there is no operator's listener unless "admin" says so), and of
  /// its section listen, e.g. `"tls_key": "/a.pem"`; waits until it listens. Fails the test when it
  /// does not.
  explicit RunningServer(const std::string& more_settings = "",
                         const std::string& more_of_listen = "",
                         const std::string& client = kOpenClient);

  /// Ends it with SIGTERM if it still runs.
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return pid_; }
  bool is_running() const;

  /// Sends SIGTERM and waits. Gives the exit status, as in Finished.
  int stop();

  /// What it has logged so far.
  std::string log() const;

 private:
  TemporaryFolder folder_;
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace cdss::test
