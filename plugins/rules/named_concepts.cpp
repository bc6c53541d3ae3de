#include "plugins/rules/named_concepts.hpp"

#include <string_view>

namespace cdss::rules {
namespace {

constexpr struct {
  std::string_view name;
  ConceptId NamedConcepts::*member;
} kNamed[] = {
    {"groin_pain", &NamedConcepts::groin_pain},
    {"hip_pain", &NamedConcepts::hip_pain},
    {"low_back_pain", &NamedConcepts::low_back_pain},
    {"thigh_pain", &NamedConcepts::thigh_pain},
    {"pelvic_pain", &NamedConcepts::pelvic_pain},
    {"buttock_pain", &NamedConcepts::buttock_pain},
    {"leg_pain", &NamedConcepts::leg_pain},
    {"knee_pain", &NamedConcepts::knee_pain},
    {"limp", &NamedConcepts::limp},
    {"antalgic_gait", &NamedConcepts::antalgic_gait},
    {"painful_gait", &NamedConcepts::painful_gait},
    {"shuffling_gait", &NamedConcepts::shuffling_gait},
    {"difficulty_walking", &NamedConcepts::difficulty_walking},
    {"abnormal_gait", &NamedConcepts::abnormal_gait},
    {"unable_to_weight_bear", &NamedConcepts::unable_to_weight_bear},
    {"sciatica", &NamedConcepts::sciatica},
    {"lumbar_radiculopathy", &NamedConcepts::lumbar_radiculopathy},
    {"lumbar_disc_with_radiculopathy", &NamedConcepts::lumbar_disc_with_radiculopathy},
    {"fever", &NamedConcepts::fever},
    {"weight_loss", &NamedConcepts::weight_loss},
    {"urinary_retention", &NamedConcepts::urinary_retention},
    {"faecal_incontinence", &NamedConcepts::faecal_incontinence},
    {"hip_effusion", &NamedConcepts::hip_effusion},
    {"joint_or_limb_swelling", &NamedConcepts::joint_or_limb_swelling},
    {"intravenous_drug_use", &NamedConcepts::intravenous_drug_use},
    {"immunosuppression", &NamedConcepts::immunosuppression},
    {"bleeding_disorder", &NamedConcepts::bleeding_disorder},
    {"anticoagulant_use", &NamedConcepts::anticoagulant_use},
    {"antiplatelet_use", &NamedConcepts::antiplatelet_use},
    {"femoral_nerve_lesion", &NamedConcepts::femoral_nerve_lesion},
    {"abdominal_aortic_aneurysm", &NamedConcepts::abdominal_aortic_aneurysm},
    {"iliac_artery_aneurysm", &NamedConcepts::iliac_artery_aneurysm},
    {"ureteric_stone", &NamedConcepts::ureteric_stone},
    {"activity_running", &NamedConcepts::activity_running},
    {"hip_flexor_strain", &NamedConcepts::hip_flexor_strain},
    {"pregnancy", &NamedConcepts::pregnancy},
    {"acute_kidney_injury", &NamedConcepts::acute_kidney_injury},
    {"chronic_kidney_disease", &NamedConcepts::chronic_kidney_disease},
    {"ckd_stage_3", &NamedConcepts::ckd_stage_3},
    {"ckd_stage_4_or_5", &NamedConcepts::ckd_stage_4_or_5},
    {"peptic_ulcer", &NamedConcepts::peptic_ulcer},
    {"peptic_ulcer_history", &NamedConcepts::peptic_ulcer_history},
    {"gi_bleed", &NamedConcepts::gi_bleed},
    {"heart_failure", &NamedConcepts::heart_failure},
    {"liver_disease", &NamedConcepts::liver_disease},
    {"severe_liver_disease", &NamedConcepts::severe_liver_disease},
    {"alcohol_dependence", &NamedConcepts::alcohol_dependence},
    {"diabetes", &NamedConcepts::diabetes},
    {"nsaid_allergy", &NamedConcepts::nsaid_allergy},
    {"nsaid_asthma", &NamedConcepts::nsaid_asthma},
    {"systemic_steroid_use", &NamedConcepts::systemic_steroid_use},
};

}  // namespace

Result<NamedConcepts> NamedConcepts::read(const Concepts& concepts, View where) {
  NamedConcepts named;
  for (const auto& [name, member] : kNamed) {
    CDSS_TRY(named.*member, concepts.require(name, where));
  }
  return named;
}

}  // namespace cdss::rules
