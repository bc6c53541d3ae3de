#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace cdss::hostile {

/// A reverse proxy of Debian's in front of a server on this machine, with a configuration of ours
/// in a folder of its own. It listens on a Unix socket, keeps connections to the server alive, and
/// gives each request that it forwards a field X-Proxy-Id of its own.
class Proxy {
 public:
  enum class Kind { nginx, haproxy };

  /// Starts it; fails the test when it is not installed or does not start.
  Proxy(Kind kind, std::uint16_t server_port);
  ~Proxy();
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;

  bool is_running() const { return pid_ > 0; }

  /// Sends bytes on a connection of their own, `step` at a time, and gives what came back until the
  /// proxy ended the connection, or nothing came for five seconds.
  ///
  /// @param then_end  End the own side after the bytes; else the last request has to ask for it.
  std::string exchange(std::string_view bytes, std::size_t step, bool then_end) const;

  /// One request as the proxy understood it.
  struct Seen {
    std::string id;  ///< its X-Proxy-Id
    int status;      ///< what the client was told; no status when it was gone
  };

  /// Ends it, and gives what it forwarded to the server.
  std::vector<Seen> stop();

 private:
  std::string configuration(Kind kind, std::uint16_t server_port) const;
  int connect() const;

  std::filesystem::path folder_;
  pid_t pid_ = -1;
};

}  // namespace cdss::hostile
