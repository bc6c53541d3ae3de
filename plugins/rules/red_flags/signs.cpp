#include "plugins/rules/red_flags/signs.hpp"

#include <utility>

namespace cdss::rules {

Reasons Signs::dated_within(std::string_view text, ConceptId id, int from, int to) const {
  Reasons reasons = coded_within(text, id, to);
  std::erase_if(reasons, [&](const Reason& one) {
    const auto& noted = one.finding.last_noted;
    return !noted || days_ago(*noted, facts.today).most < std::chrono::days{from};
  });
  return reasons;
}

Reasons Signs::marker_above(std::string_view result, double limit, int days) const {
  Reasons reasons = above(result, limit, days);
  std::erase_if(reasons,
                [&](const Reason& one) { return facts.implant.is_before_latest(one.finding); });
  return reasons;
}

Reasons Signs::night_or_rest_pain() const {
  return any_of({present("night_pain"), present("rest_pain")});
}

bool Signs::may_be_pregnant() const {
  const auto& person = facts.person;
  const bool is_of_age = !person.age || (person.is_perhaps_at_least(limits.pregnancy_age_from) &&
                                         person.is_perhaps_below(limits.pregnancy_age_to + 1));
  return person.gender != fhir::Gender::male && is_of_age &&
         !facts.findings.has(named.no_pregnancy_possible);
}

Reasons Signs::steroid() const {
  return any_of({taken(facts.medicines, "systemic_steroid"),
                 coded("long-term systemic corticosteroid", named.systemic_steroid_use)});
}

Reasons Signs::risk_of_infection(bool minor) const {
  Reasons risk =
      any_of({coded("injection drug use", named.injection_drug_use),
              coded("immunosuppression", named.immunosuppression),
              coded("organ transplant", named.organ_transplant),
              coded_within("bacteraemia", named.bacteraemia, limits.bacteraemia_days), steroid()});
  return minor ? any_of({std::move(risk), coded("diabetes", named.diabetes),
                         coded("kidney disease, stage 4 or 5", named.ckd_stage_4_or_5),
                         coded("inflammatory bowel disease", named.inflammatory_bowel),
                         coded("Crohn's disease", named.crohns_disease)})
               : risk;
}

Reasons Signs::white_cells(double limit) const {
  return steroid().empty() ? above("wbc", limit, limits.wbc_days) : Reasons{};
}

Reasons Signs::raised_temperature() const {
  return facts.at_least("body_temperature", limits.raised_cel, limits.temperature_days);
}

Reasons Signs::sudden_onset() const {
  const ItemAnswer* onset = facts.items.find("onset");
  if (onset == nullptr || (onset->choice != "onset-sudden" && onset->choice != "onset-acute")) {
    return {};
  }
  return {{.text = onset->choice == "onset-sudden" ? "sudden onset" : "acute onset",
           .finding = onset->finding,
           .since = onset->since}};
}

Reasons Signs::sudden_onset(std::uint16_t places, int days) const {
  return any_of({sudden_onset(), facts.pains.began_within(places, days)});
}

Reasons Signs::bleeding_risk() const {
  return any_of({anticoagulants_of(facts, facts.medicines), facts.bleeding_disorder()});
}

Reasons Signs::altered_gait() const {
  const auto gait = [&](std::string_view text, ConceptId id) {
    return coded_within(text, id, limits.gait_days);
  };
  return with(any_of({gait("limp", named.limp), gait("antalgic gait", named.antalgic_gait),
                      gait("painful gait", named.painful_gait),
                      gait("shuffling gait", named.shuffling_gait),
                      gait("difficulty walking", named.difficulty_walking),
                      gait("abnormal gait", named.abnormal_gait)}),
              Undoes::by_onset);
}

Reasons Signs::unable_to_bear_weight() const {
  return coded_within("unable to bear weight", named.unable_to_weight_bear, limits.gait_days);
}

Reasons Signs::fall() const {
  Reasons falls = coded_within("fall or injury", named.fall_or_injury, limits.fall_days);
  std::erase_if(falls, [](const Reason& one) { return one.finding.is_aftercare; });
  return any_of({std::move(falls), present("recent_fall")});
}

Reasons Signs::fragile_bone() const {
  Reasons age;
  if (facts.person.is_perhaps_at_least(limits.fragile_age)) {
    age.push_back({.text = "age " + std::to_string(limits.fragile_age) + " or older",
                   .finding = {},
                   .undoes = Undoes::never});
  }
  return any_of({std::move(age), coded("osteoporosis", named.osteoporosis), steroid(),
                 taken(facts.medicines, "bisphosphonate"), malignancy()});
}

Reasons Signs::fracture_signs() const {
  return any_of(
      {altered_gait(), present("weight_bearing_pain_constant"), present("log_roll_pain")});
}

Reasons Signs::swollen_leg() const {
  return any_of({coded_within("swelling of a limb", named.limb_swelling, limits.swelling_days),
                 present("leg_swelling", limits.swelling_days)});
}

Reasons Signs::aneurysm() const {
  return any_of({coded("abdominal aortic aneurysm", named.abdominal_aortic_aneurysm),
                 coded("iliac artery aneurysm", named.iliac_artery_aneurysm)});
}

Reasons Signs::malignancy() const {
  Reasons reasons = any_of({coded("malignancy", named.malignancy),
                            coded("history of malignancy", named.malignancy_history)});
  add_reasons(reasons, "past malignancy", facts.findings.past(named.malignancy));
  return reasons;
}

Reasons Signs::hernia() const {
  return any_of({coded("inguinal hernia", named.inguinal_hernia),
                 coded("femoral hernia", named.femoral_hernia)});
}

Reasons Signs::implant_wear() const {
  return any_of({coded("wear of the prosthesis", named.prosthetic_hip_wear_osteolysis),
                 coded("mechanical complication of the prosthesis",
                       named.other_mechanical_complication_hip)});
}

Reasons Signs::failure_in_aftercare() const {
  Reasons reasons =
      any_of({coded("breakage of the prosthesis", named.prosthetic_hip_breakage),
              coded("loosening of the prosthesis", named.prosthetic_hip_loosening),
              coded("dislocation of the prosthesis", named.prosthetic_hip_dislocation)});
  std::erase_if(reasons, [](const Reason& one) { return !one.finding.is_aftercare; });
  return reasons;
}

}  // namespace cdss::rules
