#pragma once

#include <memory>
#include <utility>

#include "core/base/errors/result.hpp"
#include "plugins/rules/knowledge/knowledge.hpp"
#include "plugins/sdk/plugin.hpp"

namespace cdss::psoas_likelihood {

/// The service `psoas-likelihood`: how far the recorded data point to psoas syndrome, as an ordinal
/// band with reasons. Constant once opened, Thread-safe. Clinical basis and limits: README.md.
class PsoasLikelihood {
 public:
  static constexpr const char* kId = "psoas-likelihood";
  static constexpr const char* kVersion = "0.2.0";

  static sdk::Declaration declaration();

  /// Reads the knowledge of the package. Errors: those of rules::Knowledge::read.
  static Result<PsoasLikelihood> open(const sdk::Setup& setup);

  /// A card when the band is possible or likely, or when a patient under 18 has regional pain; none
  /// for one who has died. No errors: what cannot be read is left out, and the card says so.
  Result<sdk::Answer> evaluate(const sdk::Request& request) const;

 private:
  explicit PsoasLikelihood(std::unique_ptr<const rules::Knowledge> knowledge)
      : knowledge_{std::move(knowledge)} {}

  std::unique_ptr<const rules::Knowledge> knowledge_;
};

}  // namespace cdss::psoas_likelihood
