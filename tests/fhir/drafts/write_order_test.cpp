#include <chrono>

#include <gtest/gtest.h>

#include "fhir/drafts/draft_order.hpp"
#include "fhir/resources/medication_request.hpp"
#include "tests/fhir/codings.hpp"
#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

constexpr std::chrono::sys_days kToday =
    std::chrono::sys_days{std::chrono::year{2026} / std::chrono::November / 2};

template <class Draft>
Draft draft() {
  Draft order;
  order.patient_id = "p1";
  order.authored_on = kToday;
  return order;
}

DraftDosage dosage() {
  return {.text = "200 to 400 mg",
          .route = {.codings = {}, .text = "by mouth"},
          .least_mg = 200,
          .most_mg = 400,
          .least_hours = 6,
          .most_hours = 8,
          .most_mg_per_day = 1200,
          .most_days = 14};
}

TEST(WriteServiceRequest, WritesAllThatItIsGiven) {
  auto order = draft<DraftServiceRequest>();
  order.is_order = true;
  order.priority = RequestPriority::urgent;
  order.encounter_id = "e1";
  order.requester = "Practitioner/9";
  order.code = {.codings = {loinc("36013-1")}, .text = "MRI of the hip"};
  order.category.text = "Imaging";
  order.detail.text = "metal artifact reduction";
  order.body_site.text = "left hip";
  order.reasons = {{.reference = "Condition/a1",
                    .codeable_concept = {.codings = {snomed("102570003")}, .text = "groin pain"}},
                   {.reference = "QuestionnaireResponse/q", .codeable_concept = {}}};
  order.note = "Why \"so\"";
  EXPECT_EQ(
      write(order),
      R"({"resourceType":"ServiceRequest","status":"draft","intent":"order","priority":"urgent",)"
      R"("category":[{"text":"Imaging"}],)"
      R"("code":{"coding":[{"system":"http://loinc.org","code":"36013-1"}],"text":"MRI of the hip"},)"
      R"("orderDetail":[{"text":"metal artifact reduction"}],"bodySite":[{"text":"left hip"}],)"
      R"("subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e1"},)"
      R"("authoredOn":"2026-11-02","requester":{"reference":"Practitioner/9"},)"
      R"("reasonCode":[{"coding":[{"system":"http://snomed.info/sct","code":"102570003"}],"text":"groin pain"}],)"
      R"("reasonReference":[{"reference":"Condition/a1"}],"note":[{"text":"Why \"so\""}]})");
}

TEST(WriteServiceRequest, LeavesOutWhatItIsNotGiven) {
  auto order = draft<DraftServiceRequest>();
  order.code.text = "x";
  EXPECT_EQ(write(order),
            R"({"resourceType":"ServiceRequest","status":"draft","intent":"proposal",)"
            R"("priority":"routine","code":{"text":"x"},"subject":{"reference":"Patient/p1"},)"
            R"("authoredOn":"2026-11-02"})");
}

TEST(WriteMedicationRequest, WritesTheBoundsOfTheDose) {
  auto order = draft<DraftMedicationRequest>();
  order.medication = {.codings = {rxnorm("5640")}, .text = "ibuprofen"};
  order.dosage = dosage();
  EXPECT_EQ(
      write(order),
      R"({"resourceType":"MedicationRequest","status":"draft","intent":"proposal",)"
      R"("priority":"routine","medicationCodeableConcept":{"coding":[)"
      R"({"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"5640"}],"text":"ibuprofen"},)"
      R"("subject":{"reference":"Patient/p1"},"authoredOn":"2026-11-02",)"
      R"("dosageInstruction":[{"text":"200 to 400 mg","timing":{"repeat":{"boundsDuration":)"
      R"({"value":14,"unit":"d","system":"http://unitsofmeasure.org","code":"d"},)"
      R"("frequency":1,"period":6,"periodMax":8,"periodUnit":"h"}},"asNeededBoolean":true,)"
      R"("route":{"text":"by mouth"},"doseAndRate":[{"doseRange":{)"
      R"("low":{"value":200,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"},)"
      R"("high":{"value":400,"unit":"mg","system":"http://unitsofmeasure.org","code":"mg"}}}],)"
      R"("maxDosePerPeriod":{"numerator":{"value":1200,"unit":"mg",)"
      R"("system":"http://unitsofmeasure.org","code":"mg"},)"
      R"("denominator":{"value":1,"unit":"d","system":"http://unitsofmeasure.org","code":"d"}}}]})");
}

TEST(WriteMedicationRequest, WritesOneDoseAtOneIntervalAsSuch) {
  auto order = draft<DraftMedicationRequest>();
  order.medication.text = "x";
  order.dosage = dosage();
  order.dosage.most_mg = 200;
  order.dosage.most_hours = 6;
  order.dosage.most_days = 0;
  const auto text = write(order);
  EXPECT_NE(text.find(R"("doseQuantity":{"value":200)"), std::string::npos);
  EXPECT_NE(text.find(R"("repeat":{"frequency":1,"period":6,"periodUnit":"h"})"),
            std::string::npos);
  const auto document = json(text);
  const auto read = MedicationRequest::read(document.root());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->status, MedicationRequest::Status::draft);
  EXPECT_FALSE(read->is_active());
}

TEST(WriteMedicationRequest, PointsOnlyToReasonsThatR4AllowsThere) {
  auto order = draft<DraftMedicationRequest>();
  order.medication.text = "x";
  order.dosage = dosage();
  order.reasons = {{.reference = "DiagnosticReport/d", .codeable_concept = {}},
                   {.reference = "Observation/o", .codeable_concept = {}}};
  EXPECT_NE(write(order).find(R"("reasonReference":[{"reference":"Observation/o"}],"dosage)"),
            std::string::npos);
}

}  // namespace
}  // namespace cdss::fhir
