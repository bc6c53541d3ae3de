#pragma once

// How the safety rules are found. For the .cpp files of this folder only.

#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "plugins/rules/facts.hpp"
#include "plugins/rules/reason.hpp"
#include "plugins/rules/red_flags.hpp"
#include "plugins/rules/safety.hpp"

namespace cdss::rules {

/// The safety rules of one record: those of each treatment in a file of their own.
class SafetyFinder {
 public:
  /// Borrows both.
  SafetyFinder(const Facts& facts, const RedFlags& red_flags);

  void find_for_nsaid();          ///< NS01 to NS13
  void find_for_acetaminophen();  ///< AP02 to AP05
  void find_for_injection();      ///< IJ01 to IJ12

  /// What has been found, in the order of the rows.
  Safety finish();

 private:
  struct Coded {
    std::string_view text;  ///< in words
    ConceptId id;
  };

  /// The rule holds when there is a reason; with the effect of its row unless told otherwise.
  void add(std::string_view id, Reasons reasons, std::optional<Effect> effect = {});

  /// Conditions that are active: confirmed or only suspected.
  Reasons coded(std::initializer_list<Coded> conditions) const;
  Reasons taken(std::string_view medicine_class) const;
  Reasons allergic_to(std::string_view medicine_class) const;
  /// The newest result when it is surely so.
  Reasons above(std::string_view result, double limit) const;
  Reasons below(std::string_view result, double limit) const;
  /// The red flags of these that have fired.
  Reasons fired(std::initializer_list<std::string_view> ids) const;
  /// A quantity of the examination form.
  Reasons item(std::string_view id, const ItemAnswer& answer) const;
  Reasons kidney_disease() const;
  Reasons antiplatelets() const;

  void find_kidney_rules();
  void find_pregnancy_rules();
  void find_infection();
  void find_timing();

  /// What every medicine needs known, and what an NSAID needs besides.
  std::vector<std::string_view> unknown_for_medicine() const;
  std::vector<std::string_view> unknown_for_nsaid() const;
  bool is_egfr_needed() const;
  bool is_egfr_known() const;
  bool is_pregnancy_needed() const;
  bool is_pregnancy_known() const;

  const Facts& facts_;
  const RedFlags& red_flags_;
  const NamedConcepts& named_;
  const SafetyRules& rules_;
  const SafetyLimits& limits_;
  std::vector<SafetyFinding> found_;
};

}  // namespace cdss::rules
