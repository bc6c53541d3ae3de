#pragma once

#include <atomic>
#include <cstddef>
#include <utility>

namespace cdss::http {

/// The bytes that all connections together hold for bodies. Thread-safe.
class Budget {
 public:
  explicit Budget(std::size_t most) : most_{most} {}

  /// Takes `bytes` if they fit.
  bool take(std::size_t bytes) {
    if (used_.fetch_add(bytes, std::memory_order_relaxed) + bytes > most_) {
      give(bytes);
      return false;
    }
    return true;
  }

  /// Takes `bytes` even if they do not fit: an answer that exists already is held anyway, and must
  /// keep new bodies out.
  void force(std::size_t bytes) { used_.fetch_add(bytes, std::memory_order_relaxed); }

  void give(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }

 private:
  const std::size_t most_;
  std::atomic<std::size_t> used_{0};
};

/// What one connection has taken from the budget; given back when it ends.
class Lease {
 public:
  explicit Lease(Budget& budget) : budget_{budget} {}
  ~Lease() { release(); }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  bool take(std::size_t bytes) {
    if (!budget_.take(bytes)) {
      return false;
    }
    held_ += bytes;
    return true;
  }
  void force(std::size_t bytes) {
    budget_.force(bytes);
    held_ += bytes;
  }
  void release() { budget_.give(std::exchange(held_, 0)); }

 private:
  Budget& budget_;
  std::size_t held_ = 0;
};

}  // namespace cdss::http
