#include "plugins/treatment_escalation/treatment_escalation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hooks/discovery/prefetch_template.hpp"
#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::test::escalation_knowledge;
using cdss::treatment_escalation::TreatmentEscalation;
using testing::ElementsAre;

TEST(TreatmentEscalation, AsksOnEachHookForWhatPrefetchCanGive) {
  const auto declaration = TreatmentEscalation::declaration();
  ASSERT_EQ(declaration.services.size(), 1U);
  const auto& service = declaration.services[0];
  EXPECT_THAT(service.hooks, ElementsAre("patient-view", "order-select", "order-sign"));
  for (const auto& need : service.needs) {
    if (need.resource == "Patient") {
      continue;
    }
    auto query = need.resource + "?patient={{context.patientId}}";
    query += need.query.empty() ? "" : "&" + need.query;
    for (const auto& hook : service.hooks) {
      EXPECT_TRUE(cdss::hooks::PrefetchTemplate::parse(query, hook)) << query;
    }
  }
}

TEST(TreatmentEscalation, TakesTheOptionsThatItDeclaresAndNoOther) {
  for (const char* good : {"{}", R"({"intent":"order"})", R"({"suggest_medicines":false})"}) {
    const auto document = cdss::test::parsed(good);
    EXPECT_TRUE(cdss::test::open_plugin<TreatmentEscalation>(escalation_knowledge(), document))
        << good;
  }
  for (const char* wrong :
       {R"({"intent":"plan"})", R"({"intents":"order"})", R"({"suggest_medicines":"no"})"}) {
    const auto document = cdss::test::parsed(wrong);
    EXPECT_FALSE(cdss::test::open_plugin<TreatmentEscalation>(escalation_knowledge(), document))
        << wrong;
  }
}

}  // namespace
