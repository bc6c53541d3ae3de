#include "plugins/rules/facts/item_definition.hpp"

#include <string_view>

#include "fhir/types/quantity.hpp"
#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

constexpr Name<ItemValues> kValues[] = {{"injection", ItemValues::injection},
                                        {"onset", ItemValues::onset},
                                        {"quantity", ItemValues::quantity}};
constexpr Name<Drift> kDrifts[] = {{"grows", Drift::grows}, {"falls", Drift::falls}};

Result<std::optional<double>> read_bound(View item, std::string_view name) {
  const auto member = item.find(name);
  if (!member) {
    return std::optional<double>{};
  }
  CDSS_TRY(const auto count, member->integer());
  return std::optional{static_cast<double>(count)};
}

/// The unit of a quantity, how it drifts and within what bounds it is known.
Result<void> read_measure(View item, ItemDefinition& definition) {
  CDSS_TRY(const auto unit, item.required_string("unit"));
  if (!fhir::is_known_unit(unit)) {
    return item.error_at("unit", Errc::unsupported, "is no unit that is known here");
  }
  definition.unit = unit;
  CDSS_TRY(definition.drift, read_name(item, "drift", kDrifts, Drift::none));
  if (definition.drift != Drift::none && unit != "wk" && unit != "d") {
    return item.error_at("unit", Errc::unsupported, "must be wk or d for what drifts");
  }
  CDSS_TRY(definition.least, read_bound(item, "least"));
  CDSS_TRY(definition.most, read_bound(item, "most"));
  return {};
}

Result<ItemDefinition> read_item(View item) {
  ItemDefinition definition;
  CDSS_TRY(definition.id, item.required_string("id"));
  CDSS_TRY(definition.text, item.required_string("text"));
  CDSS_TRY(definition.is_exam, optional_flag(item, "exam"));
  CDSS_TRY(definition.is_never_proposed, optional_flag(item, "never_proposed"));
  CDSS_TRY(definition.variant_of, optional_text(item, "variant_of"));
  CDSS_TRY(definition.values, read_name(item, "values", kValues, ItemValues::finding));
  if (definition.values == ItemValues::quantity) {
    CDSS_CHECK(read_measure(item, definition));
  }
  if (const auto days = item.find("valid_days")) {
    CDSS_TRY(const auto count, days->integer());
    definition.valid = std::chrono::days{count};
  }
  return definition;
}

}  // namespace

Result<std::vector<ItemDefinition>> read_item_definitions(View items) {
  return read_each(items, read_item);
}

}  // namespace cdss::rules
