#pragma once

// What several red flags and prompts ask for. For the .cpp files of this folder only.

#include <string_view>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"

namespace cdss::rules {

/// The signs of one record, each as the reasons it rests on, or nothing when it is not so or not
/// known to be. Borrows what it is made of.
struct Signs {
  const RedFlagLimits& limits;
  const Facts& facts;
  const RedFlags& common;  ///< pain, fever and pregnancy are set
  const NamedConcepts& named = facts.definitions.named;

  Reasons coded(std::string_view text, ConceptId id) const { return facts.coded(text, id); }
  Reasons coded_within(std::string_view text, ConceptId id, int days) const {
    return facts.coded_within(text, id, days);
  }
  /// Of a day that the record gives, from `from` to `to` days ago.
  Reasons dated_within(std::string_view text, ConceptId id, int from, int to) const;
  Reasons above(std::string_view result, double limit, int days) const {
    return facts.above(result, limit, days);
  }
  Reasons present(std::string_view item, int days = Facts::kAnyAge) const {
    return facts.present(item, days);
  }
  /// CRP, or ESR, of the joint as it is: not from before the latest operation.
  Reasons marker_above(std::string_view result, double limit, int days) const;

  Reasons new_pain() const { return facts.pains.fresh(pain::kRegional); }
  Reasons night_or_rest_pain() const;
  bool is_pregnant() const { return !common.pregnancy.empty(); }
  /// Not a man, of an age to be pregnant, and nothing coded that rules pregnancy out.
  bool may_be_pregnant() const;
  /// One of these, active for the whole body, or coded.
  Reasons steroid() const;
  /// What makes a deep infection likelier; `minor` too: diabetes, kidney disease and inflammatory
  /// bowel disease.
  Reasons risk_of_infection(bool minor) const;
  Reasons white_cells(double limit) const;
  Reasons raised_temperature() const;
  /// The item `onset` is sudden or acute.
  Reasons sudden_onset() const;
  /// That, or an onset in the record no longer ago than `days`.
  Reasons sudden_onset(std::uint16_t places, int days) const;
  Reasons bleeding_risk() const;
  Reasons altered_gait() const;
  Reasons unable_to_bear_weight() const;
  Reasons fall() const;
  /// Age, medicines or disease for which a fall breaks a bone.
  Reasons fragile_bone() const;
  /// What points to a fracture on examination.
  Reasons fracture_signs() const;
  Reasons spine_pain() const { return facts.pains.in(pain::kSpine); }
  /// Retention or incontinence that has a cause of its own.
  Reasons sphincter_cause() const { return coded("known cause", named.sphincter_cause); }
  Reasons swollen_leg() const;
  Reasons aneurysm() const;
  Reasons malignancy() const;
  Reasons hernia() const;
  /// Wear of the hip prosthesis, of whatever kind.
  Reasons implant_wear() const;
  /// Loosening, dislocation or breakage that is coded as aftercare (D).
  Reasons failure_in_aftercare() const;
};

}  // namespace cdss::rules
