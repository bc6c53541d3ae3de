#pragma once

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/concepts.hpp"

namespace cdss::rules {

/// The concepts that rules in code look for, each by the name of its value set. What is looked for
/// by data alone (rows of a score, coded red flags) is not here.
struct NamedConcepts {
  ConceptId groin_pain = 0;
  ConceptId hip_pain = 0;
  ConceptId low_back_pain = 0;
  ConceptId thigh_pain = 0;
  ConceptId pelvic_pain = 0;
  ConceptId buttock_pain = 0;
  ConceptId leg_pain = 0;
  ConceptId knee_pain = 0;
  ConceptId limp = 0;
  ConceptId antalgic_gait = 0;
  ConceptId painful_gait = 0;
  ConceptId shuffling_gait = 0;
  ConceptId difficulty_walking = 0;
  ConceptId abnormal_gait = 0;
  ConceptId unable_to_weight_bear = 0;
  ConceptId sciatica = 0;
  ConceptId lumbar_radiculopathy = 0;
  ConceptId lumbar_disc_with_radiculopathy = 0;
  ConceptId fever = 0;
  ConceptId weight_loss = 0;
  ConceptId urinary_retention = 0;
  ConceptId faecal_incontinence = 0;
  ConceptId hip_effusion = 0;
  ConceptId joint_or_limb_swelling = 0;
  ConceptId intravenous_drug_use = 0;
  ConceptId immunosuppression = 0;
  ConceptId bleeding_disorder = 0;
  ConceptId anticoagulant_use = 0;
  ConceptId antiplatelet_use = 0;
  ConceptId femoral_nerve_lesion = 0;
  ConceptId abdominal_aortic_aneurysm = 0;
  ConceptId iliac_artery_aneurysm = 0;
  ConceptId ureteric_stone = 0;
  ConceptId activity_running = 0;
  ConceptId hip_flexor_strain = 0;
  ConceptId pregnancy = 0;
  ConceptId acute_kidney_injury = 0;
  ConceptId chronic_kidney_disease = 0;
  ConceptId ckd_stage_3 = 0;
  ConceptId ckd_stage_4_or_5 = 0;
  ConceptId peptic_ulcer = 0;
  ConceptId peptic_ulcer_history = 0;
  ConceptId gi_bleed = 0;
  ConceptId heart_failure = 0;
  ConceptId liver_disease = 0;
  ConceptId severe_liver_disease = 0;
  ConceptId alcohol_dependence = 0;
  ConceptId diabetes = 0;
  ConceptId nsaid_allergy = 0;
  ConceptId nsaid_asthma = 0;
  ConceptId systemic_steroid_use = 0;

  /// Errors: Errc::missing at `where` for a name of which the package has no value set.
  static Result<NamedConcepts> read(const Concepts& concepts, View where);
};

}  // namespace cdss::rules
