#include "plugins/treatment_escalation/order_rules.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace cdss::treatment_escalation {
namespace {

/// A name in the file and what it stands for.
template <class E>
struct Name {
  std::string_view name;
  E value;
};

constexpr Name<DraftKind> kKinds[] = {
    {"other", DraftKind::other},
    {"injection", DraftKind::injection},
    {"guidance", DraftKind::guidance},
    {"mri", DraftKind::mri},
    {"surgery", DraftKind::surgery},
    {"abductor_tenotomy", DraftKind::abductor_tenotomy},
    {"physical_therapy", DraftKind::physical_therapy},
};
constexpr Name<Site> kSites[] = {{"psoas", Site::psoas}, {"hip", Site::hip}};
constexpr Name<Guidance> kGuidances[] = {{"guided", Guidance::guided},
                                         {"unguided", Guidance::unguided}};
constexpr Name<hooks::Indicator> kIndicators[] = {{"info", hooks::Indicator::info},
                                                  {"warning", hooks::Indicator::warning},
                                                  {"critical", hooks::Indicator::critical}};
constexpr Name<When> kWhens[] = {
    {"red_flag", When::red_flag},
    {"safety", When::safety},
    {"over_daily_dose", When::over_daily_dose},
    {"medicine", When::medicine},
    {"unguided", When::unguided},
    {"infection_unknown", When::infection_unknown},
    {"before_injection_step", When::before_injection_step},
    {"without_metal_protocol", When::without_metal_protocol},
    {"outside_ladder", When::outside_ladder},
    {"before_surgery_step", When::before_surgery_step},
    {"psoas_meant", When::psoas_meant},
    {"drafted_twice", When::drafted_twice},
};

/// The value that the member names. Errors: Errc::malformed for a name that is not in the table.
template <class E, std::size_t N>
Result<E> read_name(View row, std::string_view member, const Name<E> (&table)[N]) {
  CDSS_TRY(const auto text, row.required_string(member));
  const auto* found = std::ranges::find(table, text, &Name<E>::name);
  if (found == std::end(table)) {
    return row.error_at(member, Errc::malformed, "is not one of its names");
  }
  return found->value;
}

template <class E, std::size_t N>
Result<E> read_name(View row, std::string_view member, const Name<E> (&table)[N], E absent) {
  if (!row.find(member)) {
    return absent;
  }
  return read_name(row, member, table);
}

/// The texts of an array; none when it is absent. Errors: Errc::malformed when it is no array.
Result<std::vector<std::string_view>> read_texts(View row, std::string_view member) {
  std::vector<std::string_view> texts;
  if (const auto array = row.find(member)) {
    if (!array->is_array()) {
      return array->error(Errc::malformed, "must be an array");
    }
    for (const View element : array->elements()) {
      CDSS_TRY(const auto text, element.string());
      texts.push_back(text);
    }
  }
  return texts;
}

/// "NS03:avoid" and the like. Errors: Errc::malformed for another effect.
Result<std::vector<RuleName>> read_rules(View row, std::string_view member) {
  std::vector<RuleName> rules;
  CDSS_TRY(const auto texts, read_texts(row, member));
  for (const auto text : texts) {
    const auto colon = text.find(':');
    RuleName rule{.id = text.substr(0, colon)};
    if (colon != std::string_view::npos) {
      const auto effect = text.substr(colon + 1);
      if (effect != "avoid" && effect != "caution") {
        return row.error_at(member, Errc::malformed, "has an effect that is not known");
      }
      rule.effect = effect == "avoid" ? RuleName::Effect::avoid : RuleName::Effect::caution;
    }
    rules.push_back(rule);
  }
  return rules;
}

/// Those of the concepts that the package has.
Result<std::vector<rules::ConceptId>> read_concepts(const rules::Concepts& concepts, View row,
                                                    std::string_view member) {
  std::vector<rules::ConceptId> ids;
  CDSS_TRY(const auto names, read_texts(row, member));
  for (const auto name : names) {
    if (const auto id = concepts.find(name)) {
      ids.push_back(*id);
    }
  }
  return ids;
}

Result<ServiceRow> read_service(const rules::Concepts& concepts, View row) {
  ServiceRow service;
  CDSS_TRY(service.kind, read_name(row, "kind", kKinds));
  CDSS_TRY(service.concepts, read_concepts(concepts, row, "concepts"));
  CDSS_TRY(service.words, read_texts(row, "words"));
  CDSS_TRY(service.site, read_name(row, "site", kSites, Site::unknown));
  CDSS_TRY(service.guidance, read_name(row, "guidance", kGuidances, Guidance::not_stated));
  return service;
}

/// Rows, of which there is at least one.
Result<View> read_rows(View root, std::string_view member) {
  CDSS_TRY(const auto rows, root.at(member));
  if (!rows.is_array() || rows.size() == 0) {
    return rows.error(Errc::malformed, "must be an array with a row");
  }
  return rows;
}

/// What the names in a row may stand for.
struct Known {
  const rules::Pharmacy& pharmacy;
  const Orders& orders;

