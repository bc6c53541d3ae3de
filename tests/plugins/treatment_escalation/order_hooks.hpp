#pragma once

// What the tests of order-select and order-sign share.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/hooks/card/response.hpp"
#include "plugins/treatment_escalation/treatment_escalation.hpp"
#include "tests/plugins/rules/orders/session.hpp"

namespace cdss::test::order_hooks {

inline constexpr const char* kEgfr = "98979-8";
inline constexpr const char* kEgfrUnit = "mL/min/{1.73_m2}";
inline constexpr const char* kMan = R"({"resourceType":"Patient","id":"p","gender":"male",
  "birthDate":"1976-05-01"})";

inline std::vector<hooks::Card> evaluate(const std::vector<GivenKey>& keys, const std::string& body,
                                         const char* options = "{}") {
  const auto document = parsed(options);
  const auto plugin =
      open_plugin<treatment_escalation::TreatmentEscalation>(escalation_knowledge(), document);
  EXPECT_TRUE(plugin);
  const Call call{body, keys};
  auto answer = plugin->evaluate(call.request());
  EXPECT_TRUE(answer);
  const hooks::CheckRules rules{.patient_id = "p", .link_hosts = {}, .explain = true};
  EXPECT_TRUE(hooks::check(*answer, rules));
  return std::move(answer->cards);
}

inline std::vector<hooks::Card> evaluate(const RecordBuilder& record,
                                         const std::vector<std::string>& drafts,
                                         const char* patient = kMan) {
  return evaluate(keys_of(record, patient), order_call(drafts));
}

/// A record that speaks against no medicine, with groin pain.
inline RecordBuilder pain() {
  return RecordBuilder{}.condition(snomed("102570003")).result(kEgfr, "90", kEgfrUnit);
}

inline RecordBuilder possible() {
  auto record = pain();
  record.condition(icd("M25.552")).item("resisted_hip_flexion_pain", "present");
  return record;
}

inline RecordBuilder replaced() {
  auto record = pain();
  record.condition(icd("Z96.641"));
  return record;
}

inline const std::string kIbuprofen = medicine_draft("d1", "ibuprofen 400 mg");

}  // namespace cdss::test::order_hooks
