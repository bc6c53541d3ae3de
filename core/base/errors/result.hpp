#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <boost/system/result.hpp>

namespace cdss {

/// What went wrong. Callers branch on this; people read Error::message.
enum class Errc {
  malformed,     ///< Not in the shape its specification gives.
  missing,       ///< A required element is absent.
  out_of_range,  ///< Well formed, but outside the permitted bounds.
  unsupported,   ///< Understood and deliberately refused.
  timed_out,     ///< Its deadline passed.
  unavailable,   ///< A limit of ours is reached; the same call may succeed later.
  busy,          ///< Too much of what we ask of others is under way.
  internal,      ///< A defect of ours or of a plugin.
};

/// One failure and the place of it. A value: copy it, compare its code, log it once.
struct Error {
  Errc code;
  std::string
      where;  ///< Element or file path, e.g. "prefetch.procedures.entry[2]"; empty for the whole.
  std::string message;  ///< One sentence, no full stop, never patient data.
};

/// A T, or the reason there is none. Test it, then dereference it; `value()` does not compile.
template <class T>
using Result = boost::system::result<T, Error>;

/// The same error seen from one level up: `prefix` is put before where it happened.
///
/// @param prefix  Path of the part that was read, e.g. "config/clients/strict.json".
Error within(std::string_view prefix, Error error);

/// A result as it is, or with its error seen from one level up.
template <class T>
Result<T> within(std::string_view prefix, Result<T> result) {
  return result ? std::move(result) : Result<T>{within(prefix, std::move(result).error())};
}

}  // namespace cdss

#define CDSS_CONCAT_INNER(a, b) a##b
#define CDSS_CONCAT(a, b) CDSS_CONCAT_INNER(a, b)

/// `CDSS_TRY(const auto x, f());` declares x as the value of f(), or returns f's error from this
/// function.
#define CDSS_TRY(declaration, ...) \
  CDSS_TRY_IMPL(CDSS_CONCAT(cdss_try_, __COUNTER__), declaration, __VA_ARGS__)
#define CDSS_TRY_IMPL(temporary, declaration, ...) \
  auto temporary = (__VA_ARGS__);                  \
  if (!temporary) {                                \
    return std::move(temporary).error();           \
  }                                                \
  declaration = *std::move(temporary)

/// `CDSS_CHECK(f());` goes on when f() has no error, or returns it from this function.
#define CDSS_CHECK(...) CDSS_CHECK_IMPL(CDSS_CONCAT(cdss_check_, __COUNTER__), __VA_ARGS__)
#define CDSS_CHECK_IMPL(temporary, ...)             \
  if (auto temporary = (__VA_ARGS__); !temporary) { \
    return std::move(temporary).error();            \
  }
