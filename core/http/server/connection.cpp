#include "core/http/server/connection.hpp"

#include <utility>

#include "core/http/common/status.hpp"
#include "core/http/server/head.hpp"

namespace cdss::http {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

/// How long a client may take to read its last answer: closing with its bytes unread would destroy
/// the answer on the way (RFC 9112, section 9.6).
constexpr milliseconds kLinger{2'000};

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
constexpr Refusal kNoRoom{503, "too many connections are open, try again later"};
constexpr Refusal kHeaderSlow{408, "the request header did not come in time"};
constexpr Refusal kBodySlow{408, "the request body did not come in time"};
constexpr Refusal kHandlerSlow{503, "the answer was not ready in time"};
constexpr Refusal kUnanswered{500, "the request could not be answered"};

}  // namespace

Connection::Connection(Shared& shared)
    : shared_{shared},
      connection_handle_{std::make_shared<ConnectionHandle>(this)},
      lease_{shared.budget},
      parser_{{.header_bytes = shared.settings.header_bytes,
               .body_bytes = shared.settings.body_bytes,
               .require_local_host = shared.settings.require_local_host},
              lease_} {}

void Connection::enter(Phase phase, milliseconds longest) {
  phase_ = phase;
  deadline_ =
      longest.count() == 0
          ? 0
          : duration_cast<nanoseconds>((steady_clock::now() + longest).time_since_epoch()).count();
}

bool Connection::deadline_passed(steady_clock::time_point now) const {
  const auto deadline = deadline_.load(std::memory_order_relaxed);
  return deadline != 0 && duration_cast<nanoseconds>(now.time_since_epoch()).count() >= deadline;
}

void Connection::start(bool has_room) {
  no_room_ = !has_room;
  shared_.counters.opened.add();
  shared_.counters.refused.add(has_room ? 0 : 1);
  enter(Phase::handshake, shared_.settings.header_timeout);
  handshake();
}

void Connection::on_handshake(bool ok) {
  if (phase_ == Phase::closed) {
    return;
  }
  if (!ok) {
    close();
  } else if (no_room_) {
    refuse(kNoRoom);
  } else {
    client_certificate_ = client_certificate();
    await_request();
  }
}

void Connection::await_request() {
  parser_.reset();
  head_only_ = false;
  http_1_0_ = false;
  if (shared_.draining) {
    return linger();
  }
  enter(Phase::idle, fresh_ ? shared_.settings.header_timeout : shared_.settings.idle_timeout);
  if (!input_.empty()) {
    return consume();
  }
  input_.shrink();
  read_more();
}

void Connection::read_more() {
  const bool large = phase_ == Phase::body || input_.bytes().size() >= InputBuffer::kSmall / 2;
  const auto [into, most] = input_.room(large);
  reading_ = true;
  read(into, most);
}

void Connection::on_read(bool ok, std::size_t bytes) {
  reading_ = false;
  shared_.counters.bytes_received.add(bytes);
  switch (phase_) {
    case Phase::idle:
    case Phase::header:
    case Phase::body:
      if (!ok) {
        close();
        return;
      }
      fresh_ = false;
      input_.filled(bytes);
      consume();
      return;
    case Phase::lingering:
      on_discarded(ok);
      return;
    default:
      return;  // refused while this read was under way
  }
}

void Connection::consume() {
  if (phase_ == Phase::idle) {
    enter(Phase::header, shared_.settings.header_timeout);
  }
  input_.consume(parser_.put(input_.bytes()));
  switch (parser_.state()) {
    case RequestParser::State::header:
      return read_more();
    case RequestParser::State::body:
      return go_on_with_body();
    case RequestParser::State::complete:
      return handle();
    case RequestParser::State::refused:
      return refuse(parser_.refusal());
  }
}

void Connection::go_on_with_body() {
  if (phase_ != Phase::body) {
    enter(Phase::body, shared_.settings.body_timeout);
    if (parser_.wants_continue() && input_.empty()) {
      continuing_ = true;
      write(kContinue, {});
      return;
    }
  }
  read_more();
}

void Connection::handle() {
  keep_alive_ = parser_.keep_alive();
  http_1_0_ = parser_.is_http_1_0();
  origin_ = parser_.origin();
  Request request = parser_.take();
  request.client_certificate = client_certificate_;
  head_only_ = request.method == Method::head;
  began_ = steady_clock::now();
  enter(Phase::handling, shared_.settings.handler_timeout);
  auto reply = std::make_shared<ResponseGuard>(connection_handle_, ++serial_);
  shared_.handler(std::move(request), [reply = std::move(reply)](Response response) {
    reply->answer(std::move(response));
  });
}

void Connection::on_response(std::uint64_t serial, Response response) {
  if (phase_ != Phase::handling || serial != serial_) {
    return;
  }
  const auto took = steady_clock::now() - began_;
  shared_.counters.duration.observe(duration_cast<microseconds>(took));
  send(std::move(response));
}

void Connection::on_dropped(std::uint64_t serial) {
  if (phase_ == Phase::handling && serial == serial_) {
    shared_.log.error("http_request_dropped");
    refuse(kUnanswered);
  }
}

void Connection::refuse(const Refusal& refusal) {
  shared_.log.info("http_refused", {{"status", refusal.status}});
  Response response{.status = refusal.status,
                    .body = shared_.error_body(refusal.status, refusal.sentence),
                    .close = true};
  if (shared_.settings.error_fields) {
    response.headers =
        shared_.settings.error_fields(phase_ == Phase::handling ? origin_ : parser_.origin());
  }
  if (refusal.status == 503) {
    response.headers.emplace_back("Retry-After", "1");
  }
  send(std::move(response));
}

void Connection::send(Response response) {
  close_after_ = response.close || !keep_alive_ || shared_.draining;
  shared_.counters.responses(response.status).add();
  head_ = write_head(response, {.close = close_after_, .http_1_0 = http_1_0_});
  body_ = head_only_ || !has_body(response.status) ? std::string{} : std::move(response.body);
  lease_.force(body_.size());
  enter(Phase::writing, shared_.settings.write_timeout);
  write(head_, body_);
}

void Connection::on_written(bool ok) {
  if (phase_ == Phase::closed) {
    return;
  }
  if (!ok) {
    return close();
  }
  if (std::exchange(continuing_, false)) {
    return read_more();
  }
  shared_.counters.bytes_sent.add(head_.size() + body_.size());
  head_.clear();
  body_ = {};
  lease_.release();
  if (close_after_) {
    linger();
  } else {
    await_request();
  }
}

void Connection::linger() {
  enter(Phase::lingering, kLinger);
  end_writing();
}

void Connection::on_ended() {
  if (phase_ == Phase::lingering && !reading_) {
    input_.consume(input_.bytes().size());
    const auto [into, most] = input_.room(false);
    read_to_discard(into, most);
  }
}

void Connection::on_discarded(bool ok) {
  if (ok) {
    on_ended();
  } else {
    close();
  }
}

void Connection::on_deadline() {
  if (!deadline_passed(steady_clock::now())) {
    return;
  }
  switch (phase_) {
    case Phase::header:
      shared_.counters.header_timeouts.add();
      refuse(kHeaderSlow);
      return;
    case Phase::body:
      shared_.counters.body_timeouts.add();
      if (continuing_) {
        break;  // a client that does not read 100 will not read 408
      }
      refuse(kBodySlow);
      return;
    case Phase::handling:
      shared_.counters.handler_timeouts.add();
      refuse(kHandlerSlow);
      return;
    case Phase::handshake:
      shared_.counters.header_timeouts.add();
      break;
    case Phase::idle:
      shared_.counters.idle_timeouts.add();
      break;
    case Phase::writing:
      shared_.counters.write_timeouts.add();
      break;
    case Phase::lingering:
    case Phase::closed:
      break;
  }
  close();
}

void Connection::drain() {
  if (phase_ == Phase::handshake || phase_ == Phase::idle) {
    close();
  }
}

void Connection::close() {
  if (phase_ == Phase::closed) {
    return;
  }
  enter(Phase::closed, milliseconds{0});
  connection_handle_->detach();
  cut();
  lease_.release();
  shared_.counters.closed.add();
  shared_.registry.remove(this);
}

}  // namespace cdss::http
