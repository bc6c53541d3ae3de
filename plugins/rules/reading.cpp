#include "plugins/rules/reading.hpp"

#include <charconv>

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

Result<bool> optional_flag(View object, std::string_view name) {
  const auto member = object.find(name);
  return member ? member->boolean() : Result<bool>{false};
}

Result<std::vector<std::string>> optional_strings(View object, std::string_view name) {
  std::vector<std::string> texts;
  CDSS_TRY(const auto array, optional_array(object, name));
  if (array) {
    for (const View element : array->elements()) {
      CDSS_TRY(const auto text, element.string());
      texts.emplace_back(text);
    }
  }
  return texts;
}

}  // namespace cdss::rules