  bool is_draft(std::string_view name) const {
    constexpr std::string_view kServices[] = {
        "any", "injection", "mri", "physical_therapy", "surgery", "abductor_tenotomy"};
    return std::ranges::find(kServices, name) != std::end(kServices) || pharmacy.has_class(name);
  }
};

Result<std::vector<std::string_view>> read_orders(const Known& known, View row,
                                                  std::string_view member) {
  CDSS_TRY(auto ids, read_texts(row, member));
  for (const auto id : ids) {
    if (known.orders.find(id) == nullptr) {
      return row.error_at(member, Errc::malformed, "names an order that is not known");
    }
  }
  return ids;
}

/// Ids that `rules` of the same row hold.
Result<std::vector<std::string_view>> read_own(const ConflictRule& rule, View row,
                                               std::string_view member) {
  CDSS_TRY(auto ids, read_texts(row, member));
  for (const auto id : ids) {
    if (std::ranges::find(rule.rules, id, &RuleName::id) == rule.rules.end()) {
      return row.error_at(member, Errc::malformed, "names a rule that the row does not have");
    }
  }
  return ids;
}

/// A limit in mg; 0 when it is absent.
Result<std::int64_t> read_limit(View row, std::string_view member) {
  const auto value = row.find(member);
  if (!value) {
    return std::int64_t{0};
  }
  CDSS_TRY(const auto limit, value->integer());
  if (limit <= 0) {
    return value->error(Errc::out_of_range, "must be above 0");
  }
  return limit;
}

/// What only some circumstances need.
Result<void> read_circumstances(const Known& known, View row, ConflictRule& rule) {
  if (rule.when == When::medicine) {
    CDSS_TRY(rule.medicine, row.required_string("medicine"));
    if (!known.pharmacy.has_class(rule.medicine)) {
      return row.error_at("medicine", Errc::malformed, "is not a class of medicines");
    }
  }
  CDSS_TRY(rule.most_mg_per_day, read_limit(row, "most_mg_per_day"));
  if (rule.when == When::over_daily_dose && rule.most_mg_per_day == 0) {
    return row.error_at("most_mg_per_day", Errc::missing, "must be given");
  }
  CDSS_TRY(rule.spared_mg_per_day, read_limit(row, "spared_mg_per_day"));
  return {};
}

Result<ConflictRule> read_conflict(const Known& known, View row) {
  ConflictRule rule;
  CDSS_TRY(rule.id, row.required_string("id"));
  CDSS_TRY(rule.draft, row.required_string("draft"));
  if (!known.is_draft(rule.draft)) {
    return row.error_at("draft", Errc::malformed, "is not a kind of draft");
  }
  CDSS_TRY(rule.when, read_name(row, "when", kWhens));
  CDSS_TRY(rule.rules, read_rules(row, "rules"));
  if (rule.when == When::red_flag) {
    CDSS_TRY(rule.forbidden, row.required_string("forbidden"));
  } else if (rule.rules.empty()) {
    return row.error_at("rules", Errc::missing, "must name at least one");
  }
  CDSS_TRY(rule.critical, read_own(rule, row, "critical"));
  CDSS_TRY(rule.quiet, read_own(rule, row, "quiet"));
  CDSS_TRY(rule.indicator, read_name(row, "indicator", kIndicators));
  if (const auto remove = row.find("remove")) {
    CDSS_TRY(rule.offers_removal, remove->boolean());
  }
  CDSS_TRY(rule.instead, read_orders(known, row, "instead"));
  CDSS_TRY(rule.instead_in_emergency, read_orders(known, row, "instead_in_emergency"));
  CDSS_TRY(rule.first, read_orders(known, row, "first"));
  CDSS_TRY(const auto detail, row.optional_string("detail"));
  rule.detail = detail.value_or(std::string_view{});
  CDSS_CHECK(read_circumstances(known, row, rule));
  return rule;
}

Result<DraftWords> read_words(View root) {
  CDSS_TRY(const auto all, root.at("words"));
  DraftWords words;
  constexpr Name<std::vector<std::string_view> DraftWords::*> kLists[] = {
      {"psoas", &DraftWords::psoas},         {"hip", &DraftWords::hip},
      {"elsewhere", &DraftWords::elsewhere}, {"unguided", &DraftWords::unguided},
      {"guided", &DraftWords::guided},       {"metal", &DraftWords::metal},
      {"systemic", &DraftWords::systemic},   {"not_systemic", &DraftWords::not_systemic},
      {"injected", &DraftWords::injected},   {"reason", &DraftWords::reason},
  };
  for (const auto& list : kLists) {
    CDSS_TRY(words.*list.value, read_texts(all, list.name));
    if ((words.*list.value).empty()) {
      return all.error_at(list.name, Errc::missing, "must have a word");
    }
  }
  return words;
}

}  // namespace

Result<OrderRules> OrderRules::read(const rules::Concepts& concepts,
                                    const rules::Pharmacy& pharmacy, const Orders& orders,
                                    View root) {
  OrderRules rules;
  CDSS_TRY(const auto services, read_rows(root, "services"));
  for (const View row : services.elements()) {
    CDSS_TRY(auto service, read_service(concepts, row));
    rules.services_.push_back(std::move(service));
  }
  const Known known{.pharmacy = pharmacy, .orders = orders};
  CDSS_TRY(const auto conflicts, read_rows(root, "conflicts"));
  for (const View row : conflicts.elements()) {
    CDSS_TRY(auto conflict, read_conflict(known, row));
    rules.conflicts_.push_back(std::move(conflict));
  }
  CDSS_TRY(rules.words_, read_words(root));
  CDSS_TRY(rules.reasons_, read_concepts(concepts, root, "reason_concepts"));
  CDSS_TRY(rules.low_dose_aspirin_, read_rules(root, "low_dose_aspirin_rules"));
  CDSS_TRY(rules.low_dose_aspirin_most_mg_, read_limit(root, "low_dose_aspirin_most_mg"));
  if (rules.low_dose_aspirin_most_mg_ == 0) {
    return root.error_at("low_dose_aspirin_most_mg", Errc::missing, "must be given");
  }
  return rules;
}

}  // namespace cdss::treatment_escalation
