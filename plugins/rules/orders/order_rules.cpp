#include "plugins/rules/orders/order_rules.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

constexpr Name<Severity> kSeverities[] = {
    {"info", Severity::info}, {"warning", Severity::warning}, {"critical", Severity::critical}};
constexpr Name<ConflictCondition> kWhens[] = {
    {"red_flag", ConflictCondition::red_flag},
    {"prompt", ConflictCondition::prompt},
    {"safety", ConflictCondition::safety},
    {"over_daily_dose", ConflictCondition::over_daily_dose},
    {"over_daily_dose_beside", ConflictCondition::over_daily_dose_beside},
    {"over_ceiling", ConflictCondition::over_ceiling},
    {"dose_not_read", ConflictCondition::dose_not_read},
    {"medicine", ConflictCondition::medicine},
    {"unguided", ConflictCondition::unguided},
    {"infection_unknown", ConflictCondition::infection_unknown},
    {"before_injection_step", ConflictCondition::before_injection_step},
    {"without_metal_protocol", ConflictCondition::without_metal_protocol},
    {"outside_ladder", ConflictCondition::outside_ladder},
    {"before_surgery_step", ConflictCondition::before_surgery_step},
    {"psoas_meant", ConflictCondition::psoas_meant},
    {"drafted_twice", ConflictCondition::drafted_twice},
};

/// "NS03:avoid" and the like. Errors: Errc::malformed for another effect.
Result<std::vector<RuleName>> read_rules(View row, std::string_view member) {
  std::vector<RuleName> rules;
  CDSS_TRY(const auto texts, optional_texts(row, member));
  for (const auto text : texts) {
    const auto colon = text.find(':');
    RuleName rule{.id = text.substr(0, colon)};
    if (colon != std::string_view::npos) {
      rule.effect = effect_of(text.substr(colon + 1));
      if (!rule.effect) {
        return row.error_at(member, Errc::malformed, "has an effect that is not known");
      }
    }
    rules.push_back(rule);
  }
  return rules;
}

/// What the names in a row may stand for.
struct Lookups {
  const Pharmacy& pharmacy;
  const Orders& orders;

  bool is_draft(std::string_view name) const {
    constexpr std::string_view kServices[] = {
        "any", "injection", "steroid", "mri", "physical_therapy", "surgery", "abductor_tenotomy"};
    return std::ranges::find(kServices, name) != std::end(kServices) || pharmacy.has_class(name);
  }
};

Result<std::vector<std::string_view>> read_orders(const Lookups& lookups, View row,
                                                  std::string_view member) {
  CDSS_TRY(auto ids, optional_texts(row, member));
  for (const auto id : ids) {
    if (lookups.orders.find(id) == nullptr) {
      return row.error_at(member, Errc::malformed, "names an order that is not known");
    }
  }
  return ids;
}

/// Ids that `rules` of the same row hold.
Result<std::vector<std::string_view>> read_own(const ConflictRule& rule, View row,
                                               std::string_view member) {
  CDSS_TRY(auto ids, optional_texts(row, member));
  for (const auto id : ids) {
    if (std::ranges::find(rule.rules, id, &RuleName::id) == rule.rules.end()) {
      return row.error_at(member, Errc::malformed, "names a rule that the row does not have");
    }
  }
  return ids;
}

/// A limit in mg; 0 when it is absent.
Result<std::int64_t> optional_positive(View row, std::string_view member) {
  return row.find(member) ? required_positive(row, member) : Result<std::int64_t>{0};
}

/// What only some circumstances need.
Result<void> read_condition(const Lookups& lookups, View row, ConflictRule& rule) {
  CDSS_TRY(rule.medicine, optional_text(row, "medicine"));
  const bool needs_medicine = rule.when == ConflictCondition::medicine || !rule.medicine.empty();
  if (needs_medicine && !lookups.pharmacy.has_class(rule.medicine)) {
    return row.error_at("medicine", Errc::malformed, "is not a class of medicines");
  }
  const bool is_of_dose = rule.when == ConflictCondition::over_daily_dose ||
                          rule.when == ConflictCondition::over_daily_dose_beside;
  CDSS_TRY(rule.most_mg_per_day, optional_positive(row, "most_mg_per_day"));
  if (is_of_dose && rule.most_mg_per_day == 0) {
    return row.error_at("most_mg_per_day", Errc::missing, "must be given");
  }
  CDSS_TRY(rule.spared_mg_per_day, optional_positive(row, "spared_mg_per_day"));
  CDSS_TRY(rule.anywhere, optional_texts(row, "anywhere"));
  CDSS_TRY(rule.needs_reason, optional_flag(row, "needs_reason"));
  CDSS_TRY(rule.needs_reason_with, optional_texts(row, "needs_reason_with"));
  return {};
}

