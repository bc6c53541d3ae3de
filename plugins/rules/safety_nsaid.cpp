// NS01 to NS13, AP02 to AP05: oral analgesics. Clinical basis: README.md, "Safety".

#include <algorithm>
#include <utility>

#include "plugins/rules/safety_finder.hpp"

namespace cdss::rules {

void SafetyFinder::find_kidney_rules() {
  Reasons severe =
      any_of({coded({{"chronic kidney disease stage 4 or 5", named_.ckd_stage_4_or_5}}),
              below("egfr", limits_.egfr_avoid)});
  if (severe.empty()) {  // NS01 takes the place of NS02
    add("NS02", any_of({coded({{"chronic kidney disease stage 3", named_.ckd_stage_3}}),
                        below("egfr", limits_.egfr_caution)}));
  }
  add("NS01", std::move(severe));
  add("NS10", all_of({taken("ace_inhibitor"),
                      any_of({kidney_disease(), below("egfr", limits_.egfr_caution)})}));
}

void SafetyFinder::find_pregnancy_rules() {
  Reasons pregnant = pregnancy_of(facts_);
  if (pregnant.empty()) {
    return;
  }
  const auto weeks = pregnancy_weeks(facts_);
  if (!weeks) {
    pregnant.push_back({.text = "week of pregnancy not known", .finding = {}});
  }
  const bool is_late = !weeks || weeks->most >= limits_.avoid_weeks;
  add(is_late ? "NS07" : "NS07b", std::move(pregnant));
}

void SafetyFinder::find_for_nsaid() {
  find_kidney_rules();
  const auto ulcers = {Coded{"peptic ulcer", named_.peptic_ulcer},
                       Coded{"gastrointestinal bleeding", named_.gi_bleed}};
  Reasons active = coded(ulcers);
  if (active.empty()) {
    Reasons past = coded({{"history of peptic ulcer", named_.peptic_ulcer_history}});
    for (const auto& ulcer : ulcers) {
      add_reasons(past, "past " + std::string{ulcer.text}, facts_.findings.past(ulcer.id));
    }
    add("NS03", std::move(past), Effect::caution);
  }
  add("NS03", std::move(active));
  add("NS04", anticoagulants_of(facts_));
  add("NS05",
      any_of({antiplatelets(), taken("systemic_steroid"),
              coded({{"long-term systemic corticosteroid", named_.systemic_steroid_use}})}));
  add("NS06", coded({{"heart failure", named_.heart_failure}}));
  find_pregnancy_rules();
  add("NS08", any_of({allergic_to("nsaid"),
                      coded({{"allergy to an analgesic", named_.nsaid_allergy},
                             {"asthma from aspirin or NSAIDs", named_.nsaid_asthma}})}));
  if (facts_.person.is_perhaps_at_least(limits_.older_age)) {
    add("NS09",
        {{.text = "age " + std::to_string(limits_.older_age) + " or older", .finding = {}}});
  }
  add("NS11", any_of({taken("lithium"), taken("methotrexate")}));
  add("NS12", taken("nsaid"));
  add("NS13", coded({{"severe liver disease", named_.severe_liver_disease}}));
}

void SafetyFinder::find_for_acetaminophen() {
  add("AP02", coded({{"liver disease", named_.liver_disease},
                     {"alcohol dependence", named_.alcohol_dependence}}));
  add("AP03", allergic_to("acetaminophen"));
  add("AP04", all_of({taken("warfarin"), taken("acetaminophen")}));
  add("AP05", taken("acetaminophen"));
}

std::vector<std::string_view> SafetyFinder::unknown_for_nsaid() const {
  auto unknown = unknown_for_medicine();
  if (!facts_.record.results.is_known ||
      facts_.results.unreadable() > 0) {  // one that was not seen may speak against it
    unknown.push_back("results");
  }
  if (facts_.findings.is_possible(named_.acute_kidney_injury)) {  // no rule of its own, but no go
    unknown.push_back("acute_kidney_injury");
  }
  if (is_egfr_needed() && !is_egfr_known()) {
    unknown.push_back("egfr");
  }
  if (is_pregnancy_needed() && !is_pregnancy_known()) {
    unknown.push_back("pregnancy_status");
  }
  return unknown;
}

/// Hypertension has no verified codes here; an ACE inhibitor, of which NS10 asks the eGFR, is taken
/// as a sign of it.
bool SafetyFinder::is_egfr_needed() const {
  const auto& unclear = facts_.results.not_interpretable();
  return !facts_.person.age || facts_.person.is_perhaps_at_least(limits_.egfr_age) ||
         !kidney_disease().empty() ||
         !coded({{"diabetes", named_.diabetes}, {"heart failure", named_.heart_failure}}).empty() ||
         facts_.medicines.has_active_of("ace_inhibitor") ||
         !below("egfr", limits_.egfr_caution).empty() ||
         std::ranges::find(unclear, "egfr") != unclear.end();
}

/// "< 60" does not tell whether it is below 30.
bool SafetyFinder::is_egfr_known() const {
  const ResultValue* egfr = facts_.results.find("egfr");
  return egfr != nullptr && egfr->is_below(limits_.egfr_avoid).has_value() &&
         !facts_.results.is_doubtful("egfr");
}

bool SafetyFinder::is_pregnancy_needed() const {
  const auto& age = facts_.person.age;
  return facts_.person.gender != fhir::Gender::male &&
         (!age ||
          (age->least <= limits_.pregnancy_age_to && age->most >= limits_.pregnancy_age_from));
}

bool SafetyFinder::is_pregnancy_known() const {
  const auto& stated = facts_.results.pregnancy();
  return (stated && stated->is_pregnant) || !pregnancy_of(facts_).empty();
}

}  // namespace cdss::rules
