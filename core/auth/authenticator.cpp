#include "core/auth/authenticator.hpp"

#include <algorithm>
#include <array>

#include "core/auth/checks.hpp"
#include "core/auth/profiles.hpp"
#include "core/base/thread_pool.hpp"

namespace cdss::auth {
namespace {

using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr int kUnauthorized = 401;
constexpr int kUnavailable = 503;

/// A decision under way: all that is cheap has passed.
struct PendingDecision {
  Token token;
  Caller caller;
  Authenticator::Done done;
  std::vector<std::shared_ptr<KeyCache>> caches;  // where its key may be, likeliest first
  std::size_t asked = 0;                          // of `caches`
  bool unavailable = false;                       // one of them gave no keys

  const config::Client& client() const { return caller.profile->client; }
  bool warns() const { return client().mode == config::Mode::warn; }
  const Jwk* key_in(const JwkSet& keys) const { return find_key(keys, token, client()); }
};
using PendingDecisionPointer = std::shared_ptr<PendingDecision>;

/// The caches that may have the token's key: that of its `jku`, or all of its profile, the one that
/// has it already before those that would have to be asked.
std::vector<std::shared_ptr<KeyCache>> caches_for(const PendingDecision& pending,
                                                  const RegisteredClient& client) {
  const auto jku = pending.token.jku();
  std::vector<std::shared_ptr<KeyCache>> caches;
  for (const auto& [url, cache] : client.caches) {
    if (jku.empty() || url == jku) {
      caches.push_back(cache);
    }
  }
  if (caches.size() > 1) {
    std::stable_partition(caches.begin(), caches.end(), [&](const auto& cache) {
      const auto keys = cache->cached();
      return keys != nullptr && pending.key_in(*keys) != nullptr;
    });
  }
  return caches;
}

}  // namespace

int AuthError::status() const {
  switch (reason) {
    case Reason::busy:
    case Reason::keys_unavailable:
    case Reason::replay_memory_full:
      return kUnavailable;
    default:
      return kUnauthorized;
  }
}

class Authenticator::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(Profiles profiles, Parts parts, Settings settings)
      : profiles_{std::move(profiles)},
        parts_{parts},
        accepted_{parts.metrics.counter("callers_total", "accepted")},
        workers_{{.name = "signatures", .threads = settings.threads, .waiting = settings.waiting},
                 parts.log,
                 parts.metrics} {
    for (std::size_t i = 0; i < kReasons; ++i) {
      refused_[i] = &parts.metrics.counter("callers_total", label_of(static_cast<Reason>(i)));
    }
  }

  void stop() { workers_.stop(); }
  void decide(const Credentials& credentials, Done done);

 private:
  void decide_without_token(Reason reason, const Credentials& credentials, const Done& done);
  std::optional<Reason> cheap_fault(const Token& token, const Credentials& credentials,
                                    Caller& caller) const;
  void ask_for_key(const PendingDecisionPointer& pending);
  void got_keys(const PendingDecisionPointer& pending, const KeyCache::Keys& keys);
  void verify(const PendingDecisionPointer& pending, const KeyCache::Keys& keys, const Jwk& key);
  std::optional<Reason> repeat_fault(const PendingDecision& pending) const;
  void finish(const PendingDecisionPointer& pending);
  void accept(Caller caller, const Done& done);
  void refuse(Reason reason, std::shared_ptr<const Profile> profile, const Done& done);
  void refuse(Reason reason, const PendingDecision& pending) {
    refuse(reason, pending.caller.profile, pending.done);
  }
  sys_seconds now() const { return std::chrono::floor<seconds>(parts_.clock.now()); }

  const Profiles profiles_;
  const Parts parts_;
  Counter& accepted_;
  std::array<Counter*, kReasons> refused_{};
  ThreadPool workers_;
};

void Authenticator::Impl::decide(const Credentials& credentials, Done done) {
  auto token = read_authorization(credentials.authorization);
  if (!token) {
    return decide_without_token(token.error(), credentials, done);
  }
  const auto fault = token_fault(*token);
  const auto* const client = profiles_.of_issuer(token->issuer());
  if (client == nullptr) {
    return decide_without_token(fault.value_or(Reason::issuer_unknown), credentials, done);
  }
  if (fault) {
    return refuse(*fault, client->profile, done);
  }
  Caller caller{client->profile,
                std::string{token->issuer()},
                std::string{token->tenant()},
                std::string{token->id()},
                {}};
  if (const auto cheap = cheap_fault(*token, credentials, caller)) {
    return refuse(*cheap, client->profile, done);
  }
  const auto pending = std::make_shared<PendingDecision>(PendingDecision{
      .token = *std::move(token), .caller = std::move(caller), .done = std::move(done)});
  const auto& file_keys = client->profile->file_keys;
  if (file_keys != nullptr && pending->key_in(*file_keys) != nullptr) {
    return verify(pending, file_keys, *pending->key_in(*file_keys));
  }
  pending->caches = caches_for(*pending, *client);
  ask_for_key(pending);
}

void Authenticator::Impl::decide_without_token(Reason reason, const Credentials& credentials,
                                               const Done& done) {
  if (auto profile = profiles_.without_token(credentials.certificate)) {
    return accept(Caller{.profile = std::move(profile)}, done);
  }
  refuse(reason, nullptr, done);
}

