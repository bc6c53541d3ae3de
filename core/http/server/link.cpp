#include "core/http/server/link.hpp"

#include "core/http/server/connection.hpp"

namespace cdss::http {

void Link::reach(std::function<void(Connection&)> work) {
  std::unique_lock lock{mutex_};
  if (connection_ == nullptr) {
    return;
  }
  if (connection_->on_strand()) {
    Connection& connection = *connection_;  // whoever runs on the strand keeps it alive
    lock.unlock();                          // the work may sever this link
    work(connection);
    return;
  }
  // Under the lock, so that the server cannot end between the look and the post.
  connection_->post([connection = connection_, work = std::move(work)] { work(*connection); });
}

void Link::sever() {
  const std::lock_guard lock{mutex_};
  connection_ = nullptr;
}

OneAnswer::~OneAnswer() {
  if (!answered_) {
    link_->reach([serial = serial_](Connection& c) { c.on_dropped(serial); });
  }
}

void OneAnswer::answer(Response response) {
  if (!answered_.exchange(true)) {
    link_->reach([serial = serial_, response = std::move(response)](Connection& c) mutable {
      c.on_response(serial, std::move(response));
    });
  }
}

}  // namespace cdss::http
