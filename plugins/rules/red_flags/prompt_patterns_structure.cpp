#include <algorithm>
#include <utility>

#include "plugins/rules/red_flags/prompt_patterns.hpp"

namespace cdss::rules {
namespace {

constexpr std::uint16_t kFemur = pain::kGroin | pain::kHip | pain::kThigh;

Reasons bleeding_of_unknown_onset(const Signs& s) {  // MM03
  const ItemAnswer* weeks = s.facts.items.find("duration_weeks");
  const bool is_onset_known = s.facts.items.find("onset") != nullptr ||
                              s.facts.pains.has_onset(pain::kRegional) ||
                              (weeks != nullptr && weeks->least >= s.limits.duration_weeks);
  return is_onset_known ? Reasons{} : all_of({s.bleeding_risk(), s.new_pain()});
}

Reasons fall(const Signs& s) {  // MM04
  return all_of({s.fall(), s.new_pain(), any_of({s.fragile_bone(), s.fracture_signs()})});
}

Reasons antiresorptive(const Signs& s) {
  Reasons reasons = any_of({taken(s.facts.medicines, "bisphosphonate"),
                            s.coded("long-term bisphosphonate", s.named.bisphosphonate_use)});
  for (const Medicine& one : s.facts.medicines.ended()) {
    const auto& days = one.finding.days;
    if (one.is_of("bisphosphonate") && (!days || days_ago(*days, s.facts.today).least <=
                                                     std::chrono::days{s.limits.medicine_days})) {
      reasons.push_back(reason_of(one));
    }
  }
  return reasons;
}

Reasons atypical_fracture(const Signs& s) {  // MM05
  return all_of({antiresorptive(s),
                 any_of({s.facts.pains.in(pain::kThigh), s.facts.pains.fresh(pain::kGroin)})});
}

Reasons sport(const Signs& s) {
  const auto& named = s.named;
  return with(any_of({s.coded("running", named.activity_running),
                      s.coded("dancing", named.activity_dancing),
                      s.coded("gymnastics", named.activity_gymnastics),
                      s.coded("track and field", named.activity_track_field),
                      s.coded("soccer", named.activity_soccer),
                      s.coded("basketball", named.activity_basketball),
                      s.coded("dancer", named.dancer_occupation)}),
              Undoes::never);
}

Reasons stress_fracture(const Signs& s) {  // MM06
  const Reasons hop = s.present("hop_test_pain");
  return all_of({s.facts.pains.in(kFemur),
                 any_of({hop, all_of({sport(s), any_of({s.night_or_rest_pain(),
                                                        s.present("weight_bearing_pain_constant"),
                                                        s.present("log_roll_pain")})})})});
}

Reasons implant_failure(const Signs& s) {  // MM07
  return all_of({s.facts.implant.pain,
                 any_of({s.present("weight_bearing_pain_constant"),
                         all_of({s.sudden_onset(), s.facts.pains.fresh(pain::kHipRegion)}),
                         s.implant_wear(), s.failure_in_aftercare()})});
}

Reasons new_sciatica_of_both_sides(const Signs& s) {
  const Reasons fresh = s.facts.pains.fresh(pain::kSciatica);
  Sides sides;
  for (const Reason& one : fresh) {
    sides |= one.finding.sides;
  }
  return sides.left && sides.right ? fresh : Reasons{};
}

/// Retention or incontinence of a day that the record gives, so many days ago.
Reasons sphincter(const Signs& s, int from, int to) {
  return any_of({s.dated_within("urinary retention", s.named.urinary_retention, from, to),
                 s.dated_within("urinary incontinence", s.named.urinary_incontinence, from, to),
                 s.dated_within("faecal incontinence", s.named.faecal_incontinence, from, to)});
}

Reasons cauda_equina(const Signs& s) {  // MM08
  const auto& pains = s.facts.pains;
  const auto& limits = s.limits;
  const Reasons fresh = pains.fresh(pain::kSpine);
  const Reasons recent = pains.within(pain::kSpine, limits.sphincter_days);
  const bool has_cause = !s.sphincter_cause().empty();
  const Reasons late =
      has_cause ? Reasons{} : sphincter(s, limits.sphincter_days + 1, limits.sphincter_late_days);
  const Reasons beside_cause =
      has_cause ? all_of({sphincter(s, 0, limits.sphincter_days), recent}) : Reasons{};
  return all_of({fresh, any_of({late, beside_cause,
                                all_of({s.present("bilateral_leg_symptoms"),
                                        any_of({recent, s.present("pain_worse")})}),
                                new_sciatica_of_both_sides(s)})});
}

Reasons known_aneurysm(const Signs& s) {  // MM10
  return all_of({s.aneurysm(), s.facts.pains.fresh(pain::kLowBack | pain::kFlank | pain::kGroin |
                                                   pain::kPelvis | pain::kLowerQuadrant)});
}

Reasons thrombosis(const Signs& s) {  // MM12
  Reasons swelling = s.swollen_leg();
  if (!s.coded("heart failure", s.named.heart_failure).empty()) {
    std::erase_if(swelling, [](const Reason& one) {
      return !one.since && one.finding.sides.left == one.finding.sides.right;
    });
  }
  return all_of({std::move(swelling), s.common.pain});
}

constexpr PromptPattern kPatterns[] = {
    {"MM03", bleeding_of_unknown_onset}, {"MM04", fall},
    {"MM05", atypical_fracture},         {"MM06", stress_fracture},
    {"MM07", implant_failure},           {"MM08", cauda_equina, true},
    {"MM10", known_aneurysm, true},      {"MM12", thrombosis},
};

}  // namespace

std::span<const PromptPattern> structure_prompts() {
  return kPatterns;
}

}  // namespace cdss::rules
