#pragma once

#include <string_view>

namespace cdss::http {

/// What an IP address can reach.
enum class AddressKind {
  global,           ///< The internet.
  private_network,  ///< A network of the site: 10/8, 172.16/12, 192.168/16, 100.64/10, fc00::/7.
  loopback,         ///< This machine: 127/8, ::1.
  forbidden,        ///< Link-local (where clouds keep their metadata), multicast, reserved,
                    ///< documentation, unspecified, and what is no address.
};

/// The kind of an address as text. An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64)
/// is of that one's kind. Thread-safe. Source: IANA IPv4 and IPv6 Special-Purpose Address
/// Registries (RFC 6890).
AddressKind kind_of(std::string_view address);

}  // namespace cdss::http
