#pragma once

#include <utility>

#include "core/base/result.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/hip_replacement.hpp"
#include "plugins/rules/score_rules.hpp"
#include "plugins/rules/sides.hpp"
#include "plugins/sdk/plugin.hpp"

namespace cdss::psoas_likelihood {

/// The service `psoas-likelihood`: how far the recorded data point to psoas syndrome, as an ordinal
/// band with reasons. Constant once opened, Thread-safe. Clinical basis and limits: README.md.
class PsoasLikelihood {
 public:
  static constexpr const char* kId = "psoas-likelihood";
  static constexpr const char* kVersion = "0.1.0";

  static sdk::Declaration declaration();

  /// Reads the value sets and the score. Errors: those of Concepts::read, ScoreRules::read,
  /// SideReader::make and HipReplacementRules::make; Errc::missing without the score's file.
  static Result<PsoasLikelihood> open(const sdk::Setup& setup);

  /// A card when the band is possible or likely, or when a patient under 18 has regional pain; none
  /// for one who has died. No errors: what cannot be read is left out, and the card says so.
  Result<sdk::Answer> evaluate(const sdk::Request& request) const;

 private:
  PsoasLikelihood(rules::Concepts concepts, rules::ScoreRules score, rules::SideReader sides,
                  rules::HipReplacementRules hip)
      : concepts_{std::move(concepts)},
        score_{std::move(score)},
        sides_{sides},
        hip_{std::move(hip)} {}

  rules::Concepts concepts_;
  rules::ScoreRules score_;
  rules::SideReader sides_;
  rules::HipReplacementRules hip_;
};

}  // namespace cdss::psoas_likelihood
