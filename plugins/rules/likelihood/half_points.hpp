#pragma once

#include <compare>
#include <string>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::rules {

/// A number of score points, exact: points come in halves.
class HalfPoints {
 public:
  constexpr HalfPoints() = default;
  static constexpr HalfPoints halves(int count) { return HalfPoints{count}; }
  static constexpr HalfPoints points(int count) { return HalfPoints{2 * count}; }

  /// Reads a JSON number such as 2, -3 or 0.5.
  /// Errors: Errc::malformed when it is no number, or no whole number of halves written plainly;
  /// Errc::out_of_range beyond 1000.
  static Result<HalfPoints> read(View number);

  /// "15.5", "12", "-0.5".
  std::string text() const;
  /// With its sign: "+2", "-0.5", "0".
  std::string signed_text() const;

  constexpr bool is_zero() const { return halves_ == 0; }
  constexpr HalfPoints& operator+=(HalfPoints other) {
    halves_ += other.halves_;
    return *this;
  }
  friend constexpr HalfPoints operator-(HalfPoints a, HalfPoints b) {
    return HalfPoints{a.halves_ - b.halves_};
  }
  friend constexpr bool operator==(HalfPoints, HalfPoints) = default;
  friend constexpr std::strong_ordering operator<=>(HalfPoints a, HalfPoints b) {
    return a.halves_ <=> b.halves_;
  }

 private:
  explicit constexpr HalfPoints(int halves) : halves_{halves} {}

  int halves_ = 0;
};

}  // namespace cdss::rules
