// Another patient in what is drafted or booked, and in the token of a call.

#include "tests/hostile/patients/shapes.hpp"

namespace cdss::hostile {
namespace {

std::string drafts(const std::string& bundle) {
  return R"(, "draftOrders": )" + bundle;
}

Shape order(std::string what, const std::string& context, std::string where,
            std::string hook = "order-sign") {
  const bool selects = hook == "order-select";
  return {.what = std::move(what),
          .prefetch = with_failing_kidneys(),
          .where = std::move(where),
          .hook = std::move(hook),
          .context = (selects ? R"(, "selections": ["MedicationRequest/m"])" : "") + context};
}

Shape booking(std::string what, const std::string& appointment, std::string where) {
  return {.what = std::move(what),
          .prefetch = with_procedures(bundle_of({hip_replacement(subject_of("Patient/own-1"))})),
          .where = std::move(where),
          .hook = "appointment-book",
          .context = R"(, "appointments": )" + bundle_of({appointment})};
}

Shape token(std::string what, const std::string& patient) {
  return {.what = std::move(what),
          .prefetch = with_procedures(bundle_of({hip_replacement(subject_of("Patient/own-1"))})),
          .where = "fhirAuthorization.patient",
          .call = R"(, "fhirServer": "https://ehr.example/fhir", "fhirAuthorization": {
              "access_token": "t", "token_type": "Bearer", "expires_in": 300,
              "scope": "patient/*.read", "subject": "cds", "patient": ")" +
                  patient + "\"}"};
}

}  // namespace

std::vector<Shape> foreign_contexts() {
  const std::string own = ibuprofen(subject_of("Patient/own-1"));
  const std::string foreign = ibuprofen(subject_of("Patient/foreign-7"));
  const std::string actor = R"({"actor": )" + reference_to("Patient/foreign-7") + "}";
  return {
      order("a draft", drafts(bundle_of({foreign})),
            "context.draftOrders.entry[0].resource.subject"),
      order("a draft that is selected", drafts(bundle_of({foreign})),
            "context.draftOrders.entry[0].resource.subject", "order-select"),
      order("a draft that is not selected",
            drafts(bundle_of({own, R"({"resourceType": "ServiceRequest", "id": "s")" +
                                       subject_of("Patient/foreign-7") + "}"})),
            "context.draftOrders.entry[1].resource.subject", "order-select"),
      order("a draft by an absolute address",
            drafts(bundle_of({ibuprofen(subject_of("https://ehr.example/Patient/foreign-7"))})),
            "context.draftOrders.entry[0].resource.subject"),
      order("a draft of an earlier version",
            drafts(bundle_of({own, R"({"resourceType": "MedicationOrder", "patient": )" +
                                       reference_to("Patient/foreign-7") + "}"})),
            "context.draftOrders.entry[1].resource.patient"),
      order("a meal",
            drafts(bundle_of({own, R"({"resourceType": "NutritionOrder", "patient": )" +
                                       reference_to("Patient/foreign-7") + "}"})),
            "context.draftOrders.entry[1].resource.patient"),
      order("a Patient among the drafts",
            drafts(bundle_of({own, R"({"resourceType": "Patient", "id": "foreign-7"})"})),
            "context.draftOrders.entry[1].resource"),
      order("a Bundle among the drafts", drafts(bundle_of({own, bundle_of({foreign})})),
            "context.draftOrders.entry[1].resource.entry[0].resource.subject"),
      order("contained in a draft",
            drafts(bundle_of(
                {ibuprofen(subject_of("Patient/own-1") + R"(, "contained": [)" + foreign + "]")})),
            "context.draftOrders.entry[0].resource.contained[0].subject"),
      order("a field that the hook does not know",
            drafts(bundle_of({own})) + R"(, "medications": )" + bundle_of({foreign}),
            "context.medications.entry[0].resource.subject"),
      order("a list of resources that the hook does not know",
            drafts(bundle_of({own})) + R"(, "orders": [)" + foreign + "]",
            "context.orders[0].subject"),
      order("a resource in an object that is none",
            drafts(bundle_of({own})) + R"(, "order": {"resource": )" + foreign + "}",
            "context.order.resource.subject"),
      booking("booked for another",
              R"({"resourceType": "Appointment", "participant": [)" + actor + "]}",
              "context.appointments.entry[0].resource.participant[0].actor"),
      booking("booked for both",
              R"({"resourceType": "Appointment", "participant": [{"actor": )" +
                  reference_to("Patient/own-1") + "}, " + actor + "]}",
              "context.appointments.entry[0].resource.participant[1].actor"),
      booking("booked without a list",
              R"({"resourceType": "Appointment", "participant": )" + actor + "}",
              "context.appointments.entry[0].resource.participant.actor"),
      booking("a list of those who come",
              R"({"resourceType": "Appointment", "participant": [{"actor": [)" +
                  reference_to("Patient/foreign-7") + "]}]}",
              "context.appointments.entry[0].resource.participant[0].actor[0]"),
      token("a token for another patient", "foreign-7"),
      token("a token whose patient differs by case", "OWN-1"),
  };
}

}  // namespace cdss::hostile
