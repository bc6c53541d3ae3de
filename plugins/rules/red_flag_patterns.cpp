#include "plugins/rules/red_flag_patterns.hpp"

#include <algorithm>
#include <iterator>

namespace cdss::rules {

struct Patterns::Pattern {
  std::string_view id;
  Reasons (Patterns::*find)() const;
};

constexpr Patterns::Pattern Patterns::kPatterns[] = {
    {"RF01", &Patterns::abscess},          {"RF02", &Patterns::prosthetic_infection},
    {"RF03", &Patterns::haematoma},        {"RF04", &Patterns::fracture},
    {"RF06", &Patterns::cauda_equina},     {"RF07", &Patterns::septic_arthritis},
    {"RF08", &Patterns::spinal_infection}, {"RF09", &Patterns::acute_abdomen},
    {"RF10", &Patterns::aneurysm},         {"RF11", &Patterns::malignancy},
    {"RF12", &Patterns::thrombosis},       {"RF15", &Patterns::gynaecological},
    {"RF16", &Patterns::hip_of_childhood}, {"RF17", &Patterns::sepsis},
    {"RF18", &Patterns::infected_stone},
};

Patterns::Patterns(const Facts& facts)
    : facts_{facts},
      named_{facts.knowledge.named},
      limits_{facts.knowledge.red_flags.limits},
      pain_{any_of({coded("groin pain", named_.groin_pain), coded("hip pain", named_.hip_pain),
                    coded("low back pain", named_.low_back_pain),
                    coded("thigh pain", named_.thigh_pain),
                    coded("pelvic pain", named_.pelvic_pain)})},
      fever_{fever_of(facts)} {}

Reasons Patterns::of(std::string_view id) const {
  const auto* found = std::ranges::find(kPatterns, id, &Pattern::id);
  return found == std::end(kPatterns) ? Reasons{} : (this->*found->find)();
}

Reasons Patterns::coded(std::string_view text, ConceptId id) const {
  Reasons reasons;
  add_reasons(reasons, text, facts_.findings.possible(id));
  return reasons;
}

Reasons Patterns::coded_within(std::string_view text, ConceptId id, int days) const {
  Reasons reasons = coded(text, id);
  std::erase_if(reasons,
                [&](const Reason& one) { return !is_recent(one.finding, days, facts_.today); });
  return reasons;
}

Reasons Patterns::above(std::string_view result, double limit) const {
  const ResultValue* value = facts_.results.find(result);
  if (value == nullptr || !value->is_above(limit).value_or(false)) {
    return {};
  }
  return {reason_of(*value)};
}

Reasons Patterns::present(std::string_view item) const {
  const ItemAnswer* answer = facts_.items.find(item);
  if (answer == nullptr || !answer->is_present) {
    return {};
  }
  return {{.text = facts_.knowledge.score.item(item)->text, .finding = answer->finding}};
}

Reasons Patterns::falling_haemoglobin() const {
  const auto values = facts_.results.all("hemoglobin");
  if (values.size() < 2) {
    return {};
  }
  const ResultValue& newest = *values[0];
  // The one before it: of an earlier day, and of that day the worse one comes first.
  const auto before = std::ranges::find_if(values, [&](const ResultValue* value) {
    return value->finding.days->first < newest.finding.days->first;
  });
  const bool is_exact = newest.comparator == fhir::Comparator::none && before != values.end() &&
                        (*before)->comparator == fhir::Comparator::none;
  // Tenths are not exact in binary: 16.4 - 14.4 is a little less than 2.
  constexpr double kRounding = 1e-6;
  if (!is_exact || (*before)->value - newest.value < limits_.haemoglobin_fall - kRounding) {
    return {};
  }
  Reason reason = reason_of(newest);
  reason.text += ", fallen from " + (*before)->words;
  return {std::move(reason)};
}

Reasons Patterns::sudden_onset() const {
  const ItemAnswer* onset = facts_.items.find("onset");
  if (onset == nullptr || (onset->choice != "onset-sudden" && onset->choice != "onset-acute")) {
    return {};
  }
  return {{.text = onset->choice == "onset-sudden" ? "sudden onset" : "acute onset",
           .finding = onset->finding}};
}

bool Patterns::may_be_early() const {
  return facts_.hip.flag == ThaFlag::pathway_early;
}

Reasons Patterns::replacement() const {
  Reasons reasons;
  if (has_replacement()) {
    const auto& evidence =
        facts_.hip.operations.empty() ? facts_.hip.conditions : facts_.hip.operations;
    reasons.push_back({.text = "hip replacement", .finding = evidence.front().finding});
  }
  return reasons;
}

Reasons Patterns::abscess() const {
  if (may_be_early()) {  // white cells and CRP are up after any operation
    return all_of({pain_, any_of({fever_, above("crp", limits_.crp_early)})});
  }
  return all_of(
      {pain_, any_of({fever_, above("wbc", limits_.wbc), above("crp", limits_.crp_abscess)})});
}

Reasons Patterns::prosthetic_infection() const {
  const Reasons late =
      facts_.hip.may_be_late
          ? all_of({above("crp", limits_.crp_late), above("esr", limits_.esr_late)})
          : Reasons{};
  const Reasons early = may_be_early() ? above("crp", limits_.crp_early) : Reasons{};
  return all_of({replacement(), any_of({fever_, late, early})});
}

Reasons Patterns::haematoma() const {
  const ResultValue* haemoglobin = facts_.results.find("hemoglobin");
  Reasons low;
  if (haemoglobin != nullptr && haemoglobin->is_below(limits_.haemoglobin).value_or(false)) {
    low.push_back(reason_of(*haemoglobin));
  }
  return all_of(
      {any_of({anticoagulants_of(facts_), coded("bleeding disorder", named_.bleeding_disorder)}),
       pain_,
       any_of({sudden_onset(), above("inr", limits_.inr), low, falling_haemoglobin(),
               coded("lesion of the femoral nerve", named_.femoral_nerve_lesion)})});
}

Reasons Patterns::fracture() const {
  return all_of({coded("unable to bear weight", named_.unable_to_weight_bear), pain_});
}

Reasons Patterns::cauda_equina() const {
  return all_of(
      {any_of({coded("low back pain", named_.low_back_pain), coded("sciatica", named_.sciatica),
               coded("lumbar radiculopathy", named_.lumbar_radiculopathy),
               coded("lumbar disc disorder with radiculopathy",
                     named_.lumbar_disc_with_radiculopathy)}),
       any_of({coded_within("urinary retention", named_.urinary_retention, limits_.sphincter_days),
               coded_within("faecal incontinence", named_.faecal_incontinence,
                            limits_.sphincter_days)})});
}

Reasons Patterns::septic_arthritis() const {
  return all_of({fever_, coded("hip pain", named_.hip_pain),
                 any_of({coded("unable to bear weight", named_.unable_to_weight_bear),
                         coded("effusion of the hip", named_.hip_effusion)})});
}

Reasons Patterns::spinal_infection() const {
  return all_of({fever_, coded("low back pain", named_.low_back_pain),
                 any_of({coded("intravenous drug use", named_.intravenous_drug_use),
                         coded("immunosuppression", named_.immunosuppression)})});
}

Reasons Patterns::acute_abdomen() const {
  return all_of({present("abdominal_pain"), fever_, present("psoas_sign")});
}

Reasons Patterns::aneurysm() const {
  return all_of({any_of({coded("abdominal aortic aneurysm", named_.abdominal_aortic_aneurysm),
                         coded("iliac artery aneurysm", named_.iliac_artery_aneurysm)}),
                 pain_});
}

Reasons Patterns::malignancy() const {
  if (!facts_.person.is_perhaps_at_least(limits_.malignancy_age + 1)) {
    return {};
  }
  return all_of({pain_, coded("weight loss", named_.weight_loss),
                 any_of({present("night_pain"), present("rest_pain")})});
}

Reasons Patterns::thrombosis() const {
  if (!may_be_early()) {
    return {};
  }
  return all_of(
      {coded("swelling of a joint or limb", named_.joint_or_limb_swelling), replacement()});
}

Reasons Patterns::gynaecological() const {
  const auto weeks = pregnancy_weeks(facts_);
  if (weeks && weeks->least >= limits_.early_pregnancy_weeks) {
    return {};
  }
  return all_of({pregnancy_of(facts_), coded("pelvic pain", named_.pelvic_pain)});
}

Reasons Patterns::hip_of_childhood() const {
  if (!facts_.person.is_perhaps_below(limits_.child_age)) {
    return {};
  }
  return all_of({any_of({coded("hip pain", named_.hip_pain), coded("groin pain", named_.groin_pain),
                         coded("knee pain", named_.knee_pain)}),
                 any_of({coded("limp", named_.limp), coded("antalgic gait", named_.antalgic_gait),
                         coded("painful gait", named_.painful_gait),
                         coded("shuffling gait", named_.shuffling_gait),
                         coded("difficulty walking", named_.difficulty_walking),
                         coded("abnormal gait", named_.abnormal_gait),
                         coded("unable to bear weight", named_.unable_to_weight_bear)})});
}

Reasons Patterns::sepsis() const {
  const ResultValue* pressure = facts_.results.find("systolic_bp");
  Reasons low;
  if (pressure != nullptr && pressure->is_below(limits_.systolic).value_or(false)) {
    low.push_back(reason_of(*pressure));
  }
  return all_of({fever_, low, above("heart_rate", limits_.pulse)});
}

Reasons Patterns::infected_stone() const {
  return all_of({coded("ureteric stone", named_.ureteric_stone), fever_});
}

void Patterns::add_prompts(RedFlags& flags) const {
  const auto add = [&](std::string_view id, Reasons reasons) {
    if (!reasons.empty()) {
      flags.prompts.push_back({.id = id, .reasons = std::move(reasons)});
    }
  };
  if (has_replacement() && !flags.has("RF02")) {
    const Reasons raised = any_of({above("crp", limits_.crp_late), above("esr", limits_.esr_late)});
    flags.is_infection_open = !raised.empty();
    add("infection-not-excluded", raised);
  }
  if (!flags.has("RF03") && !pain_.empty()) {
    add(facts_.items.find("onset") == nullptr ? "anticoagulant-onset-unknown" : "anticoagulant",
        anticoagulants_of(facts_));
  }
  if (!flags.has("RF04")) {
    add("stress-fracture",
        all_of({present("night_pain"), coded("running", named_.activity_running)}));
  }
  add("weight-bearing-pain", present("weight_bearing_pain_constant"));
  if (!pain_.empty()) {
    add("pregnancy", pregnancy_of(facts_));
  }
  add("radicular-sign", present("straight_leg_raise_radicular"));
}

}  // namespace cdss::rules
