#include "fhir/drafts/write_medication_request.hpp"

#include "fhir/drafts/writing.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::fhir {
namespace {

constexpr std::string_view kReasonTypes[] = {"Condition", "Observation"};

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
  detail::write(out, "route", CodeableConcept{.codings = {}, .text = dosage.route});
  write_dose(out, dosage);
  out.object("maxDosePerPeriod", [&](json::Object& ratio) {
    ratio.object("numerator",
                 [&](json::Object& most) { write_quantity(most, dosage.most_mg_per_day, "mg"); });
    ratio.object("denominator", [&](json::Object& day) { write_quantity(day, 1, "d"); });
  });
}

}  // namespace

std::string write(const DraftMedicationRequest& draft) {
  return json::object([&](json::Object& out) {
    detail::write_head(out, "MedicationRequest", draft);
    detail::write(out, "medicationCodeableConcept", draft.medication);
    detail::write_context(out, draft, kReasonTypes);
    out.array("dosageInstruction", [&](json::Array& all) {
      all.object([&](json::Object& one) { write_dosage(one, draft.dosage); });
    });
  });
}

}  // namespace cdss::fhir
