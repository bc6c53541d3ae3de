#include "core/http/client/address.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace cdss::http {
namespace {

struct V4Block {
  std::uint32_t prefix;
  unsigned bits;
  AddressKind kind;
};
constexpr V4Block kV4Blocks[] = {
    {0x00000000, 8, AddressKind::forbidden},         // "this network"
    {0x0a000000, 8, AddressKind::private_network},   // 10/8
    {0x646464c8, 32, AddressKind::forbidden},        // 100.100.100.200, metadata of a cloud
    {0x64400000, 10, AddressKind::private_network},  // 100.64/10, shared by carriers
    {0x7f000000, 8, AddressKind::loopback},          // 127/8
    {0xa9fe0000, 16, AddressKind::forbidden},        // 169.254/16, link-local
    {0xac100000, 12, AddressKind::private_network},  // 172.16/12
    {0xc0000000, 24, AddressKind::forbidden},        // 192.0.0/24, protocol assignments
    {0xc0000200, 24, AddressKind::forbidden},        // 192.0.2/24, documentation
    {0xc0586300, 24, AddressKind::forbidden},        // 192.88.99/24, 6to4 relays
    {0xc0a80000, 16, AddressKind::private_network},  // 192.168/16
    {0xc6120000, 15, AddressKind::forbidden},        // 198.18/15, benchmarks
    {0xc6336400, 24, AddressKind::forbidden},        // 198.51.100/24, documentation
    {0xcb007100, 24, AddressKind::forbidden},        // 203.0.113/24, documentation
    {0xe0000000, 3, AddressKind::forbidden},         // 224/4 multicast, 240/4 reserved
};

AddressKind kind_of_v4(std::uint32_t address) {
  for (const auto& block : kV4Blocks) {
    if ((address ^ block.prefix) >> (32U - block.bits) == 0) {
      return block.kind;
    }
  }
  return AddressKind::global;
}

using Bytes = std::array<std::uint8_t, 16>;

std::uint32_t v4_at(const Bytes& bytes, std::size_t at) {
  std::uint32_t address = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    address = address << 8U | bytes[at + i];
  }
  return address;
}

bool begins_with(const Bytes& bytes, std::initializer_list<std::uint8_t> prefix) {
  return std::memcmp(bytes.data(), std::data(prefix), prefix.size()) == 0;
}

AddressKind kind_of_v6(const Bytes& bytes) {
  constexpr std::size_t kLast4 = 12;
  if (bytes == Bytes{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}) {
    return AddressKind::loopback;
  }
  if (begins_with(bytes, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}) ||
      begins_with(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) {
    return kind_of_v4(v4_at(bytes, kLast4));  // mapped, NAT64
  }
  if (begins_with(bytes, {0x20, 0x02})) {
    return kind_of_v4(v4_at(bytes, 2));  // 6to4
  }
  if (begins_with(bytes, {0xfd, 0x00, 0x0e, 0xc2})) {
    return AddressKind::forbidden;  // fd00:ec2::/32, metadata of a cloud
  }
  if ((bytes[0] & 0xfeU) == 0xfcU) {
    return AddressKind::private_network;
  }
  const bool special = begins_with(bytes, {0x20, 0x01, 0x0d, 0xb8}) ||        // documentation
                       (begins_with(bytes, {0x20, 0x01}) && bytes[2] < 2) ||  // Teredo and others
                       begins_with(bytes, {0x3f, 0xff});                      // documentation
  const bool unicast = (bytes[0] & 0xe0U) == 0x20U;  // 2000::/3: all that is given out
  return unicast && !special ? AddressKind::global : AddressKind::forbidden;
}

}  // namespace

AddressKind kind_of(std::string_view address) {
  const std::string text{address};
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) {
    return kind_of_v4(ntohl(v4.s_addr));
  }
  Bytes v6{};
  if (inet_pton(AF_INET6, text.c_str(), v6.data()) == 1) {
    return kind_of_v6(v6);
  }
  return AddressKind::forbidden;
}

}  // namespace cdss::http
