#include <utility>

#include "plugins/rules/red_flags/red_flag_patterns.hpp"

namespace cdss::rules {
namespace {

Reasons acute_abdomen(const Signs& s) {  // RF09
  const auto& limits = s.limits;
  const Reasons quadrant = s.facts.pains.within(pain::kLowerQuadrant, limits.sign_days);
  const Reasons white_cells =
      s.is_pregnant() ? Reasons{} : s.above("wbc", limits.wbc, limits.wbc_abdomen_days);
  return any_of(
      {all_of({s.present("psoas_sign", limits.sign_days),
               any_of({quadrant, s.present("abdominal_pain", limits.sign_days)})}),
       all_of({quadrant,
               any_of({s.common.fever, white_cells, s.coded("guarding", s.named.abdominal_guarding),
                       s.present("abdominal_guarding"), s.present("vomiting")})})});
}

Reasons malignancy(const Signs& s) {  // RF11
  const Reasons weight_loss = s.coded("weight loss", s.named.weight_loss);
  const Reasons known =
      all_of({s.malignancy(), s.common.pain, any_of({s.night_or_rest_pain(), weight_loss})});
  if (!known.empty() || !s.facts.person.is_perhaps_at_least(s.limits.malignancy_age + 1)) {
    return known;
  }
  return all_of({s.common.pain, weight_loss, s.night_or_rest_pain()});
}

Reasons gynaecological(const Signs& s) {  // RF15
  const auto weeks = pregnancy_weeks(s.facts);
  if (weeks && weeks->least >= s.limits.early_pregnancy_weeks) {
    return {};
  }
  return all_of({s.common.pregnancy, s.facts.pains.fresh(pain::kPelvis | pain::kLowerQuadrant)});
}

Reasons hip_of_childhood(const Signs& s) {  // RF16
  if (!s.facts.person.is_perhaps_below(s.limits.child_age)) {
    return {};
  }
  const auto& named = s.named;
  return all_of(
      {any_of({s.facts.pains.in(pain::kHip | pain::kGroin), s.coded("knee pain", named.knee_pain)}),
       any_of({s.coded("limp", named.limp), s.coded("antalgic gait", named.antalgic_gait),
               s.coded("painful gait", named.painful_gait),
               s.coded("shuffling gait", named.shuffling_gait),
               s.coded("difficulty walking", named.difficulty_walking),
               s.coded("abnormal gait", named.abnormal_gait),
               s.coded("unable to bear weight", named.unable_to_weight_bear)})});
}

constexpr Pattern kPatterns[] = {
    {"RF09", acute_abdomen},
    {"RF11", malignancy},
    {"RF15", gynaecological},
    {"RF16", hip_of_childhood, false},
};

}  // namespace

std::span<const Pattern> other_patterns() {
  return kPatterns;
}

}  // namespace cdss::rules
