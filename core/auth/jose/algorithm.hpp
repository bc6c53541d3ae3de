#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "core/base/enum_set.hpp"

namespace cdss::auth {

/// The signature algorithms that exist here. None is symmetric and none is "none", so a token that
/// names such a one cannot be expressed beyond its header. Source: RFC 7518, section 3.1; CDS Hooks
/// JWT-04, JWT-05, JWT-06.
// NOLINTBEGIN(readability-identifier-naming): the names of RFC 7518
enum class Algorithm : std::uint8_t {
  ES256,
  ES384,
  ES512,
  RS256,
  RS384,
  RS512,
  PS256,
  PS384,
  PS512
};
// NOLINTEND(readability-identifier-naming)

inline constexpr std::string_view kAlgorithmNames[] = {"ES256", "ES384", "ES512", "RS256", "RS384",
                                                       "RS512", "PS256", "PS384", "PS512"};

constexpr std::string_view name_of(Algorithm algorithm) {
  return kAlgorithmNames[static_cast<std::size_t>(algorithm)];
}

/// The algorithm of that name, letters in exactly that case; none for any other.
constexpr std::optional<Algorithm> parse_algorithm(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kAlgorithmNames); ++i) {
    if (kAlgorithmNames[i] == name) {
      return static_cast<Algorithm>(i);
    }
  }
  return std::nullopt;
}

using Algorithms = EnumSet<Algorithm>;

}  // namespace cdss::auth
