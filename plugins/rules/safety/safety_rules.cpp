#include "plugins/rules/safety/safety_rules.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace cdss::rules {
namespace {

/// The rules that code gives.
constexpr std::string_view kRules[] = {
    "NS01", "NS02", "NS03", "NS04", "NS05", "NS06", "NS07", "NS07b", "NS08", "NS09", "NS10",
    "NS11", "NS12", "NS13", "NS14", "NS15", "NS16", "NS19", "AP02",  "AP03", "AP04", "AP05",
    "IJ01", "IJ02", "IJ03", "IJ04", "IJ05", "IJ06", "IJ07", "IJ08",  "IJ09", "IJ10", "IJ12"};

constexpr Name<Treatment> kTreatments[] = {{"nsaid", Treatment::nsaid},
                                           {"acetaminophen", Treatment::acetaminophen},
                                           {"injection", Treatment::injection}};

constexpr Name<Effect> kEffects[] = {
    {"caution", Effect::caution}, {"withhold", Effect::withhold}, {"avoid", Effect::avoid}};

Result<SafetyRow> read_row(View element) {
  SafetyRow row;
  CDSS_TRY(row.id, element.required_string("id"));
  CDSS_TRY(row.treatment, read_name(element, "treatment", kTreatments));
  CDSS_TRY(row.effect, read_name(element, "effect", kEffects));
  CDSS_TRY(row.is_always, optional_flag(element, "always"));
  CDSS_TRY(row.text, element.required_string("text"));
  CDSS_TRY(row.advice, element.required_string("advice"));
  CDSS_TRY(row.advice_when_weaker, optional_text(element, "advice_when_weaker"));
  CDSS_TRY(row.grade, element.required_string("grade"));
  CDSS_TRY(row.sources, optional_strings(element, "sources"));
  return row;
}

}  // namespace

std::string_view to_string(Treatment treatment) {
  return kTreatments[static_cast<std::size_t>(treatment)].name;
}

std::string_view to_string(Effect effect) {
  return kEffects[static_cast<std::size_t>(effect)].name;
}

std::optional<Effect> effect_of(std::string_view text) {
  const auto* const found = std::ranges::find(kEffects, text, &Name<Effect>::name);
  return found == std::end(kEffects) ? std::nullopt : std::optional{found->value};
}

Result<SafetyRules> SafetyRules::read(View knowledge) {
  SafetyRules rules;
  CDSS_TRY(const auto limits, knowledge.at("limits"));
#define CDSS_LIMIT(type, name) CDSS_CHECK(read_limit(limits, #name, rules.limits.name));
#include "plugins/rules/safety/safety_limits.def"
#undef CDSS_LIMIT
  CDSS_TRY(const auto rows, array_at(knowledge, "rows"));
  for (const View element : rows.elements()) {
    CDSS_TRY(auto row, read_row(element));
    if (rules.find(row.id) != nullptr) {
      return element.error_at("id", Errc::malformed, "stands there twice");
    }
    const bool is_given = std::ranges::find(kRules, row.id) != std::end(kRules);
    if (is_given == row.is_always) {
      return element.error_at("id", Errc::malformed,
                              "must be a rule of the program, or say that it always holds");
    }
    rules.rows.push_back(std::move(row));
  }
  for (const auto id : kRules) {
    if (rules.find(id) == nullptr) {
      return rows.error(Errc::missing, "must hold " + std::string{id});
    }
  }
  return rules;
}

}  // namespace cdss::rules
