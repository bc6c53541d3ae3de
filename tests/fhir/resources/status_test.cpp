// Which status counts as what, in each resource that has one.

#include <string>

#include <gtest/gtest.h>

#include "fhir/resources/allergy_intolerance.hpp"
#include "fhir/resources/condition.hpp"
#include "fhir/resources/medication_request.hpp"
#include "fhir/resources/medication_statement.hpp"
#include "fhir/resources/observation.hpp"
#include "fhir/resources/procedure.hpp"
#include "fhir/resources/questionnaire_response.hpp"
#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

Document with_status(std::string_view type, std::string_view status) {
  return json(R"({"resourceType": ")" + std::string{type} + R"(", "id": "x", "status": ")" +
              std::string{status} + "\"}");
}

struct StatusRow {
  const char* status;
  bool counts;
};

template <class T, class Predicate, std::size_t N>
void expect_known(std::string_view type, Predicate counts, const StatusRow (&rows)[N]) {
  for (const auto& [status, expected] : rows) {
    SCOPED_TRACE(std::string{type} + ' ' + status);
    const auto document = with_status(type, status);
    const auto read = T::read(document.root());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(counts(*read), expected);
  }
}

template <class T, class Predicate, std::size_t N>
void expect_statuses(std::string_view type, Predicate counts, const StatusRow (&rows)[N]) {
  expect_known<T>(type, counts, rows);
  for (const char* const unknown : {"", "Completed", "done", "final "}) {
    SCOPED_TRACE(std::string{type} + " '" + unknown + '\'');
    const auto document = with_status(type, unknown);
    const auto read = T::read(document.root());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::malformed);
    EXPECT_EQ(read.error().where, "status");
  }
  const auto document = json(R"({"resourceType": ")" + std::string{type} + "\"}");
  const auto read = T::read(document.root());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::missing);
  EXPECT_EQ(read.error().where, "status");
}

TEST(Status, OfAProcedureSaysWhetherItWasDone) {
  expect_known<Procedure>("Procedure", [](const auto& p) { return p.is_completed(); },
                          {{"completed", true},
                           {"preparation", false},
                           {"in-progress", false},
                           {"not-done", false},
                           {"on-hold", false},
                           {"suspended", false},
                           {"stopped", false},
                           {"aborted", false},
                           {"entered-in-error", false},
                           {"unknown", false}});
}

TEST(Status, OfAProcedureThatTellsNothingIsUnknown) {
  for (const char* members :
       {"", R"(, "status": "unknown")", R"(, "status": "")", R"(, "status": "Completed")",
        R"(, "status": "done")", R"(, "status": 7)", R"(, "status": null)"}) {
    SCOPED_TRACE(members);
    const auto document = json(R"({"resourceType": "Procedure")" + std::string{members} + '}');
    const auto read = Procedure::read(document.root());
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->status, Procedure::Status::unknown);
  }
}

TEST(Status, OfAnObservationSaysWhetherItCounts) {
  expect_statuses<Observation>("Observation", [](const auto& o) { return o.is_final(); },
                               {{"final", true},
                                {"amended", true},
                                {"corrected", true},
                                {"registered", false},
                                {"preliminary", false},
                                {"cancelled", false},
                                {"entered-in-error", false},
                                {"unknown", false}});
}

TEST(Status, OfAMedicationRequestSaysWhetherItIsActive) {
  expect_known<MedicationRequest>("MedicationRequest", [](const auto& m) { return m.is_active(); },
                                  {{"active", true},
                                   {"on-hold", false},
                                   {"ended", false},
                                   {"stopped", false},
                                   {"completed", false},
                                   {"cancelled", false},
                                   {"entered-in-error", false},
                                   {"draft", false},
                                   {"unknown", false}});
}

TEST(Status, OfAMedicationStatementSaysWhetherItIsTaken) {
  expect_known<MedicationStatement>("MedicationStatement",
                                    [](const auto& m) { return m.is_active(); },
                                    {{"active", true},
                                     {"recorded", true},
                                     {"completed", false},
                                     {"intended", false},
                                     {"stopped", false},
                                     {"on-hold", false},
                                     {"unknown", false},
                                     {"not-taken", false},
                                     {"draft", false},
                                     {"entered-in-error", false}});
}

template <class T>
void expect_perhaps_active(std::string_view type, std::string_view members) {
  const auto document =
      json(R"({"resourceType": ")" + std::string{type} + '"' + std::string{members} + '}');
  const auto read = T::read(document.root());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_FALSE(read->is_active());
  EXPECT_TRUE(read->is_perhaps_active());
}

