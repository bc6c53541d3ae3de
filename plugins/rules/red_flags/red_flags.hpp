#pragma once

#include <string_view>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/red_flags/red_flag_rules.hpp"

namespace cdss::rules {

/// A red flag that fires, and on what.
struct RedFlag {
  const RedFlagRow* row;  ///< borrowed from the rules
  Reasons reasons;        ///< never empty
  bool is_coded = false;  ///< it stands in the record as a diagnosis
};

/// Something to ask about or to consider that is no red flag by itself.
struct Prompt {
  std::string_view id;  ///< "anticoagulant-onset-unknown"; its text is "prompt.<id>" of Texts
  Reasons reasons;
};

/// The red flags of a record, complete and in the order of their numbers.
struct RedFlags {
  std::vector<RedFlag> fired;
  std::vector<Prompt> prompts;
  /// After a hip replacement one marker alone is raised, so that an infection is neither shown nor
  /// excluded. There is a prompt for it too. Cards say so; no rule reads it.
  bool is_infection_open = false;
  /// Pain that lets a red flag make a card: groin, hip, low back, thigh or pelvis.
  Reasons pain;
  /// Measured, or coded within 30 days. Other rules ask for it.
  Reasons fever;
  /// Pregnant today: coded within 300 days, or the newest pregnancy status says so.
  Reasons pregnancy;

  bool any() const { return !fired.empty(); }
  bool has(std::string_view id) const;
};

/// Finds them. What is not known fires nothing and clears nothing. Thread-safe.
/// Source: plugins/rules/README.md, "Red flags".
RedFlags find_red_flags(const RedFlagRules& rules, const Facts& facts);

/// An anticoagulant: one of these medicines, or coded.
Reasons anticoagulants_of(const Facts& facts, const Medicines& medicines);

}  // namespace cdss::rules
