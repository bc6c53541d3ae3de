#include "core/plugin/option_declaration.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace cdss::plugin {
namespace {

Result<std::int64_t> read_bound(View option, std::string_view member, std::int64_t absent) {
  const auto bound = option.find(member);
  return bound ? bound->integer() : Result<std::int64_t>{absent};
}

Result<std::vector<std::string>> read_choices(View option) {
  std::vector<std::string> choices;
  const auto array = option.find("enum");
  if (!array) {
    return choices;
  }
  CDSS_CHECK(array->check_array("must be an array of texts"));
  for (const View element : array->elements()) {
    CDSS_TRY(const auto choice, element.string());
    choices.emplace_back(choice);
  }
  return choices;
}

/// `value` as the type that the declaration has, inside its bounds.
Result<OptionDeclaration::Value> read_value(const OptionDeclaration& option, View value) {
  if (std::holds_alternative<bool>(option.value)) {
    CDSS_TRY(const bool truth, value.boolean());
    return OptionDeclaration::Value{truth};
  }
  if (std::holds_alternative<std::int64_t>(option.value)) {
    CDSS_TRY(const auto number, value.integer());
    if (number < option.min || number > option.max) {
      return value.error(Errc::out_of_range, "must be from " + std::to_string(option.min) + " to " +
                                                 std::to_string(option.max));
    }
    return OptionDeclaration::Value{number};
  }
  CDSS_TRY(const auto text, value.string());
  if (!option.choices.empty() && std::ranges::find(option.choices, text) == option.choices.end()) {
    std::string all;
    for (const auto& choice : option.choices) {
      all += (all.empty() ? "" : ", ") + choice;
    }
    return value.error(Errc::out_of_range, "must be one of " + all);
  }
  return OptionDeclaration::Value{std::string{text}};
}

/// The alternative of Value that the type's name stands for.
Result<OptionDeclaration::Value> read_type(View option) {
  CDSS_TRY(const auto type, option.required_string("type"));
  if (type == "integer") {
    return OptionDeclaration::Value{std::int64_t{0}};
  }
  if (type == "boolean") {
    return OptionDeclaration::Value{false};
  }
  if (type == "string") {
    return OptionDeclaration::Value{std::string{}};
  }
  return option.error_at("type", Errc::unsupported, "must be integer, boolean or string");
}

Result<OptionDeclaration> read_option(std::string_view name, View option) {
  OptionDeclaration read;
  read.name = name;
  CDSS_TRY(read.value, read_type(option));
  CDSS_TRY(read.min, read_bound(option, "minimum", std::numeric_limits<std::int64_t>::min()));
  CDSS_TRY(read.max, read_bound(option, "maximum", std::numeric_limits<std::int64_t>::max()));
  CDSS_TRY(read.choices, read_choices(option));
  // An empty text is not written, so a text option without a default has the empty one.
  if (const auto value = option.find("default")) {
    CDSS_TRY(read.value, read_value(read, *value));
  } else if (!std::holds_alternative<std::string>(read.value)) {
    return option.error_at("default", Errc::missing, "is required");
  }
  read.unit = option.text_or_empty("unit");
  read.doc = option.text_or_empty("description");
  read.source = option.text_or_empty("source");
  return read;
}

}  // namespace

Result<std::vector<OptionDeclaration>> read_option_declarations(View options) {
  CDSS_CHECK(options.check_object());
  std::vector<OptionDeclaration> read;
  for (const Member member : options.members()) {
    CDSS_TRY(auto option, read_option(member.name, member.value));
    read.push_back(std::move(option));
  }
  return read;
}

Result<void> check_options(std::span<const OptionDeclaration> declared, View options) {
  CDSS_CHECK(options.check_object());
  for (const Member member : options.members()) {
    const auto option = std::ranges::find(declared, member.name, &OptionDeclaration::name);
    if (option == declared.end()) {
      return member.value.error(Errc::unsupported, "is not an option of this plugin");
    }
    CDSS_CHECK(read_value(*option, member.value));
  }
  return {};
}

}  // namespace cdss::plugin
