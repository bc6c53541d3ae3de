#include "plugins/rules/red_flags/red_flag_patterns.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cdss::rules {
namespace {

/// Each pattern gives the reasons when it holds, and nothing when it does not or is not known to.
struct Patterns {
  const RedFlagLimits& limits;
  const Facts& facts;
  const RedFlags& common;
  const NamedConcepts& named = facts.definitions.named;

  Reasons coded(std::string_view text, ConceptId id) const { return facts.coded(text, id); }
  Reasons above(std::string_view result, double limit) const { return facts.above(result, limit); }
  Reasons below(std::string_view result, double limit) const { return facts.below(result, limit); }
  Reasons present(std::string_view item) const { return facts.present(item); }
  bool has_replacement() const { return facts.hip.flag != ThaFlag::none; }

  Reasons coded_within(std::string_view text, ConceptId id, int days) const {
    return facts.coded_within(text, id, days);
  }

  Reasons measured_fever() const {
    const ResultValue* temperature = facts.results.find("body_temperature");
    const bool is_fever =
        temperature != nullptr && temperature->is_at_least(limits.fever_cel).value_or(false);
    return is_fever ? Reasons{reason_of(*temperature)} : Reasons{};
  }

  Reasons stated_pregnancy() const {
    const auto& stated = facts.results.pregnancy();
    if (!stated || !stated->is_pregnant.value_or(false)) {
      return {};
    }
    return {{.text = "pregnancy", .finding = stated->finding}};
  }

  /// Haemoglobin fallen by the limit or more between the two newest values.
  Reasons falling_haemoglobin() const {
    const auto values = facts.results.all("hemoglobin");
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
    if (!is_exact || (*before)->value - newest.value < limits.haemoglobin_fall - kRounding) {
      return {};
    }
    Reason reason = reason_of(newest);
    reason.text += ", fallen from " + (*before)->words;
    return {std::move(reason)};
  }

  Reasons sudden_onset() const {
    const ItemAnswer* onset = facts.items.find("onset");
    if (onset == nullptr || (onset->choice != "onset-sudden" && onset->choice != "onset-acute")) {
      return {};
    }
    return {{.text = onset->choice == "onset-sudden" ? "sudden onset" : "acute onset",
             .finding = onset->finding}};
  }

  /// May the latest operation lie at most 90 days back.
  bool may_be_early() const { return facts.hip.flag == ThaFlag::pathway_early; }

  Reasons replacement() const {
    Reasons reasons;
    if (has_replacement()) {
      const auto& evidence =
          facts.hip.operations.empty() ? facts.hip.conditions : facts.hip.operations;
      reasons.push_back({.text = "hip replacement", .finding = evidence.front().finding});
    }
    return reasons;
  }

  Reasons abscess() const {  // RF01
    if (may_be_early()) {    // white cells and CRP are up after any operation
      return all_of({common.pain, any_of({common.fever, above("crp", limits.crp_early)})});
    }
    return all_of({common.pain, any_of({common.fever, above("wbc", limits.wbc),
                                        above("crp", limits.crp_abscess)})});
  }

  Reasons prosthetic_infection() const {  // RF02
    const Reasons late =
        facts.hip.may_be_late
            ? all_of({above("crp", limits.crp_late), above("esr", limits.esr_late)})
            : Reasons{};
    const Reasons early = may_be_early() ? above("crp", limits.crp_early) : Reasons{};
    // A joint that the code does not name is taken for the hip that was replaced.
    const Reasons unnamed =
        coded_within("infection of a joint prosthesis",
                     named.prosthetic_joint_infection_unspecified, limits.acute_days);
    return all_of({replacement(), any_of({common.fever, late, early, unnamed})});
  }

