#include "plugins/treatment_escalation/suggestions.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/hooks/request/hooks.hpp"
#include "fhir/types/reference.hpp"

namespace cdss::treatment_escalation {
namespace {

/// Who may request an order. Source: HL7 FHIR R4, ServiceRequest.requester.
bool may_request(std::string_view type) {
  constexpr std::string_view kTypes[] = {"Practitioner",  "PractitionerRole", "Organization",
                                         "RelatedPerson", "Patient",          "Device"};
  return std::ranges::find(kTypes, type) != std::end(kTypes);
}

std::string requester_of(std::string_view user, std::string_view patient_id) {
  const auto reference = fhir::Reference::parse(user);
  const bool is_other_patient = reference.type == "Patient" && reference.id != patient_id;
  if (!hooks::is_reference(user) || !may_request(reference.type) || is_other_patient) {
    return {};
  }
  return std::string{user};
}

void fill(fhir::DraftOrder& draft, const rules::Order& order, const OrderContext& context) {
  draft.is_order = context.is_order;
  draft.priority = order.priority;
  draft.patient_id = context.patient_id;
  draft.encounter_id = context.encounter_id;
  draft.requester = context.requester;
  draft.authored_on = context.today;
  draft.reasons = context.reasons;
  draft.note = order.reason;
}

/// The order's code, with that of the side when only one side is meant and it has one.
fhir::CodeableConcept code_on(const rules::Order& order, rules::Sides sides) {
  auto code = order.code;
  if (sides.left != sides.right) {
    const auto& of_side = sides.left ? order.left : order.right;
    if (!of_side.code.empty()) {
      code.codings = {of_side};
    }
  }
  return code;
}

std::string_view body_site(rules::Sides sides) {
  if (sides.left && sides.right) {
    return "both hips";
  }
  return sides.left ? "left hip" : sides.right ? "right hip" : std::string_view{};
}

std::string resource(const rules::Order& order, const OrderContext& context) {
  if (order.is_medicine) {
    fhir::DraftMedicationRequest draft;
    fill(draft, order, context);
    draft.medication = order.code;
    draft.dosage = order.dose;
    return fhir::write(draft);
  }
  fhir::DraftServiceRequest draft;
  fill(draft, order, context);
  draft.code = code_on(order, context.sides);
  draft.category = order.category;
  draft.detail.text = order.detail;
  if (order.is_of_hip) {
    draft.body_site.text = body_site(context.sides);
  }
  return fhir::write(draft);
}

}  // namespace

OrderContext OrderContext::read(const sdk::Request& request, bool is_order) {
  OrderContext context;
  context.is_order = is_order;
  context.today = request.today();
  if (const auto given = request.context()) {
    context.patient_id = given->text_or_empty("patientId");
    const auto encounter = given->text_or_empty("encounterId");
    if (fhir::is_id(encounter)) {
      context.encounter_id = encounter;
    }
    context.requester = requester_of(given->text_or_empty("userId"), context.patient_id);
  }
  return context;
}

rules::DraftSources sources_of(const sdk::Request& request) {
  rules::DraftSources sources;
  const bool is_select = request.hook() == "order-select";
  const auto context = request.context();
  if (!context || !(is_select || request.hook() == "order-sign")) {
    return sources;
  }
  sources.drafts = context->find("draftOrders");
  sources.judges_selections_alone = is_select;
  sources.selections = context->find("selections");
  for (const auto* key : {"medications", "statements"}) {  // with what their searches include
    if (const auto found = request.key(key); found.value) {
      sources.known.push_back(*found.value);
    }
  }
  return sources;
}

hooks::Action create_action(const rules::Order& order, const OrderContext& context) {
  return {.type = hooks::ActionType::create,
          .description = "Draft: " + std::string{order.text},
          .resource = resource(order, context),
          .resource_id = {}};
}

hooks::Suggestion suggestion(const rules::Order& order, const OrderContext& context) {
  const rules::Order* const one[] = {&order};
  return suggestion(std::string{order.text}, one, context);
}

hooks::Suggestion suggestion(std::string label, std::span<const rules::Order* const> orders,
                             const OrderContext& context) {
  hooks::Suggestion made{.label = std::move(label), .is_recommended = false, .actions = {}};
  for (const rules::Order* order : orders) {
    made.actions.push_back(create_action(*order, context));
  }
  return made;
}

}  // namespace cdss::treatment_escalation