std::optional<Reason> Authenticator::Impl::cheap_fault(const Token& token,
                                                       const Credentials& credentials,
                                                       Caller& caller) const {
  const Profile& profile = *caller.profile;
  const config::Client& client = profile.client;
  if (const auto fault = certificate_fault(client, credentials.certificate)) {
    return fault;
  }
  const ValidationContext asked{credentials.audiences, now()};
  const bool warns = client.mode == config::Mode::warn;
  for (const auto& check : profile_checks()) {
    const auto fault = check.fault(token, profile, asked);
    if (fault && warns && is_waivable(*fault)) {
      caller.waived.push_back(*fault);
    } else if (fault) {
      return fault;
    }
  }
  if (client.replay == config::Replay::off || warns) {
    return std::nullopt;  // when it warns, what is recorded tells it
  }
  const auto first_use = parts_.replay.first_use(token.issuer(), token.id());
  const bool repeated = first_use && refuses_repeat(client, *first_use, asked.now);
  return repeated ? std::optional{Reason::replayed} : std::nullopt;
}

void Authenticator::Impl::ask_for_key(const PendingDecisionPointer& pending) {
  if (pending->asked == pending->caches.size()) {
    return refuse(pending->unavailable ? Reason::keys_unavailable : Reason::kid_unknown, *pending);
  }
  const auto cache = pending->caches[pending->asked++];
  cache->get([pending](const JwkSet& keys) { return pending->key_in(keys) != nullptr; },
             [authenticator = weak_from_this(), pending](const KeyCache::Keys& keys) {
               if (const auto alive = authenticator.lock()) {
                 alive->got_keys(pending, keys);
               }
             });
}

void Authenticator::Impl::got_keys(const PendingDecisionPointer& pending,
                                   const KeyCache::Keys& keys) {
  pending->unavailable = pending->unavailable || keys == nullptr;
  const auto* const key = keys == nullptr ? nullptr : pending->key_in(*keys);
  if (key == nullptr) {
    return ask_for_key(pending);
  }
  verify(pending, keys, *key);
}

void Authenticator::Impl::verify(const PendingDecisionPointer& pending, const KeyCache::Keys& keys,
                                 const Jwk& key) {
  const auto submitted = workers_.submit([this, pending, keys, &key] {
    const auto algorithm = algorithm_of(pending->token.header());
    const auto fault = algorithm ? signature_fault(pending->token.jws(), *algorithm, key)
                                 : std::optional{algorithm.error()};
    if (fault) {
      return refuse(*fault, *pending);
    }
    finish(pending);
  });
  if (submitted == ThreadPool::SubmitResult::full) {
    refuse(Reason::busy, *pending);
  }
}

std::optional<Reason> Authenticator::Impl::repeat_fault(const PendingDecision& pending) const {
  const config::Client& client = pending.client();
  const Caller& caller = pending.caller;
  if (client.replay == config::Replay::off || caller.token_id.empty()) {
    return std::nullopt;
  }
  const auto at = now();
  const auto until = *pending.token.time("exp") + seconds{client.clock_skew_s};
  const auto recorded = parts_.replay.record(caller.issuer, caller.token_id, at, until);
  if (recorded.state == ReplayMemory::RecordState::full) {
    return Reason::replay_memory_full;
  }
  const bool repeated = recorded.state == ReplayMemory::RecordState::repeated;
  return repeated && refuses_repeat(client, recorded.first_use, at)
             ? std::optional{Reason::replayed}
             : std::nullopt;
}

void Authenticator::Impl::finish(const PendingDecisionPointer& pending) {
  const auto fault = repeat_fault(*pending);
  // It may have waited for keys or for a thread. Only after it was recorded: a copy whose record
  // was forgotten meanwhile, because the token had expired, is found to be expired here.
  if (is_expired(pending->token, *pending->caller.profile, now())) {
    return refuse(Reason::expired, *pending);
  }
  if (fault && !pending->warns()) {
    return refuse(*fault, *pending);
  }
  if (fault) {
    pending->caller.waived.push_back(*fault);
  }
  accept(std::move(pending->caller), pending->done);
}

void Authenticator::Impl::accept(Caller caller, const Done& done) {
  accepted_.add();
  for (const auto reason : caller.waived) {
    parts_.log.warning(
        "caller_refusal_waived",
        {{"reason", label_of(reason)}, {"client", Label::configured(caller.profile->client.id)}});
  }
  done(Decision{std::move(caller)});
}

void Authenticator::Impl::refuse(Reason reason, std::shared_ptr<const Profile> profile,
                                 const Done& done) {
  refused_[static_cast<std::size_t>(reason)]->add();
  Label client = "unknown";
  if (profile != nullptr) {
    client = Label::configured(profile->client.id);
  }
  parts_.log.warning("caller_refused", {{"reason", label_of(reason)}, {"client", client}});
  done(Decision{AuthError{reason, std::move(profile)}});
}

Result<std::unique_ptr<Authenticator>> Authenticator::make(std::vector<config::Client> clients,
                                                           Parts parts, Settings settings) {
  CDSS_TRY(auto profiles, Profiles::make(std::move(clients), parts.caches));
  return std::unique_ptr<Authenticator>{
      new Authenticator{std::make_shared<Impl>(std::move(profiles), parts, settings)}};
}

Authenticator::~Authenticator() {
  impl_->stop();
}

void Authenticator::decide(const Credentials& credentials, Done done) {
  impl_->decide(credentials, std::move(done));
}

}  // namespace cdss::auth
