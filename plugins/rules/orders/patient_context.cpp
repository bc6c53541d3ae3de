#include "plugins/rules/orders/patient_context.hpp"

#include <algorithm>

#include "fhir/resources/read_all.hpp"
#include "plugins/rules/orders/acetaminophen.hpp"
#include "plugins/rules/orders/tolerant_fhir.hpp"

namespace cdss::rules {
namespace {

/// Do both hold a medicine that is not to be taken twice?
bool is_doubled(const Draft& draft, const Draft& other) {
  constexpr std::string_view kNotDoubled[] = {"nsaid", "acetaminophen"};
  return std::ranges::any_of(kNotDoubled, [&](std::string_view one) {
    return draft.is_medicine_of(one) && other.is_medicine_of(one);
  });
}

/// What of the record tells of the same tablets as `draft`: itself, what it replaces, and the
/// statements that are based on or derived from these. References as "MedicationStatement/x".
std::vector<std::string> replaced_by(const Draft& draft, const Record& record) {
  auto replaced = draft.replaces;
  const auto orders = replaced.size();
  if (record.statements.value) {
    fhir::for_each_resource(*record.statements.value, [&](View statement) {
      bool is_of_it = false;
      for (const auto* member : {"basedOn", "derivedFrom"}) {
        for_each(statement.find(member), [&](View source) {
          const auto known = std::span{replaced}.first(orders);
          is_of_it =
              is_of_it || std::ranges::find(known, read_plain_reference(source)) != known.end();
        });
      }
      const auto id = statement.text_or_empty("id");
      if (is_of_it && !id.empty()) {
        replaced.push_back(std::string{fhir::resource_type(statement)} + "/" + std::string{id});
      }
    });
  }
  return replaced;
}

}  // namespace

std::vector<Medicine> taken_beside(const Draft& draft, std::span<const Draft> all) {
  std::vector<Medicine> taken;
  for (const Draft& other : all) {
    const bool is_second = other.is_judged && other.is_after(draft);
    const bool has_own_card =
        other.is_judged && draft.is_medicine_of("anticoagulant") && other.is_medicine_of("nsaid");
    if (&other == &draft || has_own_card || (is_second && is_doubled(draft, other))) {
      continue;
    }
    for (const auto* medicine : other.medicines) {
      if (other.is_systemic || !medicine->is_of("nsaid")) {
        taken.push_back({.definition = medicine,
                         .finding = {.reference = other.reference, .days = {}, .sides = {}}});
      }
    }
  }
  return taken;
}

PatientContext PatientContext::read(const OrderRules& rules, const SafetyRules& safety_rules,
                                    const PatientState& patient, const Draft& draft,
                                    std::span<const Draft> all) {
  const auto& facts = patient.facts;
  const auto replaced = replaced_by(draft, facts.record);
  const auto medicines = facts.medicines.with(replaced, taken_beside(draft, all));
  PatientContext read;
  read.red_flags = patient.red_flags.fired;
  read.prompts = patient.prompts.fired;
  read.safety = find_safety(safety_rules, facts, medicines, patient.red_flags);
  read.step = patient.step;
  read.points_to_psoas = patient.band == Band::possible || patient.band == Band::likely;
  read.is_assessed = patient.band != Band::not_assessed;
  for (const auto id : rules.reasons) {
    for (const auto& finding : facts.findings.of(id)) {
      read.has_regional_pain = true;
      read.regional_findings.push_back(finding.reference);
    }
  }
  read.has_hip_prosthesis = facts.hip.is_any();
  read.is_early = facts.hip.is_early;
  read.is_infection_screen_known = read.safety.unknown_markers.empty();
  read.is_older = facts.person.is_perhaps_at_least(safety_rules.limits.older_age);
  const auto weeks = pregnancy_weeks(facts);
  read.is_late_pregnancy = weeks && weeks->most >= static_cast<double>(rules.late_pregnancy_weeks);
  if (draft.acetaminophen_per_day) {
    read.acetaminophen_beside_mg = acetaminophen_beside(facts, draft, replaced, all);
  }
  for (const auto& rule : rules.conflicts) {
    auto& reasons = read.taken[rule.medicine];
    if (reasons.empty()) {
      reasons = cdss::rules::taken(medicines, rule.medicine);
    }
  }
  read.may_suggest_acetaminophen =
      facts.person.scope == AgeScope::adult && read.safety.may_suggest(Treatment::acetaminophen) &&
      patient.red_flags.fired.empty() && patient.prompts.leaves_acetaminophen() &&
      !facts.is_low_back_pain_alone() && !read.safety.has("AP02") &&
      !medicines.has_active_of("acetaminophen");
  return read;
}

}  // namespace cdss::rules
