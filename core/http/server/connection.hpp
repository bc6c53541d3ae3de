#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/http/common/budget.hpp"
#include "core/http/server/connection_handle.hpp"
#include "core/http/server/input_buffer.hpp"
#include "core/http/server/parser.hpp"
#include "core/http/server/shared.hpp"

namespace cdss::http {

/// One connection as a state machine over a byte stream that a derived class provides. All but
/// post, deadline_passed and link() runs on the connection's strand.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  explicit Connection(Shared& shared);
  virtual ~Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Begins, with the handshake if there is one; without room, only to answer 503: too many
  /// connections are open.
  void start(bool has_room);
  /// Closes it if it is idle; else its current answer will be the last.
  void drain();
  /// Closes it at once.
  void close();
  /// Refuses or closes if the deadline has passed.
  void on_deadline();
  /// The answer to request number `serial`; ignored when that request is over.
  void on_response(std::uint64_t serial, Response response);
  /// The handler has dropped request number `serial`.
  void on_dropped(std::uint64_t serial);

  bool deadline_passed(std::chrono::steady_clock::time_point now) const;
  ConnectionHandle& connection_handle() { return *connection_handle_; }

  /// Runs `work` on the strand, at the next occasion.
  virtual void post(std::function<void()> work) = 0;
  virtual bool on_strand() const = 0;

 protected:
  // What the stream must do; each ends in the call named, on the strand.
  virtual void handshake() = 0;                                          // on_handshake
  virtual void read(char* into, std::size_t most) = 0;                   // on_read
  virtual void write(std::string_view head, std::string_view body) = 0;  // on_written
  virtual void end_writing() = 0;                                        // on_ended
  virtual void read_to_discard(char* into, std::size_t most) = 0;        // on_discarded
  virtual void cut() = 0;  // at once; what is under way fails
  /// What the handshake has shown of the client.
  virtual std::optional<ClientCertificate> client_certificate() const { return std::nullopt; }

  void on_handshake(bool ok);
  void on_read(bool ok, std::size_t bytes);
  void on_written(bool ok);
  void on_ended();
  void on_discarded(bool ok);

 private:
  enum class Phase {
    handshake,
    idle,
    header,
    body,
    handling,
    writing,
    lingering,
    closed,
  };

  void enter(Phase phase, std::chrono::milliseconds longest);
  void await_request();
  void read_more();
  void consume();
  void go_on_with_body();
  void handle();
  void refuse(const Refusal& refusal);
  void send(Response response);
  void linger();

  Shared& shared_;
  const std::shared_ptr<ConnectionHandle> connection_handle_;
  std::atomic<std::int64_t> deadline_{0};  // steady clock, ns; 0: none
  Phase phase_ = Phase::handshake;
  bool no_room_ = false;                         // it is only told so
  bool fresh_ = true;                            // nothing has come yet
  bool reading_ = false;                         // a read is under way
  bool continuing_ = false;                      // what is being written is 100 Continue
  bool keep_alive_ = false;                      // as the request in hand wants it
  bool http_1_0_ = false;                        // the request in hand
  bool head_only_ = false;                       // the request in hand is HEAD
  bool close_after_ = false;                     // the answer being written is the last
  std::uint64_t serial_ = 0;                     // of the request in hand
  std::chrono::steady_clock::time_point began_;  // the request in hand was handed over
  std::optional<ClientCertificate> client_certificate_;
  Lease lease_;
  RequestParser parser_;
  InputBuffer input_;
  std::string origin_;  // the request in hand, for an answer in the handler's place
  std::string head_;    // being written
  std::string body_;    // being written
};

}  // namespace cdss::http