Result<DoseCeiling> read_ceiling(const Lookups& lookups, View row) {
  DoseCeiling ceiling;
  CDSS_TRY(ceiling.medicine, row.required_string("medicine"));
  const auto* medicine = lookups.pharmacy.find(ceiling.medicine);
  if (medicine == nullptr || !medicine->is_of("nsaid")) {
    return row.error_at("medicine", Errc::malformed, "is not an NSAID of medicines.json");
  }
  CDSS_TRY(ceiling.most_mg_per_day, required_number(row, "most_mg_per_day"));
  CDSS_TRY(ceiling.older_mg_per_day, required_number(row, "older_mg_per_day"));
  if (ceiling.older_mg_per_day <= 0 || ceiling.most_mg_per_day < ceiling.older_mg_per_day) {
    return row.error_at("older_mg_per_day", Errc::out_of_range,
                        "must be above 0 and no more than most_mg_per_day");
  }
  return ceiling;
}

Result<ConflictRule> read_conflict(const Lookups& lookups, View row) {
  ConflictRule rule;
  CDSS_TRY(rule.id, row.required_string("id"));
  CDSS_TRY(rule.draft, row.required_string("draft"));
  if (!lookups.is_draft(rule.draft)) {
    return row.error_at("draft", Errc::malformed, "is not a kind of draft");
  }
  CDSS_TRY(rule.when, read_name(row, "when", kWhens));
  CDSS_TRY(rule.rules, read_rules(row, "rules"));
  if (rule.when == ConflictCondition::red_flag) {
    CDSS_TRY(rule.forbidden, row.required_string("forbidden"));
  } else if (rule.rules.empty() && rule.when != ConflictCondition::prompt) {
    return row.error_at("rules", Errc::missing, "must name at least one");
  }
  CDSS_TRY(rule.critical, read_own(rule, row, "critical"));
  CDSS_TRY(rule.critical_late, read_own(rule, row, "critical_in_late_pregnancy"));
  CDSS_TRY(rule.quiet, read_own(rule, row, "quiet"));
  CDSS_TRY(rule.severity, read_name(row, "indicator", kSeverities));
  CDSS_TRY(rule.offers_removal, optional_flag(row, "remove"));
  CDSS_TRY(rule.instead, read_orders(lookups, row, "instead"));
  CDSS_TRY(rule.instead_in_emergency, read_orders(lookups, row, "instead_in_emergency"));
  CDSS_TRY(rule.first, read_orders(lookups, row, "first"));
  CDSS_TRY(rule.detail, optional_text(row, "detail"));
  CDSS_CHECK(read_condition(lookups, row, rule));
  return rule;
}

}  // namespace

std::string_view to_string(Severity severity) {
  return kSeverities[static_cast<std::size_t>(severity)].name;
}

Result<OrderRules> OrderRules::read(const FactDefinitions& definitions, const Orders& orders,
                                    View root) {
  OrderRules rules;
  CDSS_TRY(rules.recognition, Recognition::read(definitions, root));
  const Lookups lookups{.pharmacy = definitions.pharmacy, .orders = orders};
  CDSS_TRY(const auto conflicts, rows_at(root, "conflicts"));
  CDSS_TRY(rules.conflicts,
           read_each(conflicts, [&](View row) { return read_conflict(lookups, row); }));
  CDSS_TRY(const auto ceilings, array_at(root, "nsaid_ceilings"));
  CDSS_TRY(rules.ceilings,
           read_each(ceilings, [&](View row) { return read_ceiling(lookups, row); }));
  CDSS_TRY(rules.reasons, definitions.concepts.known_of(root, "reason_concepts"));
  CDSS_TRY(rules.low_dose_aspirin, read_rules(root, "low_dose_aspirin_rules"));
  CDSS_TRY(rules.low_dose_aspirin_kept, optional_texts(root, "low_dose_aspirin_kept"));
  CDSS_TRY(rules.low_dose_aspirin_most_mg, required_positive(root, "low_dose_aspirin_most_mg"));
  CDSS_TRY(rules.late_pregnancy_weeks, required_positive(root, "late_pregnancy_weeks"));
  return rules;
}

}  // namespace cdss::rules
