#pragma once

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/terminology/concepts.hpp"

// Each name stands once: it is that of a member, and of its value set.
// clang-format off
#define CDSS_NAMED_CONCEPTS(X) \
  X(groin_pain) X(hip_pain) X(low_back_pain) X(thigh_pain) X(pelvic_pain) X(buttock_pain) \
  X(leg_pain) X(knee_pain) X(limp) X(antalgic_gait) X(painful_gait) X(shuffling_gait) \
  X(difficulty_walking) X(abnormal_gait) X(unable_to_weight_bear) X(sciatica) \
  X(lumbar_radiculopathy) X(lumbar_disc_with_radiculopathy) X(fever) X(weight_loss) \
  X(urinary_retention) X(urinary_incontinence) X(faecal_incontinence) X(sphincter_cause) \
  X(hip_effusion) X(limb_swelling) X(hip_mass_or_groin_mass) X(fall_or_injury) X(wound_problem) \
  X(bacteraemia) X(sepsis) X(prosthetic_joint_failure_unspecified) X(prosthetic_hip_breakage) \
  X(prosthetic_hip_loosening) X(prosthetic_hip_dislocation) X(prosthetic_hip_wear_osteolysis) \
  X(other_mechanical_complication_hip) X(aftercare_joint_replacement) X(malignancy) \
  X(malignancy_history) X(inflammatory_bowel) X(crohns_disease) X(sickle_cell_disease) X(lupus) \
  X(hiv) X(influenza_or_covid) X(no_pregnancy_possible) X(ovaries_removed) X(bisphosphonate_use) \
  X(drug_dependence) X(kidney_stone) X(inguinal_hernia) X(femoral_hernia) X(osteoporosis) \
  X(osteonecrosis_hip) X(pulsatile_abdominal_mass) X(abdominal_guarding) \
  X(leg_length_inequality) X(lower_quadrant_pain) X(flank_pain) X(activity_dancing) \
  X(activity_gymnastics) X(activity_track_field) X(activity_soccer) X(activity_basketball) \
  X(dancer_occupation) \
  X(injection_drug_use) X(immunosuppression) X(bleeding_disorder) X(thrombocytopenia) X(anticoagulant_use) \
  X(antiplatelet_use) X(femoral_nerve_lesion) X(abdominal_aortic_aneurysm) \
  X(iliac_artery_aneurysm) X(ureteric_stone) X(activity_running) X(hip_flexor_strain) X(pelvic_muscle_strain) \
  X(pregnancy) X(acute_kidney_injury) X(chronic_kidney_disease) X(ckd_stage_3) \
  X(ckd_stage_4_or_5) X(peptic_ulcer) X(peptic_ulcer_history) X(gi_bleed) X(heart_failure) \
  X(liver_disease) X(severe_liver_disease) X(alcohol_use_disorder) X(diabetes) X(nsaid_allergy) \
  X(nsaid_asthma) X(systemic_steroid_use) X(prosthetic_joint_infection_unspecified) \
  X(septic_arthritis_unspecified) X(alcohol_in_remission) X(hypertension) \
  X(organ_transplant) X(vascular_event) X(vascular_history)
// clang-format on

namespace cdss::rules {

/// The concepts that rules in code look for, each by the name of its value set. What is looked for
/// by data alone (rows of a score, coded red flags) is not here.
struct NamedConcepts {
#define CDSS_MEMBER(name) ConceptId name = 0;
  CDSS_NAMED_CONCEPTS(CDSS_MEMBER)
#undef CDSS_MEMBER

  /// Errors: Errc::missing at `where` for a name of which the package has no value set.
  static Result<NamedConcepts> read(const Concepts& concepts, View where) {
    NamedConcepts named;
#define CDSS_READ(name) CDSS_TRY(named.name, concepts.require(#name, where));
    CDSS_NAMED_CONCEPTS(CDSS_READ)
#undef CDSS_READ
    return named;
  }
};

}  // namespace cdss::rules
