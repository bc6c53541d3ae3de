#pragma once

#include <string>
#include <string_view>

namespace cdss {

/// A new random UUID (version 4), lower case, without "urn:uuid:". From the kernel's random source.
/// Thread-safe. Source: RFC 9562; CDS Hooks CARD-17, SUG-02.
std::string new_uuid();

/// True for 8-4-4-4-12 hexadecimal digits in any case, of any version and variant. Source: CDS
/// Hooks REQ-03, REQ-04.
bool is_uuid(std::string_view text);

}  // namespace cdss