  Reasons haematoma() const {  // RF03
    return all_of({any_of({anticoagulants_of(facts, facts.medicines),
                           coded("bleeding disorder", named.bleeding_disorder)}),
                   common.pain,
                   any_of({sudden_onset(), above("inr", limits.inr),
                           below("hemoglobin", limits.haemoglobin), falling_haemoglobin(),
                           coded("lesion of the femoral nerve", named.femoral_nerve_lesion)})});
  }

  Reasons fracture() const {  // RF04
    return all_of({coded("unable to bear weight", named.unable_to_weight_bear), common.pain});
  }

  Reasons cauda_equina() const {  // RF06
    return all_of(
        {any_of({coded("low back pain", named.low_back_pain), coded("sciatica", named.sciatica),
                 coded("lumbar radiculopathy", named.lumbar_radiculopathy),
                 coded("lumbar disc disorder with radiculopathy",
                       named.lumbar_disc_with_radiculopathy)}),
         any_of({coded_within("urinary retention", named.urinary_retention, limits.sphincter_days),
                 coded_within("faecal incontinence", named.faecal_incontinence,
                              limits.sphincter_days)})});
  }

  Reasons septic_arthritis() const {  // RF07
    const Reasons unnamed = all_of(
        {coded_within("septic arthritis of a joint that is not named",
                      named.septic_arthritis_unspecified, limits.acute_days),
         any_of({coded("hip pain", named.hip_pain), coded("groin pain", named.groin_pain)})});
    const Reasons feverish =
        all_of({common.fever, coded("hip pain", named.hip_pain),
                any_of({coded("unable to bear weight", named.unable_to_weight_bear),
                        coded("effusion of the hip", named.hip_effusion)})});
    return any_of({unnamed, feverish});
  }

  Reasons spinal_infection() const {  // RF08
    return all_of({common.fever, coded("low back pain", named.low_back_pain),
                   any_of({coded("injection drug use", named.injection_drug_use),
                           coded("immunosuppression", named.immunosuppression)})});
  }

  Reasons acute_abdomen() const {  // RF09
    return all_of({present("abdominal_pain"), common.fever, present("psoas_sign")});
  }

  Reasons aneurysm() const {  // RF10
    return all_of({any_of({coded("abdominal aortic aneurysm", named.abdominal_aortic_aneurysm),
                           coded("iliac artery aneurysm", named.iliac_artery_aneurysm)}),
                   common.pain});
  }

  Reasons malignancy() const {  // RF11
    if (!facts.person.is_perhaps_at_least(limits.malignancy_age + 1)) {
      return {};
    }
    return all_of({common.pain, coded("weight loss", named.weight_loss),
                   any_of({present("night_pain"), present("rest_pain")})});
  }

  Reasons thrombosis() const {  // RF12
    if (!may_be_early()) {
      return {};
    }
    return all_of(
        {coded("swelling of a joint or limb", named.joint_or_limb_swelling), replacement()});
  }

  Reasons gynaecological() const {  // RF15
    const auto weeks = pregnancy_weeks(facts);
    if (weeks && weeks->least >= limits.early_pregnancy_weeks) {
      return {};
    }
    return all_of({common.pregnancy, coded("pelvic pain", named.pelvic_pain)});
  }

  Reasons hip_of_childhood() const {  // RF16
    if (!facts.person.is_perhaps_below(limits.child_age)) {
      return {};
    }
    return all_of({any_of({coded("hip pain", named.hip_pain), coded("groin pain", named.groin_pain),
                           coded("knee pain", named.knee_pain)}),
                   any_of({coded("limp", named.limp), coded("antalgic gait", named.antalgic_gait),
                           coded("painful gait", named.painful_gait),
                           coded("shuffling gait", named.shuffling_gait),
                           coded("difficulty walking", named.difficulty_walking),
                           coded("abnormal gait", named.abnormal_gait),
                           coded("unable to bear weight", named.unable_to_weight_bear)})});
  }

