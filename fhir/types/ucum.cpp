#include "fhir/types/ucum.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

#include "core/base/text/ascii.hpp"

namespace cdss::fhir {

/// A unit that is not made of others, and the unit it stands for.
struct UcumUnit::Atom {
  std::string_view symbol;
  bool takes_prefix = false;
  double numerator = 1;
  double denominator = 1;
  double offset = 0;
  std::array<int, dimensions> powers{};
};

// Source: UCUM 2.1, tables 1 to 12. The order of powers is that of Dimension.
const UcumUnit::Atom* UcumUnit::find_atom(std::string_view symbol) {
  static constexpr Atom kAtoms[] = {
      {"m", true, 1, 1, 0, {1}},
      {"s", true, 1, 1, 0, {0, 1}},
      {"g", true, 1, 1, 0, {0, 0, 1}},
      {"L", true, 1, 1000, 0, {3}},
      {"l", true, 1, 1000, 0, {3}},
      {"min", false, 60, 1, 0, {0, 1}},
      {"h", false, 3600, 1, 0, {0, 1}},
      {"d", false, 86400, 1, 0, {0, 1}},
      {"wk", false, 604800, 1, 0, {0, 1}},
      {"mo", false, 2629800, 1, 0, {0, 1}},
      {"a", false, 31557600, 1, 0, {0, 1}},
      {"K", true, 1, 1, -273.15, {0, 0, 0, 1}},
      {"Cel", false, 1, 1, 0, {0, 0, 0, 1}},
      {"[degF]", false, 5, 9, -32, {0, 0, 0, 1}},
      {"mol", true, 1, 1, 0, {0, 0, 0, 0, 1}},
      {"kat", true, 1, 1, 0, {0, -1, 0, 0, 1}},
      {"U", true, 1, 60e6, 0, {0, -1, 0, 0, 1}},
      {"[IU]", true, 1, 1, 0, {0, 0, 0, 0, 0, 0, 1}},
      {"[iU]", true, 1, 1, 0, {0, 0, 0, 0, 0, 0, 1}},
      {"Pa", true, 1000, 1, 0, {-1, -2, 1}},
      {"bar", true, 1e8, 1, 0, {-1, -2, 1}},
      {"m[Hg]", true, 133322000, 1, 0, {-1, -2, 1}},
      {"m[H2O]", true, 9806650, 1, 0, {-1, -2, 1}},
      {"Hz", true, 1, 1, 0, {0, -1}},
      {"[in_i]", false, 254, 10000, 0, {1}},
      {"[lb_av]", false, 45359237, 100000, 0, {0, 0, 1}},
      {"%", false, 1, 1, 0, {0, 0, 0, 0, 0, 0, 0, 1}},
      {"10*", false, 10, 1, 0, {}},
      {"10^", false, 10, 1, 0, {}},
  };
  const auto* const found = std::ranges::find(kAtoms, symbol, &Atom::symbol);
  return found == std::end(kAtoms) ? nullptr : found;
}

namespace {

struct Prefix {
  std::string_view symbol;
  double numerator = 1;
  double denominator = 1;
};
constexpr Prefix kPrefixes[] = {
    {"T", 1e12},   {"G", 1e9},     {"M", 1e6},     {"k", 1e3},    {"h", 100},
    {"da", 10},    {"d", 1, 10},   {"c", 1, 100},  {"m", 1, 1e3}, {"u", 1, 1e6},
    {"n", 1, 1e9}, {"p", 1, 1e12}, {"f", 1, 1e15},
};

constexpr std::size_t kLongest = 64;
constexpr int kDeepest = 4;
constexpr std::size_t kMostFactorDigits = 9;
constexpr int kLargestExponent = 30;

Error refuse(Errc code, std::string_view message) {
  return {code, {}, std::string{message}};
}

}  // namespace

/// One pass over the text of a unit, by the grammar of UCUM 2.1, section 2.
class UcumParser {
 public:
  explicit UcumParser(std::string_view text) : rest_{text} {}

