#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/likelihood/score_rules.hpp"
#include "plugins/rules/red_flags/prompts.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"

namespace cdss::rules {

/// One thing that holds a likely band at possible.
struct Cap {
  std::string_view id;     ///< "RF01", "MM04", "CX01", "GX01"; borrowed from the rules
  std::string_view text;   ///< in words
  Reasons reasons;         ///< of CX and GX01; a red flag and a prompt have their own
  bool is_always = false;  ///< told whatever the band
};

/// What caps look at. Borrowed.
struct CapInput {
  const ScoreRules& rules;
  const RedFlagLimits& limits;
  const Facts& facts;
  const RedFlags& red_flags;
  const Prompts& prompts;
};

/// Every red flag, every prompt, and another cause that is coded (CX) or, beside an implant, not
/// excluded (GX01); sorted by id. Thread-safe.
/// Source: plugins/psoas_likelihood/README.md, "Caps".
std::vector<Cap> find_caps(const CapInput& input);

/// GX01: pain beside an implant whose infection or failure is not excluded; what is open in words,
/// or nothing. Thread-safe.
Reasons open_implant(const RedFlagLimits& limits, const Facts& facts);

}  // namespace cdss::rules
