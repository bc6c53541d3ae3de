#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cdss::rules {

/// Words by which a text denies what stands beside them, in lower case.
struct Negation {
  std::vector<std::string_view> before;   ///< they deny what follows: "no", "without"
  std::vector<std::string_view> after;    ///< they deny what they follow: "not available"
  std::vector<std::string_view> between;  ///< what may stand in between: "image", "is"
};

/// Whether something is said, and in which sense.
enum class Assertion : std::uint8_t { nothing, denied, affirmed };

/// Whether texts say one of the words. It is affirmed when at least one place does not deny it.
///
/// It is denied by a word of negation in the same clause, with nothing between the two but words of
/// `between` and of `words`: "no ultrasound", "without image or ultrasound guidance", "ultrasound
/// is not available", but not "no contrast, MARS" and not "without contrast MARS". A clause ends at
/// a comma, a semicolon, a point or a bracket. A double negation is not understood.
///
/// @param words  in lower case; whole words, a hyphen counts as a space.
Assertion find_assertion(std::span<const std::string_view> texts,
                         std::span<const std::string_view> words, const Negation& negation);

}  // namespace cdss::rules
