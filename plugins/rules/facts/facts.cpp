#include "plugins/rules/facts/facts.hpp"

#include <algorithm>
#include <utility>

namespace cdss::rules {
namespace {

bool is_within(const Finding& finding, int days, std::chrono::sys_days today) {
  return days == Facts::kAnyAge || days_ago(*finding.days, today).most <= std::chrono::days{days};
}

/// @param holds  how the value is held against a limit.
Reasons reasons_of(const Facts& facts, std::string_view result, double limit, int days,
                   std::optional<bool> (ResultValue::*holds)(double) const) {
  const ResultValue* value = facts.results.find(result);
  const bool is_so = value != nullptr && is_within(value->finding, days, facts.today) &&
                     (value->*holds)(limit).value_or(false);
  return is_so ? Reasons{reason_of(*value)} : Reasons{};
}

}  // namespace

Facts Facts::read(const FactDefinitions& definitions, const Record& record,
                  std::chrono::sys_days today) {
  const auto& concepts = definitions.concepts;
  const auto& pharmacy = definitions.pharmacy;
  auto findings = Findings::read({.concepts = concepts,
                                  .sides = definitions.sides,
                                  .conditions = definitions.conditions,
                                  .today = today},
                                 record.conditions.value, record.procedures.value);
  auto hip = definitions.hip.assess(findings, today);
  auto items = LocalItems::read(definitions.items, record.examination.value,
                                record.questionnaire.value, today);
  auto pains = Pains::read(definitions.named, findings, items, today);
  auto implant = Implant::read(hip, pains, today);
  return {.definitions = definitions,
          .record = record,
          .today = today,
          .person = read_person(record.patient.value, today),
          .findings = std::move(findings),
          .hip = std::move(hip),
          .items = std::move(items),
          .pains = std::move(pains),
          .implant = std::move(implant),
          .results = Results::read(definitions.results, concepts, record.results.value, today),
          .medicines = Medicines::read(pharmacy, concepts, record.medications.value,
                                       record.statements.value, today),
          .allergies = Allergies::read(pharmacy, concepts, record.allergies.value, today)};
}

Reasons Facts::coded(std::string_view text, ConceptId id) const {
  Reasons reasons;
  add_reasons(reasons, text, findings.possible(id));
  return reasons;
}

Reasons Facts::coded_within(std::string_view text, ConceptId id, int days) const {
  Reasons reasons = coded(text, id);
  std::erase_if(reasons, [&](const Reason& one) { return !is_recent(one.finding, days, today); });
  return reasons;
}

Reasons Facts::above(std::string_view result, double limit, int days) const {
  return reasons_of(*this, result, limit, days, &ResultValue::is_above);
}

Reasons Facts::below(std::string_view result, double limit, int days) const {
  return reasons_of(*this, result, limit, days, &ResultValue::is_below);
}

Reasons Facts::at_least(std::string_view result, double limit, int days) const {
  return reasons_of(*this, result, limit, days, &ResultValue::is_at_least);
}

Reasons Facts::bleeding_disorder() const {
  constexpr double kEnoughPlatelets = 100;  // 10*3/uL
  const auto& named = definitions.named;
  const ResultValue* platelets = results.find("platelets");
  const bool has_enough = platelets != nullptr && !results.is_doubtful("platelets") &&
                          platelets->is_at_least(kEnoughPlatelets).value_or(false);
  return any_of({coded("bleeding disorder", named.bleeding_disorder),
                 has_enough ? Reasons{} : coded("thrombocytopenia", named.thrombocytopenia)});
}

bool Facts::is_low_back_pain_alone() const {
  const auto& named = definitions.named;
  const ConceptId elsewhere[] = {named.groin_pain, named.hip_pain, named.thigh_pain,
                                 named.buttock_pain, named.pelvic_pain};
  return findings.is_possible(named.low_back_pain) &&
         std::ranges::none_of(elsewhere, [&](ConceptId id) { return findings.is_possible(id); });
}

Reasons Facts::present(std::string_view item, int days) const {
  const ItemAnswer* answer = items.find(item);
  if (answer == nullptr || !answer->is_present || !is_within(answer->finding, days, today)) {
    return {};
  }
  return {
      {.text = definitions.item(item)->text, .finding = answer->finding, .since = answer->since}};
}

bool Facts::is_absent(std::string_view item) const {
  const ItemAnswer* answer = items.find(item);
  return answer != nullptr && !answer->is_present;
}

}  // namespace cdss::rules
