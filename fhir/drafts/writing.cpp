#include "fhir/drafts/writing.hpp"

#include <algorithm>
#include <string>

#include "core/base/date_time.hpp"
#include "fhir/types/reference.hpp"

namespace cdss::fhir::detail {
namespace {

std::string_view to_string(RequestPriority priority) {
  switch (priority) {
    case RequestPriority::routine:
      return "routine";
    case RequestPriority::urgent:
      return "urgent";
    case RequestPriority::asap:
      return "asap";
    case RequestPriority::stat:
      return "stat";
  }
  return {};
}

void write_members(json::Object& out, const CodeableConcept& value) {
  out.array("coding", [&](json::Array& codings) {
    for (const auto& coding : value.codings) {
      codings.object([&](json::Object& one) {
        one.string("system", coding.system);
        one.string("code", coding.code);
        one.string("display", coding.display);
      });
    }
  });
  out.string("text", value.text);
}

bool may_be_referred_to(const OrderReason& reason, std::span<const std::string_view> types) {
  return !reason.reference.empty() &&
         std::ranges::find(types, Reference::parse(reason.reference).type) != types.end();
}

}  // namespace

void write(json::Object& out, std::string_view name, const CodeableConcept& value) {
  out.object(name, [&](json::Object& object) { write_members(object, value); });
}

void write_one(json::Object& out, std::string_view name, const CodeableConcept& value) {
  out.array(name, [&](json::Array& array) {
    array.object([&](json::Object& object) { write_members(object, value); });
  });
}

void write_reference(json::Object& out, std::string_view name, std::string_view text) {
  out.object(name, [&](json::Object& reference) { reference.string("reference", text); });
}

void write_head(json::Object& out, std::string_view type, const DraftOrder& order) {
  out.string("resourceType", type);
  out.string("status", "draft");
  out.string("intent", order.is_order ? "order" : "proposal");
  out.string("priority", to_string(order.priority));
}

void write_context(json::Object& out, const DraftOrder& order,
                   std::span<const std::string_view> reason_types) {
  write_reference(out, "subject", "Patient/" + std::string{order.patient_id});
  if (!order.encounter_id.empty()) {
    write_reference(out, "encounter", "Encounter/" + std::string{order.encounter_id});
  }
  out.string("authoredOn", iso_date(order.authored_on));
  write_reference(out, "requester", order.requester);
  out.array("reasonCode", [&](json::Array& reasons) {
    for (const auto& reason : order.reasons) {
      reasons.object([&](json::Object& one) { write_members(one, reason.codeable_concept); });
    }
  });
  out.array("reasonReference", [&](json::Array& reasons) {
    for (const auto& reason : order.reasons) {
      if (may_be_referred_to(reason, reason_types)) {
        reasons.object([&](json::Object& one) { one.string("reference", reason.reference); });
      }
    }
  });
  if (!order.note.empty()) {
    out.array("note", [&](json::Array& notes) {
      notes.object([&](json::Object& note) { note.string("text", order.note); });
    });
  }
}

}  // namespace cdss::fhir::detail
