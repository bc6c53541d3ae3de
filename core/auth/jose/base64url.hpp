#pragma once

#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss::auth {

/// The bytes that `text` stands for, in the only spelling that they have: base64url without
/// padding, white space or line breaks, unused bits zero. Thread-safe.
///
/// Errors: Errc::malformed for anything else. Source: RFC 4648, sections 3.2, 3.3, 3.5 and 5;
/// RFC 7515, section 2.
Result<std::string> decode_base64url(std::string_view text);

}  // namespace cdss::auth
