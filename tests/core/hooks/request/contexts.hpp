#pragma once

#include <initializer_list>
#include <string>

#include <gtest/gtest.h>

#include "core/hooks/request/request.hpp"
#include "tests/core/hooks/support.hpp"

// The smallest request of each hook, to be changed by tests.

namespace cdss::hooks {

inline constexpr const char* kBundle = R"({"resourceType":"Bundle"})";

inline const Members kUser{{"userId", R"("Practitioner/example")"}};
inline const Members kPatient{{"patientId", R"("1288992")"}};
inline const Members kEncounter{{"encounterId", R"("89284")"}};
inline const Members kSelections{
    {"selections", R"(["MedicationRequest/a","ServiceRequest/b.2_c-3"])"}};
inline const Members kDraftOrders{{"draftOrders", kBundle}};

inline Members join(std::initializer_list<Members> parts) {
  Members all;
  for (const auto& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

/// The smallest context that each hook of the library accepts.
struct HookRow {
  const char* hook;
  Members context;
};
inline const HookRow kHooks[] = {
    {"patient-view", join({kUser, kPatient})},
    {"order-select", join({kUser, kPatient, kSelections, kDraftOrders})},
    {"order-sign", join({kUser, kPatient, kDraftOrders})},
    {"order-dispatch", join({kPatient,
                             {{"dispatchedOrders", R"(["ServiceRequest/1"])"},
                              {"performer", R"("Organization/1")"}}})},
    {"appointment-book", join({kUser, kPatient, {{"appointments", kBundle}}})},
    {"encounter-start", join({kUser, kPatient, kEncounter})},
    {"encounter-discharge", join({kUser, kPatient, kEncounter})},
    {"allergyintolerance-create",
     join({kUser, kPatient, {{"allergyIntolerance", R"({"resourceType":"AllergyIntolerance"})"}}})},
    {"problem-list-item-create", join({kUser, kPatient, {{"conditions", kBundle}}})},
    {"medication-refill", join({kPatient, {{"medications", kBundle}}})},
    {"medication-verify",
     join({kUser, kPatient, {{"medication", R"({"resourceType":"MedicationRequest"})"}}})},
    {"medication-prescribe", join({kUser, kPatient, {{"medications", kBundle}}})},
    {"order-review", join({kUser, kPatient, {{"orders", kBundle}}})},
};

inline std::string request(const std::string& hook, const Members& context) {
  return text({{"hook", '"' + hook + '"'},
               {"hookInstance", R"("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea")"},
               {"context", text(context)}});
}

inline void expect_accepted(const std::string& hook, const Members& context) {
  SCOPED_TRACE(request(hook, context));
  const auto document = parse(request(hook, context));
  const auto read = read_request(document.root());
  EXPECT_TRUE(read) << read.error().where << ": " << read.error().message;
}

inline void expect_refused(const std::string& hook, const Members& context,
                           const std::string& where, Errc code) {
  SCOPED_TRACE(request(hook, context));
  const auto document = parse(request(hook, context));
  const auto read = read_request(document.root());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, where);
  EXPECT_EQ(read.error().code, code);
}

}  // namespace cdss::hooks
