#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>
#include <vector>

#include "core/base/text/ascii.hpp"
#include "plugins/rules/orders/daily_dose.hpp"

namespace cdss::rules {
namespace {

using Names = std::span<const std::string_view>;

bool is_letter(char c) {
  return is_lower(c) || static_cast<unsigned char>(c) >= 0x80;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

/// In lower case, with a '/' for each word that joins ingredients, and without the hyphens that
/// join none.
std::string plain(std::string_view words) {
  std::string text = to_lower(words);
  for (const std::string_view joining : {" and ", " with ", " plus "}) {
    replace_all(text, joining, " / ");
  }
  for (const std::string_view kind : {"low", "extra", "regular", "maximum", "enteric", "film",
                                      "delayed", "extended", "immediate"}) {
    replace_all(text, std::string{kind} + "-", std::string{kind} + " ");
  }
  return text;
}

bool is_separator(char c) {
  return c == '/' || c == '-' || c == '+' || c == '&' || c == ',' || c == ';';
}

/// "1,000" and "2.5"; none for 0 and for what can be read in two ways.
std::optional<double> number(std::string_view token) {
  const auto point = token.find('.');
  const auto whole = token.substr(0, point);
  std::string digits;
  std::size_t group = 0;  // digits since the last comma
  const bool has_groups = whole.find(',') != std::string_view::npos;
  for (const char c : whole) {
    if (c != ',') {
      digits += c;
      ++group;
      continue;
    }
    const bool is_first = digits.size() == group;
    if (group == 0 || group > 3 || (!is_first && group != 3)) {
      return std::nullopt;
    }
    group = 0;
  }
  if (has_groups && group != 3) {
    return std::nullopt;
  }
  if (point != std::string_view::npos) {
    const auto fraction = token.substr(point);
    if (fraction.size() == 4) {  // "1.000" is a thousand in some countries
      return std::nullopt;
    }
    digits += fraction;
  }
  double value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_read = read.ec == std::errc{} && read.ptr == digits.data() + digits.size();
  return is_read && value > 0 ? std::optional{value} : std::nullopt;
}

/// Numbers that stand together before a "mg": one for each ingredient.
struct Amount {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<std::optional<double>> mg;  ///< none for a number that cannot be read
};

/// Reads the numbers of mg in a text, from left to right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_{text} {}

  std::vector<Amount> read() {
    std::vector<Amount> amounts;
    while (at_ < text_.size()) {
      if (!is_digit(text_[at_])) {
        ++at_;
        continue;
      }
      if (auto amount = read_joined(); !amount.mg.empty()) {
        amounts.push_back(std::move(amount));
      }
    }
    return amounts;
  }

 private:
  char at(std::size_t index) const { return index < text_.size() ? text_[index] : '\0'; }

  std::size_t after_spaces(std::size_t index) const {
    while (at(index) == ' ') {
      ++index;
    }
    return index;
  }

  /// May the number that begins here be read by itself?
  bool stands_free() const {
    if (at_ == 0) {
      return true;
    }
    const char before = text_[at_ - 1];
    const bool has_space = before == ' ' && at_ > 1;
    const bool is_group = has_space && is_digit(text_[at_ - 2]);  // "1 000"
    return !is_group && (before == ' ' || before == '(' || before == ';');
  }

  std::optional<double> read_number() {
    const auto begin = at_;
    while (is_digit(at(at_)) || at(at_) == '.' || at(at_) == ',') {
      ++at_;
    }
    while (!is_digit(text_[at_ - 1])) {
      --at_;
    }
    return number(text_.substr(begin, at_ - begin));
  }

  bool read_unit() {
    auto unit = after_spaces(at_);
    unit = at(unit) == '-' ? unit + 1 : unit;  // "500-mg tablet"
    if (at(unit) != 'm' || at(unit + 1) != 'g' || is_letter(at(unit + 2))) {
      return false;
    }
    at_ = unit + 2;
    return true;
  }

  /// "5-325 mg", "5 mg / 325 mg" or one number; those behind the last "mg" are of another unit.
  Amount read_joined() {
    Amount amount{.begin = at_, .end = at_, .mg = {}};
    std::vector<std::optional<double>> read;
    bool is_free = stands_free();
    while (true) {
      const auto value = read_number();
      read.push_back(is_free ? value : std::nullopt);
      is_free = true;
      if (read_unit()) {
        amount.mg = read;
        amount.end = at_;
      }
      const auto joint = after_spaces(at_);
      const auto next = after_spaces(joint + 1);
      if ((at(joint) != '-' && at(joint) != '/') || !is_digit(at(next))) {
        return amount;
      }
      at_ = next;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

bool names_it(std::string_view text, Names names) {
  return std::ranges::any_of(
      names, [&](std::string_view name) { return text.find(name) != std::string_view::npos; });
}

/// The parts of a text between separators that have a letter.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || is_separator(text[i])) {
      const auto part = text.substr(begin, i - begin);
      if (std::ranges::any_of(part, is_letter)) {
        parts.push_back(part);
      }
      begin = i + 1;
    }
  }
  return parts;
}

std::optional<double> strength_in(std::string_view words, Names names, bool is_combination) {
  const auto text = plain(words);
  const auto amounts = Scanner{text}.read();
  if (!names_it(text, names)) {
    const bool is_one = !is_combination && amounts.size() == 1 && amounts[0].mg.size() == 1;
    return is_one ? amounts[0].mg[0] : std::nullopt;
  }
  std::size_t end = 0;
  for (const auto& amount : amounts) {
    const auto before = std::string_view{text}.substr(end, amount.begin - end);
    const bool is_first = end == 0;
    end = amount.end;
    if (!names_it(before, names)) {
      continue;
    }
    // Behind another number a name without a separator may be that number's: "325 mg aspirin 75 mg"
    const auto first = before.find_first_not_of(' ');
    const auto parts = parts_of(before);
    if ((!is_first && !is_separator(before[first])) || parts.size() != amount.mg.size()) {
      return std::nullopt;
    }
    const auto part =
        std::ranges::find_if(parts, [&](std::string_view one) { return names_it(one, names); });
    return part == parts.end() ? std::nullopt
                               : amount.mg[static_cast<std::size_t>(part - parts.begin())];
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> strength_mg(const fhir::CodeableConcept& medication, Names names,
                                  bool is_combination) {
  std::optional<double> strength;
  bool is_one = true;
  const auto add = [&](std::string_view words) {
    const auto found = strength_in(words, names, is_combination);
    is_one = is_one && (!found || !strength || *found == *strength);
    strength = found ? found : strength;
  };
  for (const auto& coding : medication.codings) {
    add(coding.display);
  }
  add(medication.text);
  return is_one ? strength : std::nullopt;
}

}  // namespace cdss::rules
