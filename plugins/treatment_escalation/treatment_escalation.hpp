#pragma once

#include <span>
#include <string>
#include <utility>

#include "core/base/options.hpp"
#include "core/base/result.hpp"
#include "plugins/sdk/plugin.hpp"
#include "plugins/treatment_escalation/orders.hpp"

namespace cdss::treatment_escalation {

/// What a site may set.
struct Options {
  std::string intent = "proposal";
  bool suggest_medicines = true;
};

/// The rows of Options.
std::span<const Option<Options>> option_rows();

/// The service `treatment-escalation`: the next step of treatment, what blocks it, and the orders
/// that go with it; on the order hooks, drafts that a rule speaks against. Constant once opened,
/// Thread-safe. Clinical basis and limits: README.md.
class TreatmentEscalation {
 public:
  static constexpr const char* kId = "treatment-escalation";
  static constexpr const char* kVersion = "0.1.0";

  static sdk::Declaration declaration();

  /// Reads the options and the knowledge. Errors: those of read_options and Orders::read.
  static Result<TreatmentEscalation> open(const sdk::Setup& setup);

  /// No errors: what cannot be read is left out, and the card says so.
  Result<sdk::Answer> evaluate(const sdk::Request& request) const;

 private:
  TreatmentEscalation(Options options, Orders orders)
      : options_{std::move(options)}, orders_{std::move(orders)} {}

  Options options_;
  Orders orders_;
};

}  // namespace cdss::treatment_escalation
