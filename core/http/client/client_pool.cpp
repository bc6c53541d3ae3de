#include "core/http/client/client_pool.hpp"

#include <algorithm>
#include <iterator>

#include "core/http/client/client_connection.hpp"

namespace cdss::http {

std::shared_ptr<ClientConnection> ClientPool::take(const Origin& origin) {
  forget_closed();
  const auto found =
      std::ranges::find(idle_.rbegin(), idle_.rend(), origin, &IdleConnection::origin);
  if (found == idle_.rend()) {
    return nullptr;
  }
  auto connection = std::move(found->connection);
  idle_.erase(std::next(found).base());
  return connection;
}

void ClientPool::give(const Origin& origin, std::shared_ptr<ClientConnection> connection) {
  forget_closed();
  if (std::ranges::count(idle_, origin, &IdleConnection::origin) >=
      static_cast<std::ptrdiff_t>(kIdlePerOrigin)) {
    drop(std::ranges::find(idle_, origin, &IdleConnection::origin));
  }
  if (idle_.size() >= kIdle) {
    drop(idle_.begin());
  }
  connection->rest(longest_idle_);
  idle_.push_back({origin, std::move(connection)});
}

std::shared_ptr<Lease> ClientPool::room() {
  auto lease = std::make_shared<Lease>(open_);
  if (lease->take(1)) {
    return lease;
  }
  forget_closed();
  if (!idle_.empty()) {
    drop(idle_.begin());
  }
  return lease->take(1) ? std::move(lease) : nullptr;
}

void ClientPool::remember(const Origin& origin, TlsSession session) {
  if (!session) {
    return;
  }
  std::erase_if(sessions_, [&](const CachedSession& one) { return one.origin == origin; });
  if (sessions_.size() >= kSessions) {
    sessions_.pop_front();
  }
  sessions_.push_back({origin, std::move(session), std::chrono::steady_clock::now()});
}

TlsSession ClientPool::session(const Origin& origin) {
  const auto oldest = std::chrono::steady_clock::now() - kOldestSession;
  std::erase_if(sessions_, [&](const CachedSession& one) { return one.since < oldest; });
  const auto found = std::ranges::find(sessions_, origin, &CachedSession::origin);
  return found == sessions_.end() ? nullptr : found->session;
}

void ClientPool::forget_closed() {
  std::erase_if(idle_, [](const IdleConnection& idle) { return !idle.connection->is_open(); });
}

void ClientPool::drop(std::list<IdleConnection>::iterator which) {
  which->connection->retire();
  idle_.erase(which);
}

}  // namespace cdss::http
