#pragma once

#include <string_view>

namespace cdss {

// IP addresses as text, without brackets or a zone. Thread-safe.

bool is_ipv4_address(std::string_view text);
bool is_ipv6_address(std::string_view text);

/// Whether `text` is an IP address that only this machine reaches: 127.0.0.0/8, ::1 or
/// ::ffff:127.0.0.0/104. False for a name and for anything else.
bool is_loopback_address(std::string_view text);

}  // namespace cdss
