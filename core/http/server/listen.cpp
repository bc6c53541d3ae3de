#include "core/http/server/listen.hpp"

namespace cdss::http {
namespace {

/// "listen 127.0.0.1:9090", as people know it.
std::string listen_place(const asio::ip::tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "listen [" + address + "]:" : "listen " + address + ":") +
         std::to_string(endpoint.port());
}

Error cannot_listen(const asio::ip::tcp::endpoint& endpoint, const error_code& error) {
  std::string message = "cannot be listened on: " + error.message();
  if (error == asio::error::address_in_use) {
    message = "is in use already; stop what listens there or choose another port";
  } else if (error == asio::error::access_denied) {
    message = "is not permitted to this user; choose a port from 1024 on";
  } else if (error == boost::system::errc::address_not_available) {
    message = "is no address of this machine; choose one that it has";
  }
  return Error{Errc::unavailable, listen_place(endpoint), std::move(message)};
}

}  // namespace

Result<std::uint16_t> listen(Acceptor& acceptor, const std::string& address, std::uint16_t port) {
  error_code error;
  const auto parsed = asio::ip::make_address(address, error);
  if (error) {
    return Error{Errc::malformed, "listen " + address, "is not an IP address"};
  }
  const asio::ip::tcp::endpoint endpoint{parsed, port};
  std::uint16_t taken = 0;
  acceptor.open(endpoint.protocol(), error);
  if (!error) {
    acceptor.set_option(asio::socket_base::reuse_address{true}, error);
  }
  if (!error) {
    acceptor.bind(endpoint, error);
  }
  if (!error) {
    acceptor.listen(asio::socket_base::max_listen_connections, error);
  }
  if (!error) {
    taken = acceptor.local_endpoint(error).port();
  }
  if (error) {
    return cannot_listen(endpoint, error);
  }
  return taken;
}

}  // namespace cdss::http