TEST(Status, OfAMedicineThatTellsNothingLeavesItPerhapsTaken) {
  for (const char* members :
       {"", R"(, "status": "unknown")", R"(, "status": "on-hold")", R"(, "status": "")",
        R"(, "status": "Active")", R"(, "status": "taking")", R"(, "status": 7)",
        R"(, "status": null)", R"(, "status": ["active"])"}) {
    SCOPED_TRACE(members);
    expect_perhaps_active<MedicationRequest>("MedicationRequest", members);
    expect_perhaps_active<MedicationStatement>("MedicationStatement", members);
  }
  const auto against =
      json(R"({"resourceType": "MedicationRequest", "status": "unknown", "doNotPerform": true})");
  EXPECT_FALSE(MedicationRequest::read(against.root())->is_perhaps_active());
}

TEST(Status, OfAQuestionnaireResponseSaysWhetherItCounts) {
  expect_statuses<QuestionnaireResponse>("QuestionnaireResponse",
                                         [](const auto& q) { return q.is_completed(); },
                                         {{"completed", true},
                                          {"amended", true},
                                          {"in-progress", false},
                                          {"stopped", false},
                                          {"entered-in-error", false}});
}

TEST(Condition, IsActiveByItsClinicalStatusAndElseByItsAbatement) {
  const struct {
    const char* members;
    bool active;
  } rows[] = {
      {R"("clinicalStatus": {"coding": [{"code": "active"}]})", true},
      {R"("clinicalStatus": {"coding": [{"code": "recurrence"}]})", true},
      {R"("clinicalStatus": {"coding": [{"code": "relapse"}]})", true},
      {R"("clinicalStatus": {"coding": [{"code": "inactive"}]})", false},
      {R"("clinicalStatus": {"coding": [{"code": "remission"}]})", false},
      {R"("clinicalStatus": {"coding": [{"code": "resolved"}]})", false},
      {R"("clinicalStatus": {"coding": [{"code": "unknown"}]})", true},
      {R"("clinicalStatus": {"coding": [{"code": "unknown"}]}, "abatementDateTime": "2020")",
       false},
      {R"("clinicalStatus": "active")", true},
      {R"("clinicalStatus": "resolved")", false},
      {R"("clinicalStatus": null)", true},
      {R"("code": {"text": "Hip pain"})", true},
      {R"("abatementDateTime": "2020")", false},
      {R"("abatementString": "last year")", false},
      {R"("abatementBoolean": true)", false},
      {R"("abatementBoolean": false)", true},
      {R"("clinicalStatus": "active", "abatementDateTime": "2020")", true},
  };
  for (const auto& [members, active] : rows) {
    SCOPED_TRACE(members);
    const auto document = json(std::string{R"({"resourceType": "Condition", )"} + members + '}');
    const auto condition = Condition::read(document.root());
    ASSERT_TRUE(condition);
    EXPECT_EQ(condition->is_active(), active);
  }
}

TEST(Condition, StandsByItsVerificationStatus) {
  const struct {
    const char* status;
    bool confirmed, refuted, in_error;
  } rows[] = {
      {"confirmed", true, false, false},    {"unconfirmed", false, false, false},
      {"provisional", false, false, false}, {"differential", false, false, false},
      {"refuted", false, true, false},      {"entered-in-error", false, false, true},
      {"unknown", false, false, false},
  };
  for (const auto& [status, confirmed, refuted, in_error] : rows) {
    SCOPED_TRACE(status);
    const auto code = '"' + std::string{status} + '"';
    for (const auto& written : {code, R"({"coding": [{"system": "urn:local", "code": "refuted"},
                    {"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status",
                     "code": )" + code + "}]}"}) {
      const auto document =
          json(R"({"resourceType": "Condition", "verificationStatus": )" + written + '}');
      const auto condition = Condition::read(document.root());
      ASSERT_TRUE(condition);
      EXPECT_EQ(condition->is_confirmed(), confirmed);
      EXPECT_EQ(condition->is_refuted(), refuted);
      EXPECT_EQ(condition->is_entered_in_error(), in_error);
    }
  }
}

