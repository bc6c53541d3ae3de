#include "core/http/server/shared.hpp"

#include "core/http/server/connection.hpp"

namespace cdss::http {

void Registry::add(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard lock{mutex_};
  connections_.emplace(connection.get(), connection);
}

void Registry::remove(Connection* connection) {
  std::shared_ptr<Connection> last;  // destroyed after the lock is released
  const std::lock_guard lock{mutex_};
  if (const auto found = connections_.find(connection); found != connections_.end()) {
    last = std::move(found->second);
    connections_.erase(found);
  }
  if (connections_.empty()) {
    emptied_.notify_all();
  }
}

std::size_t Registry::size() const {
  const std::lock_guard lock{mutex_};
  return connections_.size();
}

std::vector<std::shared_ptr<Connection>> Registry::all() const {
  const std::lock_guard lock{mutex_};
  std::vector<std::shared_ptr<Connection>> all;
  all.reserve(connections_.size());
  for (const auto& [key, connection] : connections_) {
    all.push_back(connection);
  }
  return all;
}

std::vector<std::shared_ptr<Connection>> Registry::late(
    std::chrono::steady_clock::time_point now) const {
  const std::lock_guard lock{mutex_};
  std::vector<std::shared_ptr<Connection>> late;
  for (const auto& [key, connection] : connections_) {
    if (connection->deadline_passed(now)) {
      late.push_back(connection);
    }
  }
  return late;
}

bool Registry::wait_until_empty(std::chrono::steady_clock::time_point latest) const {
  std::unique_lock lock{mutex_};
  return emptied_.wait_until(lock, latest, [this] { return connections_.empty(); });
}

}  // namespace cdss::http
