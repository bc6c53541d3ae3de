#pragma once

#include <chrono>
#include <mutex>
#include <string>

#include "core/base/log.hpp"
#include "core/base/metrics.hpp"
#include "core/http/server/tls.hpp"

namespace cdss::http {

/// The TLS context of a server, made again from its files while the server runs. The last good one
/// stays in use. Thread-safe.
class TlsFiles {
 public:
  /// @param log, metrics  borrowed.
  TlsFiles(Tls files, Log& log, Metrics& metrics);

  /// Reads the files and uses them from the next connection on. Blocks on the files.
  /// Errors: those of make_tls_context; they are logged as `tls_reload_failed` too, and counted.
  Result<void> reload();

  /// The same when a file has changed since it was last read, or when the ticket keys are a day
  /// old. Nothing otherwise.
  void reload_if_changed();

  /// A TLS connection to be; null when there is no memory, or nothing was read yet.
  std::unique_ptr<SSL, decltype(&SSL_free)> connection() const;

 private:
  std::string stamp() const;

  const Tls files_;
  Log& log_;
  Counter& good_;
  Counter& bad_;
  mutable std::mutex mutex_;
  TlsContext context_{nullptr, &SSL_CTX_free};  // guarded by mutex_, as are the next two
  std::string read_at_;                         // how the files looked when they were read
  std::chrono::steady_clock::time_point made_;
};

}  // namespace cdss::http
