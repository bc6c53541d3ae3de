#include "plugins/rules/facts/facts.hpp"

#include <algorithm>
#include <utility>

namespace cdss::rules {
namespace {

/// @param holds  how the value is held against a limit.
Reasons reasons_of(const ResultValue* value, double limit,
                   std::optional<bool> (ResultValue::*holds)(double) const) {
  const bool is_so = value != nullptr && (value->*holds)(limit).value_or(false);
  return is_so ? Reasons{reason_of(*value)} : Reasons{};
}

}  // namespace

Facts Facts::read(const FactDefinitions& definitions, const Record& record,
                  std::chrono::sys_days today) {
  const auto& concepts = definitions.concepts;
  const auto& pharmacy = definitions.pharmacy;
  auto findings = Findings::read(concepts, definitions.sides, record.conditions.value,
                                 record.procedures.value, today);
  auto hip = definitions.hip.assess(findings, today);
  return {.definitions = definitions,
          .record = record,
          .today = today,
          .person = read_person(record.patient.value, today),
          .findings = std::move(findings),
          .hip = std::move(hip),
          .items = LocalItems::read(definitions.items, record.examination.value,
                                    record.questionnaire.value, today),
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

Reasons Facts::above(std::string_view result, double limit) const {
  return reasons_of(results.find(result), limit, &ResultValue::is_above);
}

Reasons Facts::below(std::string_view result, double limit) const {
  return reasons_of(results.find(result), limit, &ResultValue::is_below);
}

bool Facts::is_low_back_pain_alone() const {
  const auto& named = definitions.named;
  const ConceptId elsewhere[] = {named.groin_pain, named.hip_pain, named.thigh_pain,
                                 named.buttock_pain, named.pelvic_pain};
  return findings.is_possible(named.low_back_pain) &&
         std::ranges::none_of(elsewhere, [&](ConceptId id) { return findings.is_possible(id); });
}

Reasons Facts::present(std::string_view item) const {
  const ItemAnswer* answer = items.find(item);
  if (answer == nullptr || !answer->is_present) {
    return {};
  }
  return {{.text = definitions.item(item)->text, .finding = answer->finding}};
}

}  // namespace cdss::rules
