#pragma once

#include <optional>
#include <string_view>

#include "plugins/rules/facts.hpp"
#include "plugins/rules/red_flags.hpp"

namespace cdss::rules {

/// The patterns of a record that fire a red flag though it is not coded. Borrows the facts.
///
/// Each gives the reasons when it holds, and nothing when it does not or is not known to.
class Patterns {
 public:
  explicit Patterns(const Facts& facts);

  /// Pain in the groin, hip, low back, thigh or pelvis.
  const Reasons& pain() const { return pain_; }

  /// The pattern of the red flag with that id; nothing for one without a pattern.
  Reasons of(std::string_view id) const;

  /// What is to be asked or thought of, once the red flags are known.
  void add_prompts(RedFlags& flags) const;

 private:
  Reasons abscess() const;               // RF01
  Reasons prosthetic_infection() const;  // RF02
  Reasons haematoma() const;             // RF03
  Reasons fracture() const;              // RF04
  Reasons cauda_equina() const;          // RF06
  Reasons septic_arthritis() const;      // RF07
  Reasons spinal_infection() const;      // RF08
  Reasons acute_abdomen() const;         // RF09
  Reasons aneurysm() const;              // RF10
  Reasons malignancy() const;            // RF11
  Reasons thrombosis() const;            // RF12
  Reasons gynaecological() const;        // RF15
  Reasons hip_of_childhood() const;      // RF16
  Reasons sepsis() const;                // RF17
  Reasons infected_stone() const;        // RF18

  struct Pattern;
  static const Pattern kPatterns[];

  /// Findings of a concept, confirmed or suspected.
  Reasons coded(std::string_view text, ConceptId id) const;
  /// Those of them that began or were recorded within so many days, or on a day that is not known.
  Reasons coded_within(std::string_view text, ConceptId id, int days) const;
  /// A result above its limit.
  Reasons above(std::string_view result, double limit) const;
  /// A local item that was found.
  Reasons present(std::string_view item) const;
  /// Haemoglobin fallen by the limit or more between the two newest values.
  Reasons falling_haemoglobin() const;
  Reasons sudden_onset() const;
  /// May the latest operation lie at most 90 days back.
  bool may_be_early() const;
  bool has_replacement() const { return facts_.hip.flag != ThaFlag::none; }
  Reasons replacement() const;

  const Facts& facts_;
  const NamedConcepts& named_;
  const RedFlagLimits& limits_;
  Reasons pain_;
  Reasons fever_;
};

}  // namespace cdss::rules
