#include "plugins/rules/red_flags/red_flag_patterns.hpp"

namespace cdss::rules {
namespace {

/// More than fever: markers that alone, or with a raised temperature, fire RF01.
Reasons abscess_markers(const Signs& s) {
  const auto& limits = s.limits;
  if (s.facts.implant.is_early) {  // white cells and CRP are up after any operation
    return s.above("crp", limits.crp_early, limits.crp_days);
  }
  const bool counts_white_cells = !s.is_pregnant();  // raised in any pregnancy
  return any_of({s.above("crp", limits.crp_abscess, limits.crp_days),
                 counts_white_cells
                     ? all_of({s.white_cells(limits.wbc),
                               any_of({s.raised_temperature(),
                                       s.above("crp", limits.crp_late, limits.crp_days)})})
                     : Reasons{}});
}

Reasons abscess(const Signs& s) {  // RF01
  const Reasons markers = abscess_markers(s);
  const bool is_explained = markers.empty() && is_fever_explained(s);
  return all_of({s.new_pain(), any_of({is_explained ? Reasons{} : s.common.fever, markers})});
}

/// CRP of a joint more than 90 days after its operation.
Reasons late_prosthetic_markers(const Signs& s) {
  const auto& limits = s.limits;
  if (!s.facts.implant.may_be_late) {
    return {};
  }
  const Reasons crp = s.marker_above("crp", limits.crp_late, limits.crp_days);
  return any_of(
      {all_of({crp, s.marker_above("esr", limits.esr_late, limits.esr_days)}),
       s.marker_above("crp", limits.crp_abscess, limits.crp_days),
       all_of({crp,
               any_of({s.coded_within("bacteraemia", s.named.bacteraemia, limits.bacteraemia_days),
                       s.coded_within("sepsis", s.named.sepsis, limits.bacteraemia_days)})})});
}

Reasons prosthetic_infection(const Signs& s) {  // RF02
  const auto& limits = s.limits;
  const auto& implant = s.facts.implant;
  const Reasons early =
      implant.is_early ? s.marker_above("crp", limits.crp_early, limits.crp_days) : Reasons{};
  const Reasons painful =
      all_of({implant.pain, any_of({s.common.fever, late_prosthetic_markers(s), early})});
  const Reasons coded_wound =
      implant.is_early ? s.coded_within("wound problem", s.named.wound_problem, limits.wound_days)
                       : Reasons{};
  const Reasons early_fever = implant.is_early ? s.common.fever : Reasons{};
  const Reasons any_implant =
      all_of({implant.evidence, any_of({s.present("wound_problem"), coded_wound, early_fever})});
  return painful.empty() ? any_implant : painful;
}

/// A joint that the code does not name is taken for the hip that was replaced.
Reasons unnamed_prosthetic_infection(const Signs& s) {  // RF02
  return all_of(
      {s.facts.implant.evidence,
       s.coded_within("infection of a joint prosthesis",
                      s.named.prosthetic_joint_infection_unspecified, s.limits.acute_days)});
}

Reasons hip_or_groin_pain(const Signs& s) {
  return s.facts.pains.in(pain::kHip | pain::kGroin);
}

Reasons septic_arthritis(const Signs& s) {  // RF07
  return all_of(
      {s.common.fever, hip_or_groin_pain(s),
       any_of({s.unable_to_bear_weight(), s.coded("effusion of the hip", s.named.hip_effusion),
               s.present("log_roll_pain")})});
}

Reasons unnamed_septic_arthritis(const Signs& s) {  // RF07
  return all_of({s.coded_within("septic arthritis of a joint that is not named",
                                s.named.septic_arthritis_unspecified, s.limits.acute_days),
                 hip_or_groin_pain(s)});
}

Reasons spinal_infection(const Signs& s) {  // RF08
  return all_of({s.common.fever, s.facts.pains.fresh(pain::kLowBack),
                 any_of({s.coded("injection drug use", s.named.injection_drug_use),
                         s.coded("immunosuppression", s.named.immunosuppression),
                         s.coded("organ transplant", s.named.organ_transplant)})});
}

Reasons sepsis(const Signs& s) {  // RF17
  return all_of({s.common.fever,
                 s.facts.below("systolic_bp", s.limits.systolic, s.limits.systolic_days),
                 s.above("heart_rate", s.limits.pulse, s.limits.temperature_days)});
}

Reasons infected_stone(const Signs& s) {  // RF18
  return all_of({s.common.fever, any_of({s.coded("ureteric stone", s.named.ureteric_stone),
                                         s.coded("kidney stone", s.named.kidney_stone),
                                         s.facts.pains.in(pain::kFlank)})});
}

constexpr Pattern kPatterns[] = {
    {"RF01", abscess},
    {"RF02", prosthetic_infection},
    {"RF02", unnamed_prosthetic_infection, false},
    {"RF07", septic_arthritis},
    {"RF07", unnamed_septic_arthritis, false},
    {"RF08", spinal_infection},
    {"RF17", sepsis, false},
    {"RF18", infected_stone, false},
};

}  // namespace

std::span<const Pattern> infection_patterns() {
  return kPatterns;
}

bool is_fever_explained(const Signs& s) {
  const bool has_virus =
      !s.coded_within("influenza or COVID-19", s.named.influenza_or_covid, s.limits.influenza_days)
           .empty();
  return has_virus && s.above("crp", s.limits.crp_abscess, s.limits.crp_days).empty() &&
         s.present("psoas_sign").empty() && s.risk_of_infection(true).empty();
}

}  // namespace cdss::rules
