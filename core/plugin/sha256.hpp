#pragma once

#include <string>
#include <string_view>

namespace cdss::plugin {

/// The SHA-256 of some bytes as 64 lower-case hexadecimal digits. Thread-safe.
/// Empty when this OpenSSL has no SHA-256. Source: FIPS 180-4.
std::string sha256_hex(std::string_view bytes);

/// The same digest in base 64, as Content-Security-Policy names it. Thread-safe.
/// Empty when this OpenSSL has no SHA-256.
std::string sha256_base64(std::string_view bytes);

}  // namespace cdss::plugin
