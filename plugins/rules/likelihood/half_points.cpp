#include "plugins/rules/likelihood/half_points.hpp"

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace cdss::rules {

Result<HalfPoints> HalfPoints::read(View number) {
  constexpr int kMost = 1000;
  CDSS_TRY(std::string_view digits, number.number());
  const bool is_negative = digits.starts_with('-');
  bool has_half = false;
  if (const auto dot = digits.find('.'); dot != std::string_view::npos) {
    const std::string_view fraction = digits.substr(dot + 1);
    if (fraction != "5" && fraction != "0") {
      return number.error(Errc::malformed, "must be a whole number of half points");
    }
    has_half = fraction == "5";
    digits = digits.substr(0, dot);
  }
  int whole = 0;
  const auto [end, code] = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  if (code == std::errc::result_out_of_range || std::abs(whole) > kMost) {
    return number.error(Errc::out_of_range, "must be from -1000 to 1000");
  }
  if (code != std::errc{} || end != digits.data() + digits.size()) {
    return number.error(Errc::malformed, "must be a whole number of half points");
  }
  const int half = has_half ? 1 : 0;
  return halves(2 * whole + (is_negative ? -half : half));
}

std::string HalfPoints::text() const {
  std::string text = halves_ < 0 ? "-" : "";
  text += std::to_string(std::abs(halves_) / 2);
  return halves_ % 2 == 0 ? text : text + ".5";
}

std::string HalfPoints::signed_text() const {
  return halves_ > 0 ? '+' + text() : text();
}

}  // namespace cdss::rules
