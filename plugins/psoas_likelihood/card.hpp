#pragma once

#include "core/hooks/card.hpp"
#include "plugins/rules/likelihood.hpp"
#include "plugins/rules/score_rules.hpp"
#include "plugins/sdk/gaps.hpp"

namespace cdss::psoas_likelihood {

/// The card for band possible or likely.
hooks::Card band_card(const rules::ScoreRules& rules, const rules::Likelihood& likelihood,
                      const sdk::Gaps& gaps);

/// The card for a patient who is, or may be, under 18 and has regional pain.
///
/// @param is_surely_minor  false when a birth date that stops at the year or month leaves it open.
hooks::Card paediatric_card(bool is_surely_minor);

}  // namespace cdss::psoas_likelihood
