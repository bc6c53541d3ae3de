#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/base/options.hpp"
#include "plugins/rules/knowledge/knowledge.hpp"
#include "plugins/rules/orders/order_rules.hpp"
#include "plugins/rules/orders/orders.hpp"
#include "plugins/sdk/plugin.hpp"
#include "plugins/treatment_escalation/assessment.hpp"
#include "plugins/treatment_escalation/suggestions.hpp"

namespace cdss::treatment_escalation {

/// What a site may set.
struct Options {
  std::string intent = "proposal";
  bool suggest_medicines = true;
};

/// The service `treatment-escalation`: the next step of treatment, what blocks it, and the orders
/// that go with it; on the order hooks, drafts that a rule speaks against. Constant once opened,
/// Thread-safe. Clinical basis and limits: README.md.
class TreatmentEscalation {
 public:
  static constexpr const char* kId = "treatment-escalation";
  static constexpr const char* kVersion = "0.1.0";

  static sdk::Declaration declaration();

  /// Reads the options and the knowledge. Errors: those of read_options,
  /// rules::Knowledge::read, OrderRules::read, Orders::read and read_exercises.
  static Result<TreatmentEscalation> open(const sdk::Setup& setup);

  /// On patient-view the step of treatment, or the red flags that suspend it; on the order hooks a
  /// card for each draft that something speaks against; none for one who has died. No errors: what
  /// cannot be read is left out, and the card says so.
  Result<sdk::Answer> evaluate(const sdk::Request& request) const;

 private:
  TreatmentEscalation(Options options, std::unique_ptr<const rules::Knowledge> knowledge,
                      rules::OrderRules rules, rules::Orders orders,
                      std::vector<std::string> exercises)
      : options_{std::move(options)},
        knowledge_{std::move(knowledge)},
        rules_{std::move(rules)},
        orders_{std::move(orders)},
        exercises_{std::move(exercises)} {}

  /// A card for each draft of the call that something speaks against.
  std::vector<hooks::Card> judge_drafts(const sdk::Request& request, const Assessment& assessment,
                                        const OrderContext& context) const;

  Options options_;
  std::unique_ptr<const rules::Knowledge> knowledge_;
  rules::OrderRules rules_;
  rules::Orders orders_;
  std::vector<std::string> exercises_;
};

}  // namespace cdss::treatment_escalation
