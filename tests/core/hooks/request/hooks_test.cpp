#include "core/hooks/request/hooks.hpp"

#include <iterator>

#include <gtest/gtest.h>

#include "fhir/types/resource_types.hpp"

namespace cdss::hooks {
namespace {

TEST(Hooks, AreFoundByName) {
  ASSERT_NE(find_hook("patient-view"), nullptr);
  EXPECT_EQ(find_hook("patient-view")->name, "patient-view");
  EXPECT_EQ(find_hook("patient-vie"), nullptr);
  EXPECT_EQ(find_hook("patient-views"), nullptr);
  EXPECT_EQ(find_hook(""), nullptr);
  EXPECT_EQ(find_hook("zzz"), nullptr);
}

TEST(Hooks, DISC_15_CarryTheVersionOfTheirDefinition) {
  const struct {
    const char* name;
    const char* version;
  } rows[] = {
      {"patient-view", "1.0"},
      {"order-select", "1.0"},
      {"order-sign", "1.0"},
      {"order-dispatch", "1.1"},
      {"appointment-book", "1.0"},
      {"encounter-start", "1.0"},
      {"encounter-discharge", "1.0"},
      {"allergyintolerance-create", "0.1.0"},
      {"problem-list-item-create", "0.1.0"},
      {"medication-refill", "0.1.0"},
      {"medication-verify", "0.1.0"},
      {"medication-prescribe", "1.0"},
      {"order-review", "1.0"},
  };
  EXPECT_EQ(std::size(rows), 13U) << "all of the library's";
  for (const auto& [name, version] : rows) {
    const auto* const hook = find_hook(name);
    ASSERT_NE(hook, nullptr) << name;
    EXPECT_EQ(hook->version, version) << name;
  }
}

TEST(Hooks, PF_06_PermitSingleValuesAsTokensOnly) {
  const auto permits = [](std::string_view hook, std::string_view field) {
    const auto* const found = find_hook(hook)->field(field);
    return found != nullptr && found->is_single();
  };
  EXPECT_TRUE(permits("patient-view", "userId"));
  EXPECT_TRUE(permits("patient-view", "patientId"));
  EXPECT_TRUE(permits("patient-view", "encounterId"));
  EXPECT_TRUE(permits("order-dispatch", "performer"));
  EXPECT_FALSE(permits("order-dispatch", "userId"));
  EXPECT_FALSE(permits("order-dispatch", "dispatchedOrders"));
  EXPECT_FALSE(permits("order-dispatch", "fulfillmentTasks"));
  EXPECT_FALSE(permits("order-select", "draftOrders"));
  EXPECT_FALSE(permits("order-select", "selections"));
  EXPECT_FALSE(permits("appointment-book", "appointments"));
  EXPECT_FALSE(permits("patient-view", "patient"));
}

TEST(Hooks, DISC_21_KnowAReverseDomainName) {
  for (const auto* const name : {"org.example.noun-verb", "com.x_y", "a.b"}) {
    EXPECT_TRUE(is_custom_hook(name)) << name;
  }
  for (const auto* const name :
       {"", ".", "patient-view", "org.", ".org", "org..example", "org.exa mple", "org/x.y"}) {
    EXPECT_FALSE(is_custom_hook(name)) << name;
  }
}

TEST(ResourceTypes, AreThoseOfR4) {
  for (const auto* const name :
       {"Account", "Patient", "Procedure", "QuestionnaireResponse", "VisionPrescription"}) {
    EXPECT_TRUE(fhir::is_r4_resource_type(name)) << name;
  }
  for (const auto* const name : {"", "patient", "Procedures", "MedicationOrder", "Resource"}) {
    EXPECT_FALSE(fhir::is_r4_resource_type(name)) << name;
  }
}

}  // namespace
}  // namespace cdss::hooks
