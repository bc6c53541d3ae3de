#pragma once

#include <cstdint>
#include <string>

#include "core/base/errors/result.hpp"
#include "core/http/server/socket_connection.hpp"

namespace cdss::http {

using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Strand>;

/// Opens an acceptor at a place of this machine.
///
/// @param address  IPv4 or IPv6, no host name.
/// @param port     0 takes any free one.
/// @return the port it listens on.
/// Errors, `where` being "listen" and the place: Errc::malformed for what is no IP address;
///         Errc::unavailable for a place that is in use, not permitted or not of this machine.
Result<std::uint16_t> listen(Acceptor& acceptor, const std::string& address, std::uint16_t port);

}  // namespace cdss::http
