#include <algorithm>
#include <utility>

#include "plugins/rules/red_flags/red_flag_patterns.hpp"

namespace cdss::rules {
namespace {

/// Tenths are not exact in binary: 16.4 - 14.4 is a little less than 2.
constexpr double kRounding = 1e-6;

/// The newest haemoglobin and the one before it: of an earlier day, and of that day the worse one
/// comes first. Null when there is none.
struct Haemoglobin {
  const ResultValue* newest = nullptr;
  const ResultValue* before = nullptr;

  explicit Haemoglobin(const Signs& s) {
    const ResultValue* known = s.facts.results.find("hemoglobin");
    const std::chrono::days window{s.limits.haemoglobin_days};
    if (known == nullptr || days_ago(*known->finding.days, s.facts.today).most > window) {
      return;
    }
    newest = known;
    const auto values = s.facts.results.all("hemoglobin");
    const auto found = std::ranges::find_if(values, [&](const ResultValue* value) {
      return value->finding.days->first < newest->finding.days->first;
    });
    before = found == values.end() ? nullptr : *found;
  }

  bool is_exact() const {
    return newest->comparator == fhir::Comparator::none && before != nullptr &&
           before->comparator == fhir::Comparator::none;
  }
};

Reasons low_or_falling_haemoglobin(const Signs& s) {
  const Haemoglobin values{s};
  if (values.newest == nullptr) {
    return {};
  }
  Reason reason = reason_of(*values.newest);
  const double fall = values.is_exact() ? values.before->value - values.newest->value : 0;
  if (values.is_exact() && fall >= s.limits.haemoglobin_fall - kRounding) {
    reason.text += ", fallen from " + values.before->words;
    return {std::move(reason)};
  }
  const bool is_low = values.newest->is_below(s.limits.haemoglobin).value_or(false);
  const bool is_steady = values.is_exact() && fall <= s.limits.haemoglobin_steady + kRounding;
  return is_low && !is_steady ? Reasons{std::move(reason)} : Reasons{};
}

/// An onset that is acute by its date, unless the form says that the pain came on slowly.
Reasons dated_onset(const Signs& s) {
  const ItemAnswer* onset = s.facts.items.find("onset");
  const bool is_slow =
      onset != nullptr && (onset->choice == "onset-gradual" || onset->choice == "onset-subacute");
  return is_slow ? Reasons{}
                 : s.facts.pains.began_within(pain::kRegional, s.limits.haematoma_onset_days);
}

Reasons haematoma(const Signs& s) {  // RF03
  return all_of(
      {s.bleeding_risk(), s.new_pain(),
       any_of({s.sudden_onset(), dated_onset(s), s.above("inr", s.limits.inr, s.limits.inr_days),
               low_or_falling_haemoglobin(s),
               s.coded("lesion of the femoral nerve", s.named.femoral_nerve_lesion),
               s.present("quadriceps_weakness")})});
}

Reasons no_weight_bearing(const Signs& s) {  // RF04
  return all_of({s.unable_to_bear_weight(), s.new_pain()});
}

Reasons fracture_after_fall(const Signs& s) {  // RF04
  return all_of({s.fall(), s.new_pain(), s.fragile_bone(), s.fracture_signs()});
}

Reasons implant_failure(const Signs& s) {  // RF05
  const auto& implant = s.facts.implant;
  if (implant.is_pain_contralateral) {
    return {};
  }
  return all_of({implant.evidence, s.facts.pains.fresh(pain::kHipRegion),
                 s.sudden_onset(pain::kHipRegion, s.limits.failure_onset_days),
                 any_of({s.unable_to_bear_weight(), s.present("leg_shortened_or_rotated"),
                         s.dated_within("unequal leg length", s.named.leg_length_inequality, 0,
                                        s.limits.gait_days)})});
}

/// A joint that the code does not name is taken for the hip that was replaced.
Reasons unnamed_implant_failure(const Signs& s) {  // RF05
  Reasons failure =
      s.coded("failure of a joint prosthesis", s.named.prosthetic_joint_failure_unspecified);
  std::erase_if(failure, [](const Reason& one) { return one.finding.is_aftercare; });
  return all_of({s.facts.implant.evidence, std::move(failure)});
}

Reasons cauda_equina(const Signs& s) {  // RF06
  const auto& limits = s.limits;
  const Reasons spine = any_of({s.spine_pain(), s.coded("lumbar disc disorder with radiculopathy",
                                                        s.named.lumbar_disc_with_radiculopathy)});
  Reasons sphincter;
  if (s.sphincter_cause().empty()) {
    sphincter = any_of(
        {s.coded_within("urinary retention", s.named.urinary_retention, limits.sphincter_days),
         s.coded_within("faecal incontinence", s.named.faecal_incontinence, limits.sphincter_days),
         all_of({s.dated_within("urinary incontinence", s.named.urinary_incontinence, 0,
                                limits.sphincter_days),
                 s.facts.pains.fresh(pain::kSpine)})});
  }
  return all_of(
      {spine, any_of({std::move(sphincter), s.present("saddle_numbness"),
                      s.present("bladder_bowel_change"), s.present("bilateral_leg_weakness")})});
}

Reasons known_aneurysm(const Signs& s) {  // RF10
  constexpr std::uint16_t kPlaces =
      pain::kLowBack | pain::kFlank | pain::kGroin | pain::kPelvis | pain::kLowerQuadrant;
  const auto& pains = s.facts.pains;
  const Reasons there = pains.in(kPlaces);
  return all_of({s.aneurysm(), there,
                 any_of({pains.within(kPlaces, s.limits.sign_days), s.present("pain_worse"),
                         all_of({s.sudden_onset(), pains.fresh(kPlaces)}),
                         s.facts.below("systolic_bp", s.limits.systolic_aneurysm,
                                       s.limits.systolic_now_days)})});
}

Reasons unknown_aneurysm(const Signs& s) {  // RF10
  const Reasons mass =
      any_of({s.coded("pulsatile abdominal mass", s.named.pulsatile_abdominal_mass),
              s.present("pulsatile_mass")});
  Reasons collapse;
  if (s.facts.person.is_perhaps_at_least(s.limits.aneurysm_age)) {
    collapse =
        all_of({any_of({all_of({s.sudden_onset(), s.new_pain()}),
                        s.facts.pains.began_within(pain::kRegional, s.limits.failure_onset_days)}),
                s.facts.below("systolic_bp", s.limits.systolic, s.limits.systolic_now_days)});
  }
  return all_of({s.common.pain, any_of({mass, std::move(collapse)})});
}

Reasons thrombosis(const Signs& s) {  // RF12
  const auto& implant = s.facts.implant;
  const Reasons early = implant.is_early ? all_of({s.swollen_leg(), implant.evidence}) : Reasons{};
  Reasons one_leg = s.swollen_leg();
  std::erase_if(one_leg, [](const Reason& one) {
    const auto& sides = one.finding.sides;
    return !one.since && sides.left == sides.right;  // an item is of one leg
  });
  const Reasons provoked =
      all_of({std::move(one_leg),
              any_of({s.coded("malignancy", s.named.malignancy), s.common.pregnancy})});
  return early.empty() ? provoked : early;
}

Reasons femoral_palsy(const Signs& s) {  // RF19
  return all_of({s.present("quadriceps_weakness"), s.new_pain()});
}

constexpr Pattern kPatterns[] = {
    {"RF03", haematoma},
    {"RF04", no_weight_bearing, false},
    {"RF04", fracture_after_fall},
    {"RF05", implant_failure},
    {"RF05", unnamed_implant_failure, false},
    {"RF06", cauda_equina},
    {"RF10", known_aneurysm},
    {"RF10", unknown_aneurysm},
    {"RF12", thrombosis},
    {"RF19", femoral_palsy, false},
};

}  // namespace

std::span<const Pattern> structure_patterns() {
  return kPatterns;
}

}  // namespace cdss::rules
