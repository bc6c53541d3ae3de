#include "fhir/drafts/draft_order.hpp"

#include <algorithm>
#include <span>

#include "core/base/date_time.hpp"
#include "core/json/json_writer.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::fhir {
namespace {

std::string_view to_string(RequestPriority priority) {
  constexpr std::string_view kPriorities[] = {"routine", "urgent", "stat"};
  return kPriorities[static_cast<std::size_t>(priority)];
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

/// A CodeableConcept; nothing when it is empty.
void write(json::Object& out, std::string_view name, const CodeableConcept& value) {
  out.object(name, [&](json::Object& object) { write_members(object, value); });
}

/// The same as the only element of an array.
void write_one(json::Object& out, std::string_view name, const CodeableConcept& value) {
  out.array(name, [&](json::Array& array) {
    array.object([&](json::Object& object) { write_members(object, value); });
  });
}

/// `name` as a Reference with that text; nothing when it is empty.
void write_reference(json::Object& out, std::string_view name, std::string_view text) {
  out.object(name, [&](json::Object& reference) { reference.string("reference", text); });
}

/// resourceType, status, intent and priority.
void write_head(json::Object& out, std::string_view type, const DraftOrder& order) {
  out.string("resourceType", type);
  out.string("status", "draft");
  out.string("intent", order.is_order ? "order" : "proposal");
  out.string("priority", to_string(order.priority));
}

/// subject, encounter, authoredOn, requester, reasonCode, reasonReference and note.
///
/// @param reason_types  the types that reasonReference may point to.
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

/// Writes the members of a Quantity with a UCUM unit.
void write_quantity(json::Object& out, std::int64_t value, std::string_view unit) {
  out.integer("value", value);
  out.string("unit", unit);
  out.string("system", kUcum);
  out.string("code", unit);
}

void write_timing(json::Object& out, const DraftDosage& dosage) {
  out.object("timing", [&](json::Object& timing) {
    timing.object("repeat", [&](json::Object& repeat) {
      if (dosage.most_days > 0) {
        repeat.object("boundsDuration",
                      [&](json::Object& bound) { write_quantity(bound, dosage.most_days, "d"); });
      }
      repeat.integer("frequency", 1);
      repeat.integer("period", dosage.least_hours);
      if (dosage.most_hours > dosage.least_hours) {
        repeat.integer("periodMax", dosage.most_hours);
      }
      repeat.string("periodUnit", "h");
    });
  });
}

void write_dose(json::Object& out, const DraftDosage& dosage) {
  out.array("doseAndRate", [&](json::Array& all) {
    all.object([&](json::Object& dose) {
      if (dosage.least_mg == dosage.most_mg) {
        dose.object("doseQuantity",
                    [&](json::Object& one) { write_quantity(one, dosage.most_mg, "mg"); });
        return;
      }
      dose.object("doseRange", [&](json::Object& range) {
        range.object("low", [&](json::Object& low) { write_quantity(low, dosage.least_mg, "mg"); });
        range.object("high",
                     [&](json::Object& high) { write_quantity(high, dosage.most_mg, "mg"); });
      });
    });
  });
}

void write_dosage(json::Object& out, const DraftDosage& dosage) {
  out.string("text", dosage.text);
  write_timing(out, dosage);
  out.boolean("asNeededBoolean", true);
  write(out, "route", dosage.route);
  write_dose(out, dosage);
  out.object("maxDosePerPeriod", [&](json::Object& ratio) {
    ratio.object("numerator",
                 [&](json::Object& most) { write_quantity(most, dosage.most_mg_per_day, "mg"); });
    ratio.object("denominator", [&](json::Object& day) { write_quantity(day, 1, "d"); });
  });
}

}  // namespace

std::string write(const DraftMedicationRequest& draft) {
  constexpr std::string_view kReasonTypes[] = {"Condition", "Observation"};
  return json::object([&](json::Object& out) {
    write_head(out, "MedicationRequest", draft);
    write(out, "medicationCodeableConcept", draft.medication);
    write_context(out, draft, kReasonTypes);
    out.array("dosageInstruction", [&](json::Array& all) {
      all.object([&](json::Object& one) { write_dosage(one, draft.dosage); });
    });
  });
}

std::string write(const DraftServiceRequest& draft) {
  constexpr std::string_view kReasonTypes[] = {"Condition", "Observation", "DiagnosticReport",
                                               "DocumentReference"};
  return json::object([&](json::Object& out) {
    write_head(out, "ServiceRequest", draft);
    write_one(out, "category", draft.category);
    write(out, "code", draft.code);
    write_one(out, "orderDetail", draft.detail);
    write_one(out, "bodySite", draft.body_site);
    write_context(out, draft, kReasonTypes);
  });
}

}  // namespace cdss::fhir
