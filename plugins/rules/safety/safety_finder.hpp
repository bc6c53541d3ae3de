#pragma once

// For the .cpp files of this folder only.

#include <initializer_list>
#include <optional>
#include <string_view>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"
#include "plugins/rules/safety/safety.hpp"

namespace cdss::rules {

/// What safety rules are found with, and where they go. Borrowed.
struct SafetyFinder {
  const SafetyRules& rules;
  const Facts& facts;
  const Medicines& medicines;
  const RedFlags& red_flags;
  Safety& safety;
  const NamedConcepts& named = facts.definitions.named;
  const SafetyLimits& limits = rules.limits;

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
  Reasons antiplatelets() const;
};

/// NS01 to NS13, AP02 to AP05, and what has to be known before an analgesic is suggested.
void find_analgesic_rules(SafetyFinder finder);

/// IJ01 to IJ12, and which markers of infection are not known.
void find_injection_rules(SafetyFinder finder);

}  // namespace cdss::rules
