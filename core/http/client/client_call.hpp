#pragma once

#include <memory>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/http/client/client_connection.hpp"
#include "core/http/client/client_request.hpp"
#include "core/http/client/client_resolver.hpp"
#include "core/http/client/reply_reader.hpp"

namespace cdss::http {

/// What the calls of one client share.
struct ClientShared {
  boost::asio::io_context& io;
  boost::asio::ssl::context& tls;
  ClientPool& pool;
  ClientResolver& resolver;
};

/// One call, all of it on the client's thread. Its timer keeps it alive until it has finished, and
/// nothing else does. Each step starts the next or finishes.
class ClientCall final : public ConnectionUser, public std::enable_shared_from_this<ClientCall> {
 public:
  ClientCall(const ClientShared& shared, ClientRequest request, Client::Done done);

  void start();

 private:
  void on_opened() override;
  void on_not_opened(Error error) override;
  void on_sent() override;
  void on_bytes(std::string_view bytes) override;
  void on_end(bool clean) override;

  void open();
  void connect(const Result<Endpoints>& found);
  bool is_stale() const;
  void complete();
  void finish(Result<Reply> reply);

  const ClientShared shared_;
  ClientRequest request_;  // the message goes once it is not needed
  Client::Done done_;      // empty once called
  boost::asio::steady_timer timer_;
  std::shared_ptr<Lease> room_;  // for the connection that is about to be made
  std::shared_ptr<ClientConnection> connection_;
  ReplyReader reader_;
  bool reused_ = false;  // the connection has served another call before
  bool sent_ = false;
};

}  // namespace cdss::http
