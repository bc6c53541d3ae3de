#include "core/http/client/client_call.hpp"

#include <utility>

namespace cdss::http {
namespace {

constexpr std::size_t kLongestHeader = std::size_t{16} << 10U;

}  // namespace

ClientCall::ClientCall(const ClientShared& shared, ClientRequest request, Client::Done done)
    : shared_{shared},
      request_{std::move(request)},
      done_{std::move(done)},
      timer_{shared.io},
      reader_{{.header_bytes = kLongestHeader, .body_bytes = request_.body_bytes}} {}

void ClientCall::start() {
  timer_.expires_at(request_.deadline);
  timer_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
    if (!error) {
      self->finish(Error{Errc::timed_out, {}, "took too long"});
    }
  });
  if (request_.deadline <= std::chrono::steady_clock::now()) {
    return;  // the timer says so
  }
  connection_ = shared_.pool.take(request_.origin);
  reused_ = connection_ != nullptr;
  if (!reused_) {
    return open();
  }
  connection_->serve(weak_from_this());
  on_opened();
}

void ClientCall::open() {
  room_ = shared_.pool.room();
  if (!room_) {
    return finish(Error{Errc::busy, {}, "must wait: too many connections are open"});
  }
  shared_.resolver.resolve(request_.url.host_kind(), request_.origin, weak_from_this(),
                           [weak = weak_from_this()](const Result<Endpoints>& found) {
                             if (const auto self = weak.lock()) {
                               self->connect(found);
                             }
                           });
}

void ClientCall::connect(const Result<Endpoints>& found) {
  if (!done_) {
    return;
  }
  if (!found) {
    return finish(found.error());
  }
  connection_ = std::make_shared<ClientConnection>(shared_.io, std::move(room_));
  connection_->open(*found, request_.url, request_.url.is_https() ? &shared_.tls : nullptr,
                    shared_.pool.session(request_.origin), weak_from_this());
}

void ClientCall::on_opened() {
  connection_->send(request_.message);
}

void ClientCall::on_not_opened(Error error) {
  finish(std::move(error));
}

void ClientCall::on_sent() {
  sent_ = true;
  if (!reused_) {
    request_.message.reset();
  }
}

/// Whether what the connection says is no answer to this call: it was reused while its server was
/// closing it.
bool ClientCall::is_stale() const {
  return reused_ && !reader_.began();
}

void ClientCall::on_bytes(std::string_view bytes) {
  if (is_stale() && !sent_) {
    connection_->close();
    return on_end(false);
  }
  request_.message.reset();
  reader_.put(bytes);
  if (reader_.state() == ReplyReader::State::failed) {
    finish(reader_.error());
  } else if (reader_.state() == ReplyReader::State::complete) {
    complete();
  }
}

void ClientCall::on_end(bool clean) {
  if (is_stale()) {
    reused_ = false;
    sent_ = false;
    return open();
  }
  if (clean) {
    reader_.end();
  }
  if (reader_.state() == ReplyReader::State::complete) {
    return complete();
  }
  finish(Error{Errc::unavailable, {}, "ended the connection"});
}

void ClientCall::complete() {
  if (!reused_) {
    shared_.pool.remember(request_.origin, connection_->session());
  }
  if (sent_ && reader_.may_reuse() && connection_->is_open()) {
    shared_.pool.give(request_.origin, std::exchange(connection_, nullptr));
  } else {
    connection_->retire();
  }
  finish(reader_.take());
}

void ClientCall::finish(Result<Reply> reply) {
  if (!done_) {
    return;
  }
  const auto self = shared_from_this();  // the timer may be all that kept it
  timer_.cancel();
  request_.message.reset();
  room_.reset();
  if (connection_) {
    connection_->close();
  }
  std::exchange(done_, nullptr)(std::move(reply));
}

}  // namespace cdss::http
