#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/hooks/card/card.hpp"
#include "fhir/drafts/draft_order.hpp"
#include "plugins/rules/orders/drafts.hpp"
#include "plugins/rules/orders/orders.hpp"
#include "plugins/rules/terminology/sides.hpp"
#include "plugins/sdk/request.hpp"

namespace cdss::treatment_escalation {

/// For whom, by whom, when and why something is ordered. Owns its texts but those of the reasons.
struct OrderContext {
  bool is_order = false;  ///< intent `order`; else `proposal`
  std::string patient_id;
  std::string encounter_id;  ///< empty when the call names none
  std::string requester;     ///< "Practitioner/1"; empty when the call names none that may order
  std::chrono::sys_days today;
  std::vector<fhir::OrderReason> reasons;  ///< borrowed texts: they must outlive the suggestions
  rules::Sides sides;                      ///< of the pain; neither when it is not known

  /// From the call's context: patient, encounter and user. A user who is a patient other than the
  /// one of the call is left out, as is any type that R4 does not allow to request.
  static OrderContext read(const sdk::Request& request, bool is_order);
};

/// Where the drafts of an order-select or order-sign call stand, those that are selected alone to
/// be judged with the former; nowhere with another hook.
rules::DraftSources sources_of(const sdk::Request& request);

/// Creates a draft of that order. The resource is HL7 FHIR R4 and passes hooks::check_action for
/// the patient of the context.
hooks::Action create_action(const rules::Order& order, const OrderContext& context);

/// One order to choose, with its own text as the label.
hooks::Suggestion suggestion(const rules::Order& order, const OrderContext& context);

/// Several orders under one label; choosing it creates all of them.
hooks::Suggestion suggestion(std::string label, std::span<const rules::Order* const> orders,
                             const OrderContext& context);

}  // namespace cdss::treatment_escalation
