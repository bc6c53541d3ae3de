#pragma once

#include <cstdint>
#include <string_view>

#include <boost/system/result.hpp>

#include "core/base/log.hpp"

namespace cdss::auth {

/// Why a caller is refused. It goes to the log, to the metrics and to the operator, never to the
/// caller (ERR-04). reason.def lists them in the order in which they are checked (JWT-27): all cheap
/// checks come before those that are expensive or ask another server.
enum class Reason : std::uint8_t {
#define REASON(name, what, advice) name,
#include "core/auth/jose/reason.def"
#undef REASON
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
