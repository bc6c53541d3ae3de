#include "core/auth/key_cache.hpp"

#include <exception>

#include "core/base/errors/errc_row.hpp"

namespace cdss::auth {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

/// How long ago that was. A time in the future, left by a clock that was set back, is long ago.
seconds since(sys_seconds then, sys_seconds now) {
  return then > now ? seconds::max() : now - then;
}

Error no_memory() {
  return {Errc::internal, {}, {}};
}

/// What was fetched, as keys. Errors: as it was fetched; those of JwkSet::parse; Errc::internal
/// without memory.
Result<KeyCache::Keys> keys_of(Result<std::string> text) {
  try {
    CDSS_TRY(auto fetched, std::move(text));
    CDSS_TRY(auto set, JwkSet::parse(std::move(fetched)));
    return std::make_shared<const JwkSet>(std::move(set));
  } catch (const std::exception&) {
    return no_memory();
  }
}

}  // namespace

KeyCache::KeyCache(KeyAddress address, KeyFetcher& fetcher, const Clock& clock, Log& log,
                   Metrics& metrics)
    : address_{std::move(address)},
      fetcher_{fetcher},
      clock_{clock},
      log_{log},
      fetched_{metrics.counter("key_fetches_total", "ok")},
      failed_{metrics.counter("key_fetches_total", "failed")} {}

sys_seconds KeyCache::now() const {
  return std::chrono::floor<seconds>(clock_.now());
}

KeyCache::Keys KeyCache::served(sys_seconds now) const {
  return since(fetched_at_, now) < kKeepAfterErrors ? keys_ : nullptr;
}

bool KeyCache::is_current(sys_seconds now) const {
  const auto age = since(fetched_at_, now);
  return age < kWaitAfter || (failed_last_ && age < kKeepAfterErrors);
}

KeyCache::Keys KeyCache::cached() const {
  const std::lock_guard lock{mutex_};
  return is_current(now()) ? keys_ : nullptr;
}

KeyCache::Step KeyCache::next(const KeyPredicate& has, sys_seconds now) const {
  const auto may_try = [&](seconds pause) { return !tried_at_ || since(*tried_at_, now) >= pause; };
  const bool current = keys_ != nullptr && is_current(now);
  if (!current || !has(*keys_)) {
    if (under_way_) {
      return Step::wait;
    }
    const auto pause = current ? kUnknownKidAfter : kRetryAfter;
    return may_try(pause) ? Step::fetch_and_wait : Step::serve;
  }
  const bool old = since(fetched_at_, now) >= kRefreshAfter;
  return old && !under_way_ && may_try(kRetryAfter) ? Step::serve_and_fetch : Step::serve;
}

void KeyCache::get(const KeyPredicate& has, Done done) {
  Keys keys;
  Step step{};
  {
    const std::lock_guard lock{mutex_};
    const auto at = now();
    step = next(has, at);
    keys = served(at);
    const bool waits = step == Step::fetch_and_wait || step == Step::wait;
    if (waits && waiting_.size() < kMostWaiting) {
      waiting_.push_back(std::move(done));
      done = nullptr;
    }
    if (step == Step::fetch_and_wait || step == Step::serve_and_fetch) {
      under_way_ = true;  // last of what may throw: from here on the fetch is sure to end
      tried_at_ = at;
    }
  }
  if (done) {
    give(done, keys);
  }
  if (step == Step::fetch_and_wait || step == Step::serve_and_fetch) {
    fetch();
  }
}

void KeyCache::fetch() {
  try {
    fetcher_.fetch(address_, [cache = weak_from_this()](Result<std::string> text) {
      if (const auto alive = cache.lock()) {
        alive->ended(keys_of(std::move(text)));
      }
    });
  } catch (const std::exception&) {
    ended(no_memory());
  }
}

bool KeyCache::has_keys() const {
  const std::lock_guard lock{mutex_};
  return keys_ != nullptr && !keys_->keys().empty();
}

void KeyCache::ended(Result<Keys> fetched) noexcept {
  if (fetched && (*fetched)->keys().empty() && has_keys()) {  // no other fetch is under way
    fetched = Error{Errc::missing, {}, {}};
  }
  report(fetched);
  std::vector<Done> waiting;
  Keys keys;
  {
    const std::lock_guard lock{mutex_};
    const auto at = now();
    if (fetched) {
      keys_ = *std::move(fetched);
      fetched_at_ = at;
    }
    failed_last_ = !fetched;
    under_way_ = false;
    waiting.swap(waiting_);
    keys = served(at);
  }
  for (const Done& done : waiting) {
    give(done, keys);
  }
}

void KeyCache::give(const Done& done, const Keys& keys) noexcept {
  try {
    done(keys);
  } catch (const std::exception&) {
    log_.error("key_callback_failed");
  }
}

void KeyCache::report(const Result<Keys>& fetched) noexcept {
  (fetched ? fetched_ : failed_).add();
  const auto url = Label::configured(address_.url);
  if (!fetched) {
    return log_.warning(
        "keys_not_fetched",
        {{"url", url}, {"error", Label::configured(row_of(fetched.error().code).name)}});
  }
  const JwkSet& set = **fetched;
  log_.info("keys_fetched",
            {{"url", url}, {"keys", set.keys().size()}, {"rejected", set.rejected().size()}});
}

void KeyCache::drop_waiting() {
  std::vector<Done> waiting;  // destroyed without the lock: they may hold anything
  const std::lock_guard lock{mutex_};
  waiting.swap(waiting_);
}

KeyCaches::~KeyCaches() {
  for (const auto& [address, cache] : caches_) {
    cache->drop_waiting();
  }
}

std::shared_ptr<KeyCache> KeyCaches::at(const KeyAddress& address) {
  const std::lock_guard lock{mutex_};
  auto& cache = caches_[address];
  if (cache == nullptr) {
    cache = std::make_shared<KeyCache>(address, fetcher_, clock_, log_, metrics_);
  }
  return cache;
}

}  // namespace cdss::auth
