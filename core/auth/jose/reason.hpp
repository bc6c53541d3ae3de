#pragma once

#include <cstdint>
#include <string_view>

#include <boost/system/result.hpp>

#include "core/base/log.hpp"

namespace cdss::auth {

/// Why a caller is refused. It goes to the log, to the metrics and to the operator, never to the
/// caller (ERR-04). In the order in which they are checked (JWT-27): all cheap checks come before
/// those that are expensive or ask another server.
enum class Reason : std::uint8_t {
  // The Authorization field.
  no_token,
  several_authorizations,
  other_scheme,
  too_long,
  // The parts of the token.
  not_compact,
  header_not_json,
  payload_not_json,
  // Its header.
  algorithm_missing,
  algorithm_none,
  algorithm_symmetric,
  algorithm_unknown,
  critical_header,
  embedded_key,
  signature_missing,
  // Its issuer.
  issuer_missing,
  issuer_unknown,
  certificate_missing,
  certificate_other,
  // What the profile asks of it.
  algorithm_not_listed,
  type_not_jwt,
  kid_missing,
  jku_malformed,
  jku_not_listed,
  audience_missing,
  audience_other,
  expiry_missing,
  expired,
  issued_at_missing,
  issued_in_future,
  not_before_malformed,
  not_yet_valid,
  lifetime_too_long,
  tenant_malformed,
  tenant_not_listed,
  jti_missing,
  replayed,
  // The key and the signature.
  busy,
  keys_unavailable,
  kid_unknown,
  key_does_not_fit,
  signature_wrong,
  replay_memory_full,
};

inline constexpr std::size_t kReasons = static_cast<std::size_t>(Reason::replay_memory_full) + 1;

/// The name of a reason in logs and metrics: its own.
Label label_of(Reason reason);

/// What is wrong, and what an operator or the client's engineer can do about it: one sentence each,
/// without full stop.
struct Explanation {
  std::string_view what;
  std::string_view advice;
};
Explanation explain(Reason reason);

/// The result for a token: a T, or the reason why it is refused.
template <class T>
using TokenResult = boost::system::result<T, Reason>;

}  // namespace cdss::auth
