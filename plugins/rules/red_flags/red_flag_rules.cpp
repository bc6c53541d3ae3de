#include "plugins/rules/red_flags/red_flag_rules.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

constexpr Name<Urgency> kUrgencies[] = {{"emergency", Urgency::emergency},
                                        {"urgent", Urgency::urgent}};

Result<void> read_concepts(const Concepts& concepts, View element, RedFlagRow& row) {
  CDSS_TRY(const auto coded, array_at(element, "concepts"));
  for (const View one : coded.elements()) {
    CDSS_TRY(const auto name, one.required_string("concept"));
    CDSS_TRY(const auto id, concepts.require(name, one));
    CDSS_TRY(const auto text, one.required_string("text"));
    row.concepts.push_back(id);
    row.words.emplace_back(text);
  }
  return {};
}

Result<RedFlagRow> read_row(const FactDefinitions& definitions, View element) {
  RedFlagRow row;
  CDSS_TRY(row.id, element.required_string("id"));
  CDSS_TRY(row.text, element.required_string("text"));
  CDSS_TRY(row.brief, element.required_string("short"));
  CDSS_TRY(row.action, element.required_string("action"));
  CDSS_TRY(row.imaging, optional_text(element, "imaging"));
  if ((row.action.find("{imaging}") == std::string::npos) != row.imaging.empty()) {
    return element.error_at("imaging", Errc::malformed,
                            "must be there with {imaging} in the action");
  }
  CDSS_TRY(row.urgency, read_name(element, "urgency", kUrgencies));
  CDSS_CHECK(read_concepts(definitions.concepts, element, row));
  CDSS_TRY(row.is_acute, optional_flag(element, "acute"));
  CDSS_TRY(row.is_injury, optional_flag(element, "injury"));
  CDSS_TRY(row.is_chronic, optional_flag(element, "chronic"));
  CDSS_TRY(row.cleared_by, read_clearing(definitions, element, "cleared_by"));
  CDSS_TRY(row.forbids, optional_strings(element, "forbids"));
  CDSS_TRY(row.orders, optional_strings(element, "orders"));
  CDSS_TRY(row.trigger, element.required_string("trigger"));
  CDSS_TRY(row.grade, element.required_string("grade"));
  CDSS_TRY(row.sources, optional_strings(element, "sources"));
  return row;
}

}  // namespace

Result<Clearing> read_clearing(const FactDefinitions& definitions, View row,
                               std::string_view member) {
  const auto given = row.find(member);
  if (!given) {
    return Clearing{};
  }
  Clearing clearing;
  CDSS_TRY(clearing.item, given->required_string("item"));
  CDSS_TRY(clearing.days, required_count(*given, "days"));
  if (definitions.item(clearing.item) == nullptr) {
    return given->error_at("item", Errc::missing, "names an item that is not defined");
  }
  return clearing;
}

Result<RedFlagRules> RedFlagRules::read(const FactDefinitions& definitions, View knowledge) {
  constexpr std::size_t kRedFlags = 19;
  RedFlagRules rules;
  CDSS_TRY(const auto limits, knowledge.at("limits"));
#define CDSS_LIMIT(type, name) CDSS_CHECK(read_limit(limits, #name, rules.limits.name));
#include "plugins/rules/red_flags/red_flag_limits.def"
#undef CDSS_LIMIT
  CDSS_TRY(const auto rows, array_at(knowledge, "rows"));
  for (const View element : rows.elements()) {
    CDSS_TRY(auto row, read_row(definitions, element));
    const auto number = std::to_string(rules.rows.size() + 1);
    if (row.id != (number.size() == 1 ? "RF0" : "RF") + number) {
      return element.error_at("id", Errc::malformed, "must follow in order, from RF01");
    }
    rules.rows.push_back(std::move(row));
  }
  if (rules.rows.size() != kRedFlags) {
    return rows.error(Errc::missing, "must hold RF01 to RF19");
  }
  CDSS_TRY(rules.order, optional_strings(knowledge, "order"));
  for (const auto& row : rules.rows) {
    if (rules.order.size() != rules.rows.size() ||
        std::ranges::find(rules.order, row.id) == rules.order.end()) {
      return knowledge.error_at("order", Errc::missing, "must hold every red flag once");
    }
  }
  return rules;
}

}  // namespace cdss::rules
