#include "core/base/options.hpp"

#include "core/base/text/ascii.hpp"

namespace cdss::detail {
Result<std::size_t> read_choice(std::span<const std::string_view> choices, View value) {
  CDSS_TRY(const auto text, value.string());
  const auto found = std::ranges::find(choices, text);
  if (found == choices.end()) {
    std::string all;
    for (const auto choice : choices) {
      all += (all.empty() ? "" : ", ") + std::string{choice};
    }
    return value.error(Errc::out_of_range, "must be one of " + all);
  }
  return static_cast<std::size_t>(found - choices.begin());
}

Result<std::vector<std::string>> read_texts(std::span<const std::string_view> choices, View value) {
  if (!value.is_array()) {
    return value.error(Errc::malformed, "must be a list of texts");
  }
  if (value.size() > kLongestList) {
    return value.error(Errc::out_of_range,
                       "must have at most " + std::to_string(kLongestList) + " elements");
  }
  std::vector<std::string> texts;
  for (const View element : value.elements()) {
    CDSS_TRY(const auto text, element.string());
    if (!choices.empty()) {
      CDSS_CHECK(read_choice(choices, element));
    }
    if (trimmed(text).empty()) {
      return element.error(Errc::malformed, "must not be blank");
    }
    if (std::ranges::find(texts, text) != texts.end()) {
      return element.error(Errc::malformed, "stands in the list already");
    }
    texts.emplace_back(text);
  }
  return texts;
}

void declare_type(json::Object& out, const OptionValue& value, std::int64_t min, std::int64_t max,
                  std::span<const std::string_view> choices) {
  if (const auto* truth = std::get_if<bool>(&value)) {
    out.string("type", "boolean");
    out.boolean("default", *truth);
  } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
    out.string("type", "integer");
    out.integer("default", *number);
    out.integer("minimum", min);
    out.integer("maximum", max);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    out.string("type", "string");
    out.string("default", *text);
    out.strings("enum", choices);
  } else {
    out.string("type", "array");
    out.strings("default", std::get<std::vector<std::string>>(value));
    out.object("items", [&](json::Object& items) {
      items.string("type", "string");
      items.strings("enum", choices);
    });
    out.integer("maxItems", kLongestList);
    out.boolean("uniqueItems", true);
  }
}

}  // namespace cdss::detail