  Result<UcumUnit> parse() {
    if (rest_.size() > kLongest) {
      return refuse(Errc::unsupported, "is too long for a unit");
    }
    CDSS_TRY(auto unit, term());
    if (!rest_.empty()) {
      return refuse(Errc::malformed, "is no UCUM unit");
    }
    if (scales_ != 0 && (components_ != 1 || unit.powers_[UcumUnit::kelvin] != 1)) {
      return refuse(Errc::unsupported, "a scale of temperature stands alone");
    }
    if (components_ == 1 && unit.powers_[UcumUnit::kelvin] == 1) {
      unit.offset_ = offset_;
    }
    if (!std::isfinite(unit.numerator_) || !std::isfinite(unit.denominator_)) {
      return refuse(Errc::out_of_range, "its factor is too large");
    }
    return unit;
  }

 private:
  bool take(char c) {
    const bool is_there = rest_.starts_with(c);
    rest_.remove_prefix(is_there ? 1 : 0);
    return is_there;
  }

  /// ["/"] component {("." | "/") component}
  Result<UcumUnit> term() {
    UcumUnit unit;
    int sign = take('/') ? -1 : 1;
    do {
      CDSS_TRY(const auto part, component());
      multiply(unit, part, sign);
      sign = take('.') ? 1 : take('/') ? -1 : 0;
    } while (sign != 0);
    const bool is_large = std::ranges::any_of(
        unit.powers_, [](int power) { return std::abs(power) > kLargestExponent; });
    return is_large ? Result<UcumUnit>{refuse(Errc::out_of_range, "an exponent is too large")}
                    : unit;
  }

  /// "(" term ")" | factor | symbol [exponent] [annotation] | annotation
  Result<UcumUnit> component() {
    if (take('(')) {
      if (++depth_ > kDeepest) {
        return refuse(Errc::unsupported, "has too many parentheses");
      }
      CDSS_TRY(auto unit, term());
      --depth_;
      return take(')') ? Result<UcumUnit>{unit} : refuse(Errc::malformed, "is no UCUM unit");
    }
    ++components_;
    UcumUnit unit;
    if (!rest_.starts_with('{')) {
      const bool is_factor = !rest_.empty() && is_digit(rest_.front()) && !is_power_of_ten();
      CDSS_TRY(unit, is_factor ? factor() : symbol_with_exponent());
    }
    CDSS_CHECK(annotation());
    return unit;
  }

  Result<UcumUnit> factor() {
    const auto digits = rest_.substr(0, rest_.find_first_not_of("0123456789"));
    if (digits.size() > kMostFactorDigits) {
      return refuse(Errc::out_of_range, "a factor is too large");
    }
    UcumUnit unit;
    unit.numerator_ = 0;
    for (const char digit : digits) {
      unit.numerator_ = unit.numerator_ * 10 + (digit - '0');
    }
    if (unit.numerator_ == 0) {
      return refuse(Errc::malformed, "a factor is zero");
    }
    if (digits == "103" || digits == "109") {  // 10^3 and 10^9 that have lost their superscript
      return refuse(Errc::unsupported, "is a power of ten in no form of UCUM");
    }
    rest_.remove_prefix(digits.size());
    return unit;
  }

  Result<UcumUnit> symbol_with_exponent() {
    CDSS_TRY(const auto unit, symbol());
    CDSS_TRY(const int power, exponent());
    UcumUnit raised;
    multiply(raised, unit, power);
    return raised;
  }

  /// An atom, with a prefix when it takes one.
  Result<UcumUnit> symbol() {
    const auto text = take_symbol();
    if (const auto* const atom = UcumUnit::find_atom(text)) {
      return unit_of(*atom, {});
    }
    for (const Prefix& prefix : kPrefixes) {
      if (!text.starts_with(prefix.symbol)) {
        continue;
      }
      const auto* const atom = UcumUnit::find_atom(text.substr(prefix.symbol.size()));
      if (atom != nullptr && atom->takes_prefix) {
        return unit_of(*atom, prefix);
      }
    }
    return text.empty() ? refuse(Errc::malformed, "is no UCUM unit")
                        : refuse(Errc::unsupported, "is a unit that is not known here");
  }

  bool is_power_of_ten() const { return rest_.starts_with("10*") || rest_.starts_with("10^"); }

