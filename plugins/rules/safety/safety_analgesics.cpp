#include <algorithm>
#include <string>
#include <utility>

#include "plugins/rules/safety/safety_finder.hpp"

namespace cdss::rules {
namespace {

/// Oral analgesics. Clinical basis: README.md, "Safety".
struct Analgesics : SafetyFinder {
  Reasons kidney_disease() const {
    return coded({{"chronic kidney disease", named.chronic_kidney_disease}});  // of any stage
  }

  void find_kidney_rules() {
    Reasons severe =
        any_of({coded({{"chronic kidney disease stage 4 or 5", named.ckd_stage_4_or_5}}),
                facts.below("egfr", limits.egfr_avoid)});
    if (severe.empty()) {  // NS01 takes the place of NS02
      add("NS02", any_of({coded({{"chronic kidney disease stage 3", named.ckd_stage_3}}),
                          facts.below("egfr", limits.egfr_caution)}));
    }
    add("NS01", std::move(severe));
    add("NS10", all_of({taken("ace_inhibitor"),
                        any_of({kidney_disease(), facts.below("egfr", limits.egfr_caution)})}));
  }

  void find_pregnancy_rules() {
    Reasons pregnant = red_flags.pregnancy;
    if (pregnant.empty()) {
      return;
    }
    const auto weeks = pregnancy_weeks(facts);
    if (!weeks) {
      pregnant.push_back({.text = "week of pregnancy not known", .finding = {}});
    }
    const bool is_late = !weeks || weeks->most >= limits.avoid_weeks;
    add(is_late ? "NS07" : "NS07b", std::move(pregnant));
  }

  void find_for_nsaid() {
    find_kidney_rules();
    const auto ulcers = {Coded{"peptic ulcer", named.peptic_ulcer},
                         Coded{"gastrointestinal bleeding", named.gi_bleed}};
    Reasons active = coded(ulcers);
    if (active.empty()) {
      Reasons past = coded({{"history of peptic ulcer", named.peptic_ulcer_history}});
      for (const auto& ulcer : ulcers) {
        add_reasons(past, "past " + std::string{ulcer.text}, facts.findings.past(ulcer.id));
      }
      add("NS03", std::move(past), Effect::caution);
    }
    add("NS03", std::move(active));
    add("NS04", anticoagulants_of(facts, medicines));
    add("NS05",
        any_of({antiplatelets(), taken("systemic_steroid"),
                coded({{"long-term systemic corticosteroid", named.systemic_steroid_use}})}));
    add("NS06", coded({{"heart failure", named.heart_failure}}));
    find_pregnancy_rules();
    add("NS08", any_of({allergic_to("nsaid"),
                        coded({{"allergy to an analgesic", named.nsaid_allergy},
                               {"asthma from aspirin or NSAIDs", named.nsaid_asthma}})}));
    if (facts.person.is_perhaps_at_least(limits.older_age)) {
      add("NS09",
          {{.text = "age " + std::to_string(limits.older_age) + " or older", .finding = {}}});
    }
    add("NS11", any_of({taken("lithium"), taken("methotrexate")}));
    add("NS12", taken("nsaid"));
    add("NS13", coded({{"severe liver disease", named.severe_liver_disease}}));
  }

  void find_for_acetaminophen() {
    add("AP02", coded({{"liver disease", named.liver_disease},
                       {"alcohol dependence", named.alcohol_dependence}}));
    add("AP03", allergic_to("acetaminophen"));
    add("AP04", all_of({taken("warfarin"), taken("acetaminophen")}));
    add("AP05", taken("acetaminophen"));
  }

  /// What every medicine needs known, and what an NSAID needs besides.
  std::vector<std::string_view> unknown_for_medicine() const {
    const struct {
      std::string_view id;
      bool is_known;
    } needed[] = {
        {"adult_age", facts.person.scope == AgeScope::adult},
        {"conditions", facts.record.conditions.is_known && facts.findings.unreadable() == 0},
        {"medications", facts.record.medications.is_known && medicines.refused() == 0 &&
                            (facts.record.statements.is_known || !facts.record.statements.value)},
        {"allergies", facts.record.allergies.is_known && facts.allergies.refused() == 0},
        {"unreadable_medicine", medicines.unreadable().empty()},
        {"unreadable_allergy", facts.allergies.unreadable().empty()},
    };
    std::vector<std::string_view> unknown;
    for (const auto& [id, is_known] : needed) {
      if (!is_known) {
        unknown.push_back(id);
      }
    }
    return unknown;
  }

  std::vector<std::string_view> unknown_for_nsaid() const {
    auto unknown = unknown_for_medicine();
    if (!facts.record.results.is_known ||
        facts.results.unreadable() > 0) {  // one that was not seen may speak against it
      unknown.push_back("results");
    }
    if (facts.findings.is_possible(named.acute_kidney_injury)) {  // no rule of its own, but no go
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
  bool is_egfr_needed() const {
    const auto& unclear = facts.results.not_interpretable();
    return !facts.person.age || facts.person.is_perhaps_at_least(limits.egfr_age) ||
           !kidney_disease().empty() ||
           !coded({{"diabetes", named.diabetes}, {"heart failure", named.heart_failure}}).empty() ||
           medicines.has_active_of("ace_inhibitor") ||
           !facts.below("egfr", limits.egfr_caution).empty() ||
           std::ranges::find(unclear, "egfr") != unclear.end();
  }

  /// "< 60" does not tell whether it is below 30.
  bool is_egfr_known() const {
    const ResultValue* egfr = facts.results.find("egfr");
    return egfr != nullptr && egfr->is_below(limits.egfr_avoid).has_value() &&
           !facts.results.is_doubtful("egfr");
  }

  bool is_pregnancy_needed() const {
    const auto& age = facts.person.age;
    return facts.person.gender != fhir::Gender::male &&
           (!age ||
            (age->least <= limits.pregnancy_age_to && age->most >= limits.pregnancy_age_from));
  }

  bool is_pregnancy_known() const {
    const auto& stated = facts.results.pregnancy();
    return (stated && stated->is_pregnant) || !red_flags.pregnancy.empty();
  }
};

}  // namespace

void find_analgesic_rules(SafetyFinder finder) {
  Analgesics analgesics{std::move(finder)};
  analgesics.find_for_nsaid();
  analgesics.find_for_acetaminophen();
  analgesics.safety.unknown_for_nsaid = analgesics.unknown_for_nsaid();
  analgesics.safety.unknown_for_acetaminophen = analgesics.unknown_for_medicine();
}

}  // namespace cdss::rules
