#include "plugins/rules/terminology/reading.hpp"

#include <charconv>
#include <limits>

namespace cdss::rules {

Result<void> check_array(View view) {
  if (!view.is_array()) {
    return view.error(Errc::malformed, "must be an array");
  }
  return {};
}

Result<View> array_at(View object, std::string_view name) {
  CDSS_TRY(const auto array, object.at(name));
  CDSS_CHECK(check_array(array));
  return array;
}

Result<View> rows_at(View object, std::string_view name) {
  CDSS_TRY(const auto rows, array_at(object, name));
  if (rows.size() == 0) {
    return rows.error(Errc::malformed, "must have a row");
  }
  return rows;
}

Result<std::optional<View>> optional_array(View object, std::string_view name) {
  const auto array = object.find(name);
  if (array) {
    CDSS_CHECK(check_array(*array));
  }
  return array;
}

Result<double> required_number(View object, std::string_view name) {
  CDSS_TRY(const auto member, object.at(name));
  CDSS_TRY(const auto digits, member.number());
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) {
    return member.error(Errc::out_of_range, "must be a number that fits");
  }
  return value;
}

Result<int> required_count(View object, std::string_view name) {
  CDSS_TRY(const auto member, object.at(name));
  CDSS_TRY(const auto whole, member.integer());
  if (whole < 0 || whole > std::numeric_limits<int>::max()) {
    return member.error(Errc::malformed, "must be a whole number from 0 on that fits");
  }
  return static_cast<int>(whole);
}

Result<std::int64_t> required_positive(View object, std::string_view name) {
  CDSS_TRY(const auto member, object.at(name));
  CDSS_TRY(const auto whole, member.integer());
  if (whole <= 0) {
    return member.error(Errc::out_of_range, "must be above 0");
  }
  return whole;
}

Result<bool> optional_flag(View object, std::string_view name) {
  const auto member = object.find(name);
  return member ? member->boolean() : Result<bool>{false};
}

Result<std::string_view> optional_text(View object, std::string_view name) {
  CDSS_TRY(const auto text, object.optional_string(name));
  return text.value_or(std::string_view{});
}

Result<std::vector<std::string_view>> optional_texts(View object, std::string_view name) {
  const auto array = object.find(name);
  return array ? read_each(*array, &View::string) : Result<std::vector<std::string_view>>{};
}

Result<std::vector<std::string>> optional_strings(View object, std::string_view name) {
  CDSS_TRY(const auto texts, optional_texts(object, name));
  return std::vector<std::string>{texts.begin(), texts.end()};
}

}  // namespace cdss::rules