TEST(Condition, HasTheStatusThatItsWordsSay) {
  using Status = Condition::ClinicalStatus;
  const struct {
    const char* written;
    Status status;
  } rows[] = {
      {R"({"text": "Active"})", Status::active},
      {R"({"text": " RESOLVED "})", Status::resolved},
      {R"({"text": "Inactive"})", Status::inactive},
      {R"({"text": "recurrence"})", Status::recurrence},
      {R"({"text": "Relapse"})", Status::relapse},
      {R"({"text": "Remission"})", Status::remission},
      {R"({"coding": [{"system": "urn:local", "code": "1", "display": "Active"}]})",
       Status::active},
      {R"("Resolved")", Status::resolved},
      {R"({"coding": [{"code": "active"}], "text": "Resolved"})", Status::active},
  };
  for (const auto& [written, status] : rows) {
    SCOPED_TRACE(written);
    const auto document =
        json(std::string{R"({"resourceType": "Condition", "clinicalStatus": )"} + written + '}');
    const auto condition = Condition::read(document.root());
    ASSERT_TRUE(condition);
    EXPECT_EQ(condition->clinical_status, status);
  }
}

TEST(Condition, WithAStatusThatTellsNothingMayBeActive) {
  for (
      const char* const member :
      {R"("clinicalStatus": "gone")", R"("clinicalStatus": {"text": "on the mend"})",
       R"("clinicalStatus": {"coding": [{"code": "gone"}]})", R"("clinicalStatus": 7)",
       R"("clinicalStatus": {"coding": [{"code": "unknown"}]})", R"("clinicalStatus": {})",
       R"("clinicalStatus": {"extension": [{
             "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
             "valueCode": "unknown"}]})",
       R"("_clinicalStatus": {"extension": [{
             "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
             "valueCode": "unknown"}]})",
       R"("clinicalStatus": {"coding": [{"system": "http://snomed.info/sct", "code": "active"}]})"}) {
    SCOPED_TRACE(member);
    const auto document = json(std::string{R"({"resourceType": "Condition", )"} + member + '}');
    const auto condition = Condition::read(document.root());
    ASSERT_TRUE(condition);
    EXPECT_TRUE(condition->is_status_unclear());
    EXPECT_TRUE(condition->is_active());
  }
}

TEST(Condition, WithAVerificationStatusThatCannotBeReadIsNotConfirmed) {
  const struct {
    const char* written;
    bool confirmed, refuted, in_error;
  } rows[] = {
      {"7", false, false, false},
      {R"("probably")", false, false, false},
      {R"({"coding": [{"system": "urn:local", "code": "refuted"}]})", false, false, false},
      {R"({"text": "likely"})", false, false, false},
      {R"({"text": "Confirmed"})", true, false, false},
      {R"({"text": "Refuted"})", false, true, false},
      {R"({"text": "Entered in error"})", false, false, true},
  };
  for (const auto& [written, confirmed, refuted, in_error] : rows) {
    SCOPED_TRACE(written);
    const auto document = json(
        std::string{R"({"resourceType": "Condition", "verificationStatus": )"} + written + '}');
    const auto condition = Condition::read(document.root());
    ASSERT_TRUE(condition);
    EXPECT_EQ(condition->is_confirmed(), confirmed);
    EXPECT_EQ(condition->is_refuted(), refuted);
    EXPECT_EQ(condition->is_entered_in_error(), in_error);
  }
}

TEST(AllergyIntolerance, HoldsUnlessItIsOverRefutedOrInError) {
  const struct {
    const char* members;
    bool active;
  } rows[] = {
      {R"("onsetString": "childhood")", true},
      {R"("clinicalStatus": "active")", true},
      {R"("clinicalStatus": {"coding": [{"code": "inactive"}]})", false},
      {R"("clinicalStatus": "resolved")", false},
      {R"("verificationStatus": {"coding": [{"code": "unconfirmed"}]})", true},
      {R"("verificationStatus": {"coding": [{"code": "presumed"}]})", true},
      {R"("verificationStatus": "confirmed")", true},
      {R"("verificationStatus": "refuted")", false},
      {R"("verificationStatus": "entered-in-error")", false},
  };
  for (const auto& [members, active] : rows) {
    SCOPED_TRACE(members);
    const auto document =
        json(std::string{R"({"resourceType": "AllergyIntolerance", )"} + members + '}');
    const auto allergy = AllergyIntolerance::read(document.root());
    ASSERT_TRUE(allergy);
    EXPECT_EQ(allergy->is_active(), active);
  }
}

}  // namespace
}  // namespace cdss::fhir