  Reasons sepsis() const {  // RF17
    const ResultValue* pressure = facts.results.find("systolic_bp");
    const bool is_recent_pressure =
        pressure != nullptr && days_ago(*pressure->finding.days, facts.today).most <=
                                   std::chrono::days{limits.systolic_days};
    return all_of({common.fever,
                   is_recent_pressure ? below("systolic_bp", limits.systolic) : Reasons{},
                   above("heart_rate", limits.pulse)});
  }

  Reasons infected_stone() const {  // RF18
    return all_of({coded("ureteric stone", named.ureteric_stone), common.fever});
  }
};

constexpr struct {
  std::string_view id;
  Reasons (Patterns::*find)() const;
} kPatterns[] = {
    {"RF01", &Patterns::abscess},          {"RF02", &Patterns::prosthetic_infection},
    {"RF03", &Patterns::haematoma},        {"RF04", &Patterns::fracture},
    {"RF06", &Patterns::cauda_equina},     {"RF07", &Patterns::septic_arthritis},
    {"RF08", &Patterns::spinal_infection}, {"RF09", &Patterns::acute_abdomen},
    {"RF10", &Patterns::aneurysm},         {"RF11", &Patterns::malignancy},
    {"RF12", &Patterns::thrombosis},       {"RF15", &Patterns::gynaecological},
    {"RF16", &Patterns::hip_of_childhood}, {"RF17", &Patterns::sepsis},
    {"RF18", &Patterns::infected_stone},
};

}  // namespace

void find_common(const RedFlagLimits& limits, const Facts& facts, RedFlags& into) {
  const Patterns patterns{.limits = limits, .facts = facts, .common = into};
  const auto& named = patterns.named;
  into.pain = any_of(
      {facts.coded("groin pain", named.groin_pain), facts.coded("hip pain", named.hip_pain),
       facts.coded("low back pain", named.low_back_pain),
       facts.coded("thigh pain", named.thigh_pain), facts.coded("pelvic pain", named.pelvic_pain)});
  into.fever = any_of(
      {patterns.measured_fever(), patterns.coded_within("fever", named.fever, limits.acute_days)});
  into.pregnancy =
      any_of({patterns.stated_pregnancy(),
              patterns.coded_within("pregnancy", named.pregnancy, limits.pregnancy_days)});
}

Reasons pattern_of(std::string_view id, const RedFlagLimits& limits, const Facts& facts,
                   const RedFlags& common) {
  const auto* found = std::ranges::find(kPatterns, id, [](const auto& one) { return one.id; });
  const Patterns patterns{.limits = limits, .facts = facts, .common = common};
  return found == std::end(kPatterns) ? Reasons{} : (patterns.*found->find)();
}

void add_prompts(const RedFlagLimits& limits, const Facts& facts, RedFlags& flags) {
  const auto& named = facts.definitions.named;
  const auto add = [&](std::string_view id, Reasons reasons) {
    if (!reasons.empty()) {
      flags.prompts.push_back({.id = id, .reasons = std::move(reasons)});
    }
  };
  if (facts.hip.flag != ThaFlag::none && !flags.has("RF02")) {
    const Reasons raised =
        any_of({facts.above("crp", limits.crp_late), facts.above("esr", limits.esr_late)});
    flags.is_infection_open = !raised.empty();
    add("infection-not-excluded", raised);
  }
  if (!flags.has("RF03") && !flags.pain.empty()) {
    add(facts.items.find("onset") == nullptr ? "anticoagulant-onset-unknown" : "anticoagulant",
        anticoagulants_of(facts, facts.medicines));
  }
  if (!flags.has("RF04")) {
    add("stress-fracture",
        all_of({facts.present("night_pain"), facts.coded("running", named.activity_running)}));
  }
  add("weight-bearing-pain", facts.present("weight_bearing_pain_constant"));
  if (!flags.pain.empty()) {
    add("pregnancy", flags.pregnancy);
  }
  add("radicular-sign", facts.present("straight_leg_raise_radicular"));
}

}  // namespace cdss::rules
