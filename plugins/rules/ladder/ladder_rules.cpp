#include "plugins/rules/ladder/ladder_rules.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

constexpr std::string_view kSteps[] = {"L0", "L1", "L2", "L3", "L4", "LX"};

constexpr Name<ActionCondition> kWhen[] = {
    {"strain", ActionCondition::strain},
    {"in-therapy", ActionCondition::in_therapy},
    {"no-therapy", ActionCondition::no_therapy},
    {"native", ActionCondition::native},
    {"replaced", ActionCondition::replaced},
    {"early", ActionCondition::early},
    {"pregnant", ActionCondition::pregnant},
    {"any-analgesic", ActionCondition::any_analgesic},
    {"acetaminophen-only", ActionCondition::acetaminophen_only},
    {"nsaid-only", ActionCondition::nsaid_only},
    {"no-analgesic", ActionCondition::no_analgesic},
};

/// Adds an action for some patients to the row of its step.
Result<void> read_action(View element, std::vector<StepRow>& rows) {
  CDSS_TRY(const auto step, element.required_string("step"));
  const auto row =
      std::ranges::find_if(rows, [&](const StepRow& one) { return to_string(one.step) == step; });
  if (row == rows.end()) {
    return element.error_at("step", Errc::malformed, "must be a step, from L0 to L4, or LX");
  }
  CDSS_TRY(const auto when, read_name(element, "when", kWhen));
  CDSS_TRY(const auto text, element.required_string("text"));
  row->special.push_back({.when = when, .text = std::string{text}});
  return {};
}

Result<StepRow> read_row(View element, Step step) {
  StepRow row;
  row.step = step;
  CDSS_TRY(const auto id, element.required_string("id"));
  if (id != to_string(step)) {
    return element.error_at("id", Errc::malformed, "must follow in order, from L0 to L4, then LX");
  }
  CDSS_TRY(row.title, element.required_string("title"));
  CDSS_CHECK(array_at(element, "actions"));
  CDSS_TRY(row.actions, optional_strings(element, "actions"));
  CDSS_TRY(row.reassess, element.required_string("reassess"));
  CDSS_TRY(row.stop, element.required_string("stop"));
  CDSS_TRY(row.grade, element.required_string("grade"));
  CDSS_TRY(row.sources, optional_strings(element, "sources"));
  return row;
}

}  // namespace

std::string_view to_string(Step step) {
  return kSteps[static_cast<std::size_t>(step)];
}

Result<LadderRules> LadderRules::read(const Concepts& concepts, View knowledge) {
  LadderRules rules;
  CDSS_TRY(const auto limits, knowledge.at("limits"));
#define CDSS_LIMIT(type, name) CDSS_CHECK(read_limit(limits, #name, rules.limits.name));
#include "plugins/rules/ladder/ladder_limits.def"
#undef CDSS_LIMIT
  CDSS_TRY(const auto named, knowledge.at("concepts"));
  CDSS_TRY(rules.pain, concepts.require_all(named, "pain"));
  CDSS_TRY(rules.pain_of_hip, concepts.require_all(named, "pain_of_hip"));
  CDSS_TRY(rules.therapy, concepts.require_all(named, "therapy"));
  CDSS_TRY(const auto rows, array_at(knowledge, "rows"));
  if (rows.size() != std::size(kSteps)) {
    return rows.error(Errc::missing, "must hold L0 to L4 and LX");
  }
  for (const View element : rows.elements()) {
    CDSS_TRY(auto row, read_row(element, static_cast<Step>(rules.rows.size())));
    rules.rows.push_back(std::move(row));
  }
  CDSS_TRY(const auto special, optional_array(knowledge, "actions"));
  if (special) {
    for (const View element : special->elements()) {
      CDSS_CHECK(read_action(element, rules.rows));
    }
  }
  return rules;
}

}  // namespace cdss::rules
