#include <utility>

#include "plugins/rules/red_flags/prompt_patterns.hpp"
#include "plugins/rules/red_flags/red_flag_patterns.hpp"

namespace cdss::rules {
namespace {

/// CRP above the limit, recent, and not from long before the pain that is new.
Reasons crp_of_this_pain(const Signs& s, double limit) {
  Reasons crp = s.above("crp", limit, s.limits.crp_days);
  const auto oldest = s.facts.pains.oldest_fresh(pain::kRegional);
  std::erase_if(crp, [&](const Reason& one) {
    const auto before = std::chrono::days{s.limits.crp_before_days};
    return !oldest || days_ago(*one.finding.days, s.facts.today).least > *oldest + before;
  });
  return crp;
}

Reasons psoas_sign_or_pain_at_rest(const Signs& s) {
  return any_of({s.present("psoas_sign"), s.night_or_rest_pain()});
}

Reasons raised_crp(const Signs& s) {  // MM01 (a), (b)
  if (!s.facts.implant.pain.empty()) {
    return {};  // MM02
  }
  const Reasons open = crp_of_this_pain(s, s.limits.crp_open);
  if (!open.empty()) {
    return all_of({s.new_pain(), open});
  }
  return all_of({s.new_pain(), crp_of_this_pain(s, s.limits.crp_late),
                 any_of({s.risk_of_infection(false), psoas_sign_or_pain_at_rest(s),
                         s.above("esr", s.limits.esr_late, s.limits.marker_days)})});
}

Reasons raised_temperature_at_risk(const Signs& s) {  // MM01 (c)
  return all_of({s.new_pain(), s.common.fever.empty() ? s.raised_temperature() : Reasons{},
                 s.risk_of_infection(true)});
}

Reasons white_cells_with_sign(const Signs& s) {  // MM01 (d)
  const double limit = s.is_pregnant() ? s.limits.wbc_pregnant : s.limits.wbc;
  return all_of({s.new_pain(), s.white_cells(limit),
                 any_of({s.risk_of_infection(true), psoas_sign_or_pain_at_rest(s)})});
}

Reasons very_high_white_cells(const Signs& s) {  // MM01 (e)
  const bool counts = !s.is_pregnant() && s.steroid().empty();
  return counts
             ? all_of({s.new_pain(), s.facts.at_least("wbc", s.limits.wbc_high, s.limits.wbc_days)})
             : Reasons{};
}

Reasons drug_use(const Signs& s) {  // MM01 (f)
  const Reasons injected =
      all_of({s.coded("injection drug use", s.named.injection_drug_use),
              any_of({s.present("psoas_sign"), crp_of_this_pain(s, s.limits.crp_late),
                      s.raised_temperature()})});
  const Reasons dependent = all_of(
      {s.coded("drug abuse or dependence", s.named.drug_dependence), s.night_or_rest_pain()});
  return all_of({s.new_pain(), injected.empty() ? dependent : injected});
}

Reasons explained_fever(const Signs& s) {  // MM01 (g)
  return is_fever_explained(s) ? all_of({s.new_pain(), s.common.fever}) : Reasons{};
}

Reasons marker_beside_implant(const Signs& s) {  // MM02
  const auto& implant = s.facts.implant;
  if (implant.is_early) {
    return {};
  }
  return all_of(
      {implant.pain, any_of({s.marker_above("crp", s.limits.crp_late, s.limits.marker_days),
                             s.marker_above("esr", s.limits.esr_late, s.limits.marker_days)})});
}

constexpr PromptPattern kPatterns[] = {
    {"MM01", raised_crp},
    {"MM01", raised_temperature_at_risk},
    {"MM01", white_cells_with_sign},
    {"MM01", very_high_white_cells, true},
    {"MM01", drug_use},
    {"MM01", explained_fever},
    {"MM02", marker_beside_implant},
};

}  // namespace

std::span<const PromptPattern> infection_prompts() {
  return kPatterns;
}

}  // namespace cdss::rules
