#include "core/http/server/connection_handle.hpp"

#include "core/http/server/connection.hpp"

namespace cdss::http {

void ConnectionHandle::reach(std::function<void(Connection&)> work) {
  std::unique_lock lock{mutex_};
  if (connection_ == nullptr) {
    return;
  }
  if (connection_->on_strand()) {
    Connection& connection = *connection_;  // whoever runs on the strand keeps it alive
    lock.unlock();                          // the work may detach this handle
    work(connection);
    return;
  }
  // Under the lock, so that the server cannot end between the look and the post.
  connection_->post([connection = connection_, work = std::move(work)] { work(*connection); });
}

void ConnectionHandle::detach() {
  const std::lock_guard lock{mutex_};
  connection_ = nullptr;
}

ResponseGuard::~ResponseGuard() {
  if (!answered_) {
    connection_handle_->reach([serial = serial_](Connection& c) { c.on_dropped(serial); });
  }
}

void ResponseGuard::answer(Response response) {
  if (!answered_.exchange(true)) {
    connection_handle_->reach(
        [serial = serial_, response = std::move(response)](Connection& c) mutable {
          c.on_response(serial, std::move(response));
        });
  }
}

}  // namespace cdss::http
