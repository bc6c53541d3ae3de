#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/auth/jose/jwk_set.hpp"
#include "core/auth/key_fetcher.hpp"
#include "core/base/clock.hpp"
#include "core/base/log.hpp"
#include "core/base/metrics.hpp"

namespace cdss::auth {

/// The keys at one address: fetched when they are first asked for, once for all who ask meanwhile,
/// again when they are old or a key is asked for that is not among them, and kept through failures.
/// A set in which no key is usable counts as a failure once there was one with keys: more likely
/// something went wrong at the client than it has none. Thread-safe. Source: CDS Hooks JWT-25.
class KeyCache : public std::enable_shared_from_this<KeyCache> {
 public:
  using Keys = std::shared_ptr<const JwkSet>;  ///< null: there are none to serve
  using KeyPredicate = std::function<bool(const JwkSet&)>;
  /// What it throws is logged as `key_callback_failed` and goes no further.
  using Done = std::function<void(Keys)>;

  static constexpr std::size_t kMostWaiting = 1024;
  /// How old a set may be: older, it is served, and fetched again beside.
  static constexpr std::chrono::seconds kRefreshAfter{300};
  /// Older: a caller waits for a newer one, unless the last fetch has failed.
  static constexpr std::chrono::seconds kWaitAfter{900};
  /// Older: it is not served even when fetching fails.
  static constexpr std::chrono::seconds kKeepAfterErrors{86'400};
  /// Least time from a failure to the next try, and between fetches for a kid that is not found.
  static constexpr std::chrono::seconds kRetryAfter{30};
  static constexpr std::chrono::seconds kUnknownKidAfter{60};

  /// @param fetcher, clock, log, metrics  borrowed for the life of the cache.
  KeyCache(KeyAddress address, KeyFetcher& fetcher, const Clock& clock, Log& log, Metrics& metrics);

  /// The cached keys, if they may be used without waiting for newer ones. Fetches nothing.
  Keys cached() const;

  /// Gives the keys: at once, unless they are to be fetched and waited for. A set without the key
  /// that is asked for comes when there is no newer one to be had now.
  void get(const KeyPredicate& has, Done done);

  /// Destroys every waiting `done` without calling it. For shutdown: they hold this cache and it
  /// holds them.
  void drop_waiting();

 private:
  enum class Step { serve, serve_and_fetch, wait, fetch_and_wait };

  Step next(const KeyPredicate& has, std::chrono::sys_seconds now) const;
  Keys served(std::chrono::sys_seconds now) const;
  bool is_current(std::chrono::sys_seconds now) const;
  void fetch();
  void ended(Result<Keys> fetched) noexcept;
  bool has_keys() const;
  void give(const Done& done, const Keys& keys) noexcept;
  void report(const Result<Keys>& fetched) noexcept;
  std::chrono::sys_seconds now() const;

  const KeyAddress address_;
  KeyFetcher& fetcher_;
  const Clock& clock_;
  Log& log_;
  Counter& fetched_;
  Counter& failed_;

  mutable std::mutex mutex_;  // guards what follows
  Keys keys_;
  std::chrono::sys_seconds fetched_at_{};
  std::optional<std::chrono::sys_seconds> tried_at_;
  bool failed_last_ = false;  // the fetch that ended last
  bool under_way_ = false;
  std::vector<Done> waiting_;
};

/// The caches of all addresses. They outlive a change of the configuration. Thread-safe.
class KeyCaches {
 public:
  /// @param fetcher, clock, log, metrics  borrowed for the life of the caches.
  KeyCaches(KeyFetcher& fetcher, const Clock& clock, Log& log, Metrics& metrics)
      : fetcher_{fetcher}, clock_{clock}, log_{log}, metrics_{metrics} {}

  /// Ends what waits in every cache; call nothing of them afterwards.
  ~KeyCaches();
  KeyCaches(const KeyCaches&) = delete;
  KeyCaches& operator=(const KeyCaches&) = delete;

  /// The cache of that address, made when it is first asked for. Fetches nothing.
  std::shared_ptr<KeyCache> at(const KeyAddress& address);

 private:
  KeyFetcher& fetcher_;
  const Clock& clock_;
  Log& log_;
  Metrics& metrics_;
  std::mutex mutex_;
  std::map<KeyAddress, std::shared_ptr<KeyCache>> caches_;  // guarded by mutex_
};

}  // namespace cdss::auth