  /// Up to an operator, a digit, a sign or an annotation; what stands in brackets is part of it.
  std::string_view take_symbol() {
    constexpr std::string_view kEnds = "./(){}+-0123456789";
    std::size_t end = 0;
    if (is_power_of_ten()) {
      end = std::string_view{"10*"}.size();
    } else {
      while (end < rest_.size() && kEnds.find(rest_[end]) == std::string_view::npos) {
        const auto closing = rest_[end] == '[' ? rest_.find(']', end) : end;
        end = closing == std::string_view::npos ? rest_.size() : closing + 1;
      }
    }
    const auto symbol = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return symbol;
  }

  UcumUnit unit_of(const UcumUnit::Atom& atom, const Prefix& prefix) {
    UcumUnit unit;
    unit.numerator_ = atom.numerator * prefix.numerator;
    unit.denominator_ = atom.denominator * prefix.denominator;
    unit.powers_ = atom.powers;
    scales_ += atom.symbol == "Cel" || atom.symbol == "[degF]" ? 1 : 0;
    offset_ = prefix.symbol.empty() ? atom.offset : 0;
    return unit;
  }

  Result<int> exponent() {
    const int sign = take('-') ? -1 : 1;
    const bool has_sign = sign < 0 || take('+');
    const auto digits = rest_.substr(0, rest_.find_first_not_of("0123456789"));
    if (digits.empty()) {
      return has_sign ? Result<int>{refuse(Errc::malformed, "is no UCUM unit")} : 1;
    }
    int power = 0;
    for (const char digit : digits) {
      power = power * 10 + (digit - '0');
      if (power > kLargestExponent) {
        return refuse(Errc::out_of_range, "an exponent is too large");
      }
    }
    rest_.remove_prefix(digits.size());
    return sign * power;
  }

  Result<void> annotation() {
    if (!take('{')) {
      return {};
    }
    const auto end = rest_.find('}');
    if (end == std::string_view::npos || rest_.substr(0, end).find('{') != std::string_view::npos) {
      return refuse(Errc::malformed, "an annotation is not closed");
    }
    rest_.remove_prefix(end + 1);
    return {};
  }

  static void multiply(UcumUnit& unit, const UcumUnit& by, int power) {
    const bool is_below = power < 0;
    for (int i = std::abs(power); i > 0; --i) {
      unit.numerator_ *= is_below ? by.denominator_ : by.numerator_;
      unit.denominator_ *= is_below ? by.numerator_ : by.denominator_;
    }
    for (std::size_t i = 0; i < by.powers_.size(); ++i) {
      std::size_t into = i;
      int times = power;
      if (i == UcumUnit::mole || i == UcumUnit::per_mole) {
        into = is_below ? UcumUnit::mole + UcumUnit::per_mole - i : i;
        times = std::abs(power);
      }
      unit.powers_[into] += by.powers_[i] * times;
    }
  }

  std::string_view rest_;
  int depth_ = 0;
  int components_ = 0;
  int scales_ = 0;     ///< units whose zero lies elsewhere
  double offset_ = 0;  ///< of the last symbol
};

Result<UcumUnit> UcumUnit::parse(std::string_view text) {
  return UcumParser{text}.parse();
}

bool UcumUnit::measures_as(const UcumUnit& other) const {
  if (powers_ != other.powers_) {
    return false;
  }
  const bool is_number = std::ranges::all_of(powers_, [](int power) { return power == 0; });
  return !is_number || numerator_ * other.denominator_ == denominator_ * other.numerator_;
}

double UcumUnit::convert(double number, const UcumUnit& to) const {
  double multiplier = numerator_ * to.denominator_;
  double divisor = denominator_ * to.numerator_;
  if (multiplier == divisor && offset_ == to.offset_) {
    return number;  // no arithmetic, so no rounding
  }
  constexpr double kLargestExact = 9007199254740992.0;  // 2^53
  const auto is_exact = [](double factor) {
    return factor <= kLargestExact && factor == std::floor(factor);
  };
  if (is_exact(multiplier) && is_exact(divisor)) {
    const auto common = static_cast<double>(
        std::gcd(static_cast<std::int64_t>(multiplier), static_cast<std::int64_t>(divisor)));
    multiplier /= common;
    divisor /= common;
  }
  return (number + offset_) * multiplier / divisor - to.offset_;
}

}  // namespace cdss::fhir
