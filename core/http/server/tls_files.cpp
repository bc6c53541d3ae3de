#include "core/http/server/tls_files.hpp"

#include <utility>

#include <sys/stat.h>

namespace cdss::http {
namespace {

/// Whoever steals a ticket key reads every session it resumed, so none lives long.
/// Source: RFC 9325, section 3.4.
constexpr std::chrono::hours kTicketKeyLife{24};

}  // namespace

TlsFiles::TlsFiles(Tls files, Log& log, Metrics& metrics)
    : files_{std::move(files)},
      log_{log},
      good_{metrics.counter("http_tls_reloads_total", "good")},
      bad_{metrics.counter("http_tls_reloads_total", "bad")} {}

/// Changes when a file is written, replaced, given other rights, or reached through another link.
std::string TlsFiles::stamp() const {
  std::string stamp;
  for (const auto* const file : {&files_.certificate, &files_.key, &files_.client_authorities}) {
    struct stat status {};
    if (!file->empty() && ::stat(file->c_str(), &status) == 0) {
      for (const auto number :
           {static_cast<long>(status.st_dev), static_cast<long>(status.st_ino),
            static_cast<long>(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
            status.st_ctim.tv_sec, status.st_ctim.tv_nsec}) {
        stamp += std::to_string(number) + ' ';
      }
    }
    stamp += '\n';
  }
  return stamp;
}

Result<void> TlsFiles::reload() {
  std::string seen = stamp();  // before reading: what changes meanwhile is read again
  auto made = make_tls_context(files_);
  {
    const std::lock_guard lock{mutex_};
    read_at_ = std::move(seen);
    made_ = std::chrono::steady_clock::now();
    if (made) {
      context_.swap(*made);
    }
  }
  if (!made) {
    bad_.add();
    log_.error("tls_reload_failed", {{"where", Label::configured(made.error().where)},
                                     {"reason", Label::configured(made.error().message)}});
    return std::move(made).error();
  }
  good_.add();
  return {};
}

void TlsFiles::reload_if_changed() {
  const std::string seen = stamp();
  {
    const std::lock_guard lock{mutex_};
    const bool fresh = std::chrono::steady_clock::now() - made_ < kTicketKeyLife;
    if (seen == read_at_ && fresh) {
      return;
    }
  }
  if (reload()) {
    log_.info("tls_reloaded");
  }
}

std::unique_ptr<SSL, decltype(&SSL_free)> TlsFiles::connection() const {
  const std::lock_guard lock{mutex_};
  return {context_ ? SSL_new(context_.get()) : nullptr, &SSL_free};
}

}  // namespace cdss::http
