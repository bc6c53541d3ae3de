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
                dialysis(), facts.below("egfr", limits.egfr_avoid)});
    if (severe.empty()) {  // NS01 takes the place of NS02
      add("NS02", any_of({coded({{"chronic kidney disease stage 3", named.ckd_stage_3}}),
                          facts.below("egfr", limits.egfr_caution)}));
    }
    add("NS01", std::move(severe));
    add("NS10",
        all_of({taken("renin_angiotensin"), any_of({taken("diuretic"), kidney_disease(),
                                                    facts.below("egfr", limits.egfr_caution)})}));
    add("NS15", facts.coded_within("acute kidney injury", named.acute_kidney_injury,
                                   limits.kidney_injury_days));
    add("NS16", any_of({coded({{"organ transplant", named.organ_transplant}}),
                        performed("organ transplant", named.organ_transplant),
                        taken("calcineurin_inhibitor")}));
  }

  /// Sessions of the last weeks: that dialysis goes on.
  Reasons dialysis() const {
    Reasons sessions = performed("dialysis", named.ckd_stage_4_or_5);
    std::erase_if(sessions, [&](const Reason& session) {
      return !session.finding.days || days_ago(*session.finding.days, facts.today).least >
                                          std::chrono::days{limits.dialysis_days};
    });
    return sessions;
  }

  Reasons performed(std::string_view text, ConceptId id) const {
    Reasons reasons;
    add_reasons(reasons, text, facts.findings.perhaps_performed(id));
    return reasons;
  }

  /// An event of the last year, or of an unknown day, counts in any status; one of long ago, and a
  /// history of one, is weaker.
  void find_vascular_rules() {
    constexpr std::string_view kEvent = "vascular event";
    Reasons events = coded({{kEvent, named.vascular_event}});
    add_reasons(events, kEvent, facts.findings.past(named.vascular_event));
    Reasons recent = events;
    std::erase_if(recent, [&](const Reason& event) {
      return !is_recent(event.finding, limits.event_days, facts.today);
    });
    if (const ResultValue* pressure = high_pressure()) {
      recent.push_back(reason_of(*pressure));
    }
    if (!recent.empty()) {
      return add("NS14", std::move(recent));
    }
    add_reasons(events, "past vascular event or bypass",
                facts.findings.possible(named.vascular_history));
    add_reasons(events, "past vascular event or bypass",
                facts.findings.past(named.vascular_history));
    add("NS14", any_of({events, performed("coronary bypass", named.vascular_history)}),
        Effect::withhold);
  }

  /// A systolic pressure of the newest day from the limit on; null when there is none. Of several on
  /// one day the lower is the worse elsewhere (results.json): here the higher is.
  const ResultValue* high_pressure() const {
    const auto all = facts.results.all("systolic_bp");
    const auto found = std::ranges::find_if(all, [&](const ResultValue* one) {
      return one->finding.days->first == all.front()->finding.days->first &&
             one->is_at_least(limits.systolic).value_or(false);
    });
    return found == all.end() ? nullptr : *found;
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
      add("NS03", std::move(past), Effect::withhold);
    }
    add("NS03", std::move(active));
    add("NS04", anticoagulants_of(facts, medicines));
    add("NS05",
        any_of({antiplatelets(), taken("systemic_steroid"), taken("serotonergic"),
                coded({{"long-term systemic corticosteroid", named.systemic_steroid_use}})}));
    add("NS06", coded({{"heart failure", named.heart_failure}}));
    find_pregnancy_rules();
    add("NS08", any_of({allergic_to("nsaid"), allergic_to("pyrazolone"),
                        coded({{"allergy to an analgesic", named.nsaid_allergy},
                               {"asthma from aspirin or NSAIDs", named.nsaid_asthma}})}));
    find_age_rule();
    add("NS11", any_of({taken("lithium"), taken("methotrexate")}));
    add("NS12", taken("nsaid"));
    add("NS13", coded({{"severe liver disease", named.severe_liver_disease}}));
    find_vascular_rules();
    add("NS19", any_of({facts.bleeding_disorder(), facts.below("platelets", limits.platelets)}));
  }

  void find_age_rule() {
    if (facts.person.is_perhaps_at_least(limits.oldest_age + 1)) {
      add("NS09", {{.text = "age over " + std::to_string(limits.oldest_age), .finding = {}}});
    } else if (facts.person.is_perhaps_at_least(limits.older_age)) {
      add("NS09",
          {{.text = "age " + std::to_string(limits.older_age) + " or older", .finding = {}}},
          Effect::caution);
    }
  }

  void find_for_acetaminophen() {
    Reasons liver = coded({{"liver disease", named.liver_disease},
                           {"alcohol use disorder", named.alcohol_use_disorder}});
    if (liver.empty()) {
      add("AP02", coded({{"alcohol use disorder in remission", named.alcohol_in_remission}}),
          Effect::caution);
    }
    add("AP02", std::move(liver));
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
        {"unread_condition", !facts.findings.unread().any()},
        {"unreadable_medicine", medicines.unrecognised().empty()},
        {"unreadable_allergy", facts.allergies.unrecognised().empty()},
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
    if (is_egfr_needed() && !is_egfr_known()) {
      unknown.push_back("egfr");
    }
    if (is_pregnancy_needed() && !is_pregnancy_known()) {
      unknown.push_back("pregnancy_status");
    }
    return unknown;
  }

  bool is_egfr_needed() const {
    const auto& unclear = facts.results.not_interpretable();
    return !facts.person.age || facts.person.is_perhaps_at_least(limits.egfr_age) ||
           !kidney_disease().empty() ||
           !coded({{"diabetes", named.diabetes},
                   {"heart failure", named.heart_failure},
                   {"hypertension", named.hypertension}})
                .empty() ||
           medicines.has_active_of("renin_angiotensin") || medicines.has_active_of("diuretic") ||
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
