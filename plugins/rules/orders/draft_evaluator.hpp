#pragma once

// For the .cpp files of this folder only.

#include <span>
#include <string_view>

#include "plugins/rules/orders/drafts.hpp"
#include "plugins/rules/orders/order_rules.hpp"
#include "plugins/rules/orders/patient_context.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// One draft held against the patient's context and the other drafts. Borrows all of it.
struct DraftEvaluator {
  const OrderRules& rules;
  const Concepts& concepts;
  const Draft& draft;
  std::span<const Draft> all;  ///< `draft` among them
  const PatientContext& patient;

  /// Is it what `draft` of a row names: a class of medicine, a kind of service in the region.
  bool is_drafted(std::string_view what) const;

  /// Is it a needle for a treatment, wherever it goes.
  bool is_injection() const {
    return draft.kind == DraftKind::injection || draft.kind == DraftKind::needle;
  }

  /// The NSAIDs of which the dosage allows more in a day than their ceiling:
  /// "ibuprofen 3,200 mg a day, ceiling 2,400 mg".
  Reasons over_ceilings() const;

  /// Does the condition of a row hold that is neither a red flag nor a rule of safety.
  bool holds(const ConflictRule& rule) const;

 private:
  bool has_taken(std::string_view medicine) const;
  bool is_in_region() const;
  bool is_for_region() const;
  bool is_outside_ladder(const ConflictRule& rule) const;
  bool is_psoas_meant() const;
  bool is_guided() const;
  bool is_drafted_twice() const;
  bool is_over_daily_dose(const ConflictRule& rule) const;
};

}  // namespace cdss::rules
