#include "core/base/ip_address.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace cdss {
namespace {

/// Fills `out`, an in_addr or an in6_addr. False when the text is no address of that family.
bool read_address(int family, std::string_view text, void* out) {
  std::array<char, INET6_ADDRSTRLEN> terminated{};
  if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) {
    return false;
  }
  std::ranges::copy(text, terminated.begin());
  return inet_pton(family, terminated.data(), out) == 1;
}

}  // namespace

bool is_ipv4_address(std::string_view text) {
  in_addr address{};
  return read_address(AF_INET, text, &address);
}

bool is_ipv6_address(std::string_view text) {
  in6_addr address{};
  return read_address(AF_INET6, text, &address);
}

bool is_loopback_address(std::string_view text) {
  in_addr v4{};
  if (read_address(AF_INET, text, &v4)) {
    return (ntohl(v4.s_addr) >> 24U) == IN_LOOPBACKNET;
  }
  in6_addr v6{};
  if (!read_address(AF_INET6, text, &v6)) {
    return false;
  }
  constexpr int kMappedV4 = 12;  // its four bytes are the last
  return IN6_IS_ADDR_LOOPBACK(&v6) ||
         (IN6_IS_ADDR_V4MAPPED(&v6) && v6.s6_addr[kMappedV4] == IN_LOOPBACKNET);
}

}  // namespace cdss
