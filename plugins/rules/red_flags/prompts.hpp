#pragma once

#include <string_view>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/red_flags/prompt_rules.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"

namespace cdss::rules {

/// A prompt that fires, and on what.
struct Prompt {
  const PromptRow* row;    ///< borrowed from the rules
  Reasons reasons;         ///< never empty
  bool is_always = false;  ///< fires whatever the score, and makes a card by itself
};

/// The prompts of a record, the most urgent first, then in the order of their numbers.
struct Prompts {
  std::vector<Prompt> fired;

  bool any() const { return !fired.empty(); }
  bool has(std::string_view id) const;
  /// Does one of them make a card though the band is unlikely?
  bool has_always() const;
  /// Do all of them leave acetaminophen?
  bool leaves_acetaminophen() const;
};

/// What the prompts compare with. Borrowed.
struct PromptInput {
  const PromptRules& rules;
  const RedFlagLimits& limits;
  const Facts& facts;
  const RedFlags& red_flags;
  bool has_possible_score = false;  ///< the score, before any cap, reaches the band possible
};

/// Finds them: none for who has died, is not surely an adult, or has no pain. What is not known
/// fires nothing. Thread-safe. Source: plugins/rules/README.md, "Prompts".
Prompts find_prompts(const PromptInput& input);

}  // namespace cdss::rules
