#include "plugins/rules/orders/orders.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::Errc;
using cdss::rules::Orders;
using cdss::test::parsed;

TEST(Orders, HaveARowForEverythingThatIsSuggested) {
  const auto* orders = &cdss::test::orders();
  const struct {
    const char* id;
    bool is_medicine;
    const char* code;  // "" when no code is verified
  } rows[] = {
      {"physical_therapy", false, "306170007"},
      {"physical_therapy_after_replacement", false, "306170007"},
      {"hip_radiograph", false, "36702-9"},
      {"hip_radiograph_after_replacement", false, "37086-6"},
      {"hip_ultrasound", false, "24760-1"},
      {"hip_mri_after_replacement", false, "30687-8"},
      {"crp", false, "1988-5"},
      {"esr", false, "30341-2"},
      {"diagnostic_injection", false, ""},
      {"orthopaedic_referral", false, ""},
      {"urgent_referral", false, ""},
      {"emergency_referral", false, ""},
      {"blood_cultures", false, ""},
      {"haemoglobin", false, ""},
      {"inr", false, ""},
      {"hip_aspiration", false, ""},
      {"femur_radiographs", false, ""},
      {"hip_mri", false, ""},
      {"spine_mri", false, ""},
      {"aortic_ultrasound", false, ""},
      {"leg_duplex", false, ""},
      {"pregnancy_test", false, ""},
      {"ibuprofen", true, "310965"},
      {"ibuprofen_lower", true, "310965"},
      {"acetaminophen", true, "313782"},
      {"acetaminophen_lower", true, "313782"},
  };
  EXPECT_EQ(orders->rows.size(), std::size(rows));
  for (const auto& row : rows) {
    SCOPED_TRACE(row.id);
    const auto* order = orders->find(row.id);
    ASSERT_NE(order, nullptr);
    EXPECT_EQ(order->is_medicine, row.is_medicine);
    EXPECT_FALSE(order->code.text.empty());
    EXPECT_EQ(order->code.codings.empty() ? "" : order->code.codings[0].code, row.code);
  }
  EXPECT_EQ(orders->find("morphine"), nullptr);
}

TEST(Orders, KeepTheDoseWithinTheLabel) {
  const auto* orders = &cdss::test::orders();
  const auto& ibuprofen = orders->find("ibuprofen")->dose;
  EXPECT_EQ(ibuprofen.most_mg_per_day, 1200);
  EXPECT_EQ(ibuprofen.most_mg, 400);
  const auto& acetaminophen = orders->find("acetaminophen")->dose;
  EXPECT_EQ(acetaminophen.most_mg_per_day, 2600);
  EXPECT_EQ(acetaminophen.most_mg, 650);
  EXPECT_EQ(orders->find("ibuprofen_lower")->dose.most_mg_per_day, 600);
  EXPECT_EQ(orders->find("acetaminophen_lower")->dose.most_mg_per_day, 1950);
}

TEST(Orders, RefuseARowThatIsNotWhole) {
  const std::string head = R"({"rows": [{"id": "x", "text": "X", "reason": "r", "steps": [])";
  const std::string medicine =
      R"(, "resource": "MedicationRequest", "priority": "routine", "code": {"text": "x"})";
  const struct {
    std::string json;
    Errc code;
  } rows[] = {
      {R"({})", Errc::missing},
      {R"({"rows": {}})", Errc::malformed},
      {R"({"rows": "x"})", Errc::malformed},
      {R"({"rows": [{"id": "x", "text": "X", "reason": "r", "steps": "L1", "priority": "routine",
          "resource": "ServiceRequest", "code": {"text": "x"}}]})",
       Errc::malformed},
      {head + R"(, "resource": "Task", "priority": "routine", "code": {"text": "x"}}]})",
       Errc::malformed},
      {head + R"(, "resource": "ServiceRequest", "priority": "soon", "code": {"text": "x"}}]})",
       Errc::malformed},
      {head + R"(, "resource": "ServiceRequest", "priority": "routine", "code": {}}]})",
       Errc::missing},
      {head + medicine + "}]}", Errc::missing},
      {head + medicine +
           R"(, "dose": {"text": "t", "route": {"text": "r"}, "least_mg": 400, "most_mg": 200,
              "least_hours": 6, "most_hours": 8, "most_mg_per_day": 1200, "most_days": 14}}]})",
       Errc::out_of_range},
      {head + medicine +
           R"(, "dose": {"text": "t", "route": {"text": "r"}, "least_mg": 0, "most_mg": 200,
              "least_hours": 6, "most_hours": 8, "most_mg_per_day": 1200, "most_days": 14}}]})",
       Errc::out_of_range},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.json);
    const auto document = parsed(row.json);
    const auto orders = Orders::read(document.root());
    ASSERT_FALSE(orders);
    EXPECT_EQ(orders.error().code, row.code);
  }
}

}  // namespace
