#include "plugins/treatment_escalation/suggestions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hooks/card/response.hpp"
#include "fhir/resources/medication_request.hpp"
#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::rules::Order;
using cdss::test::Call;
using cdss::test::orders;
using cdss::test::parsed;
using cdss::treatment_escalation::create_action;
using cdss::treatment_escalation::OrderContext;
using cdss::treatment_escalation::suggestion;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

OrderContext context(const std::string& user = "Practitioner/9") {
  const Call call{R"({"hook":"patient-view","context":{"patientId":"p","encounterId":"e",)"
                  R"("userId":")" +
                      user + R"("}})",
                  {}};
  return OrderContext::read(call.request(), false);
}

TEST(Suggestions, AreAcceptedByTheHostForEveryRow) {
  for (const char* user : {"Practitioner/9", "Patient/p", "Patient/other", "nonsense", ""}) {
    auto given = context(user);
    given.reasons = {{.reference = "Condition/c1", .codeable_concept = {}}};
    given.sides.left = true;
    for (const bool is_order : {false, true}) {
      given.is_order = is_order;
      cdss::hooks::Card card;
      card.summary = "x";
      card.source.label = "x";
      for (const Order& order : orders().rows) {
        card.suggestions.push_back(suggestion(order, given));
      }
      const cdss::hooks::CheckRules rules{.patient_id = "p", .link_hosts = {}};
      const auto checked = cdss::hooks::check({.cards = {card}}, rules);
      EXPECT_TRUE(checked) << user;
    }
  }
}

TEST(Suggestions, NameOnlyARequesterWhoMayOrderForThePatient) {
  const struct {
    const char* user;
    const char* requester;
  } rows[] = {
      {"Practitioner/9", "Practitioner/9"},
      {"PractitionerRole/r", "PractitionerRole/r"},
      {"Patient/p", "Patient/p"},
      {"Patient/q", ""},
      {"RelatedPerson/r", "RelatedPerson/r"},
      {"Condition/1", ""},
      {"https://ehr.example/Practitioner/9", ""},
      {"", ""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(context(row.user).requester, row.requester) << row.user;
  }
}

TEST(Suggestions, TellTheSideByCodeWhereThereIsOneAndByBodySite) {
  const auto& radiograph = *orders().find("hip_radiograph_after_replacement");
  const auto on = [&](bool left, bool right, const char* id = nullptr) {
    auto given = context();
    given.sides.left = left;
    given.sides.right = right;
    return create_action(id == nullptr ? radiograph : *orders().find(id), given).resource;
  };
  EXPECT_THAT(on(true, false), HasSubstr("37087-4"));
  EXPECT_THAT(on(true, false), HasSubstr(R"("bodySite":[{"text":"left hip"}])"));
  EXPECT_THAT(on(false, true), HasSubstr("37723-4"));
  EXPECT_THAT(on(true, true), HasSubstr("37086-6"));
  EXPECT_THAT(on(true, true), HasSubstr("both hips"));
  EXPECT_THAT(on(false, false), HasSubstr("37086-6"));
  EXPECT_THAT(on(false, false), Not(HasSubstr("bodySite")));
  EXPECT_THAT(on(true, false, "hip_ultrasound"), HasSubstr("left hip"));
  EXPECT_THAT(on(true, false, "crp"), Not(HasSubstr("bodySite")));
}

TEST(Suggestions, CarryIntentUrgencyReasonAndContext) {
  auto given = context();
  given.is_order = true;
  given.reasons = {
      {.reference = "Condition/c1", .codeable_concept = {.codings = {}, .text = "groin pain"}}};
  const auto crp = create_action(*orders().find("crp"), given);
  EXPECT_EQ(crp.description, "Draft: C-reactive protein (CRP)");
  EXPECT_THAT(crp.resource,
              StartsWith(R"({"resourceType":"ServiceRequest","status":"draft","intent":"order",)"));
  EXPECT_THAT(crp.resource, Not(HasSubstr(R"("id":)")));
  EXPECT_THAT(crp.resource, HasSubstr(R"("system":"http://loinc.org","code":"1988-5")"));
  EXPECT_THAT(crp.resource, HasSubstr(R"("priority":"routine")"));
  EXPECT_THAT(create_action(*orders().find("urgent_referral"), given).resource,
              HasSubstr(R"("priority":"urgent")"));
  EXPECT_THAT(crp.resource, HasSubstr(R"("reasonCode":[{"text":"groin pain"}])"));
  EXPECT_THAT(crp.resource, HasSubstr(R"("reasonReference":[{"reference":"Condition/c1"}])"));
  EXPECT_THAT(crp.resource, HasSubstr(R"("encounter":{"reference":"Encounter/e"})"));
  EXPECT_THAT(crp.resource, HasSubstr(R"("authoredOn":"2026-11-21")"));
}

TEST(Suggestions, SUG_06_BundleSeveralOrdersUnderOneLabel) {
  const Order* const both[] = {orders().find("crp"), orders().find("esr")};
  const auto made = suggestion("CRP and ESR", both, context());
  EXPECT_EQ(made.label, "CRP and ESR");
  ASSERT_EQ(made.actions.size(), 2U);
  EXPECT_THAT(made.actions[1].resource, HasSubstr("30341-2"));
  EXPECT_FALSE(made.is_recommended);
}

TEST(Suggestions, GiveAMedicineWithItsBounds) {
  const auto resource = create_action(*orders().find("acetaminophen"), context()).resource;
  const auto document = parsed(resource);
  const auto read = cdss::fhir::MedicationRequest::read(document.root());
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->medication.has({cdss::fhir::kRxNorm, "313782", {}}));
  EXPECT_THAT(resource, HasSubstr(R"("intent":"proposal")"));
  EXPECT_THAT(resource, HasSubstr(R"("maxDosePerPeriod":{"numerator":{"value":2600)"));
}

}  // namespace
