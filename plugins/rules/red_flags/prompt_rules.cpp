#include "plugins/rules/red_flags/prompt_rules.hpp"

#include <utility>

#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

constexpr Name<PromptUrgency> kUrgencies[] = {{"emergency", PromptUrgency::emergency},
                                              {"today", PromptUrgency::today},
                                              {"soon", PromptUrgency::soon}};

Result<PromptRow> read_row(const FactDefinitions& definitions, View element) {
  PromptRow row;
  CDSS_TRY(row.id, element.required_string("id"));
  CDSS_TRY(row.brief, element.required_string("short"));
  CDSS_TRY(row.settle, element.required_string("settle"));
  CDSS_TRY(row.urgency, read_name(element, "urgency", kUrgencies));
  CDSS_TRY(row.not_beside, optional_strings(element, "not_beside"));
  CDSS_TRY(row.cleared_by, read_clearing(definitions, element, "cleared_by"));
  CDSS_TRY(row.leaves_acetaminophen, optional_flag(element, "leaves_acetaminophen"));
  CDSS_TRY(row.advises_imaging, optional_flag(element, "advises_imaging"));
  CDSS_TRY(row.orders, optional_strings(element, "orders"));
  CDSS_TRY(row.trigger, element.required_string("trigger"));
  CDSS_TRY(row.grade, element.required_string("grade"));
  CDSS_TRY(row.sources, optional_strings(element, "sources"));
  return row;
}

}  // namespace

Result<PromptRules> PromptRules::read(const FactDefinitions& definitions, View knowledge) {
  constexpr std::size_t kPrompts = 16;
  PromptRules rules;
  CDSS_TRY(const auto rows, array_at(knowledge, "rows"));
  for (const View element : rows.elements()) {
    CDSS_TRY(auto row, read_row(definitions, element));
    const auto number = std::to_string(rules.rows.size() + 1);
    if (row.id != (number.size() == 1 ? "MM0" : "MM") + number) {
      return element.error_at("id", Errc::malformed, "must follow in order, from MM01");
    }
    rules.rows.push_back(std::move(row));
  }
  if (rules.rows.size() != kPrompts) {
    return rows.error(Errc::missing, "must hold MM01 to MM16");
  }
  return rules;
}

}  // namespace cdss::rules
