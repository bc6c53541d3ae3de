// IJ01 to IJ12.

#include "tests/plugins/rules/safety/safety_cases.hpp"

namespace {

using cdss::test::day;
using cdss::test::effect_of;
using cdss::test::expect_effects;
using cdss::test::icd;
using cdss::test::kCrp;
using cdss::test::kEsr;
using cdss::test::kPlatelets;
using cdss::test::quantity;
using cdss::test::RecordBuilder;
using cdss::test::safety_of;
using cdss::test::SafetyCase;
using cdss::test::snomed;

TEST(Safety, HoldsInfectionAndBleedingAgainstAnInjection) {
  constexpr SafetyCase kCases[] = {
      {"IJ01 fever measured", "IJ01", "avoid", [](auto& r) { r.result("8310-5", "38.0", "Cel"); }},
      {"IJ01 below fever", "IJ01", "none", [](auto& r) { r.result("8310-5", "37.9", "Cel"); }},
      {"IJ01 fever in Fahrenheit", "IJ01", "avoid",
       [](auto& r) { r.result("8310-5", "100.4", "[degF]"); }},
      {"IJ01 fever coded", "IJ01", "avoid", [](auto& r) { r.condition(icd("R50.9")); }},
      {"IJ01 CRP at 10", "IJ01", "none", [](auto& r) { r.result(kCrp, "10", "mg/L"); }},
      {"IJ01 CRP above 10", "IJ01", "avoid", [](auto& r) { r.result(kCrp, "10.1", "mg/L"); }},
      {"IJ01 CRP in mg/dL", "IJ01", "avoid", [](auto& r) { r.result(kCrp, "1.1", "mg/dL"); }},
      {"IJ01 CRP '<10'", "IJ01", "none", [](auto& r) { r.result(kCrp, "<10", "mg/L"); }},
      {"IJ01 ESR without a prosthesis", "IJ01", "none",
       [](auto& r) { r.result(kEsr, "31", "mm/h"); }},
      {"IJ01 ESR above 30 with one", "IJ01", "avoid",
       [](auto& r) { r.condition(icd("Z96.641")).result(kEsr, "31", "mm/h"); }},
      {"IJ01 ESR at 30 with one", "IJ01", "none",
       [](auto& r) { r.condition(icd("Z96.641")).result(kEsr, "30", "mm/h"); }},
      {"IJ01 by a red flag", "IJ01", "avoid", [](auto& r) { r.condition(icd("K68.12")); }},
      {"IJ01 not by any red flag", "IJ01", "none", [](auto& r) { r.condition(icd("M87.051")); }},
      {"IJ02 fracture", "IJ02", "avoid", [](auto& r) { r.condition(icd("S72.001A")); }},
      {"IJ02 haematoma", "IJ02", "avoid", [](auto& r) { r.condition(icd("K66.1")); }},
      {"IJ02 neither", "IJ02", "none", [](auto& r) { r.condition(icd("M16.11")); }},
      {"IJ04 anticoagulant", "IJ04", "caution", [](auto& r) { r.medication("11289"); }},
      {"IJ04 aspirin", "IJ04", "caution", [](auto& r) { r.medication("1191"); }},
      {"IJ04 antiplatelet coded", "IJ04", "caution", [](auto& r) { r.condition(icd("Z79.82")); }},
      {"IJ04 another NSAID", "IJ04", "none", [](auto& r) { r.medication("5640"); }},
      {"IJ08 platelets 49", "IJ08", "avoid",
       [](auto& r) { r.result(kPlatelets, "49", "10*3/uL"); }},
      {"IJ08 platelets 49 in other units", "IJ08", "avoid",
       [](auto& r) { r.result(kPlatelets, "49000", "/uL"); }},
      {"IJ08 platelets 50", "IJ08", "none", [](auto& r) { r.result(kPlatelets, "50", "10*3/uL"); }},
      {"IJ08 bleeding disorder", "IJ08", "avoid", [](auto& r) { r.condition(icd("D66")); }},
      {"IJ08 INR does not count", "IJ08", "none",
       [](auto& r) { r.result("6301-6", "4", "{INR}"); }},
      {"IJ08 allergy to a corticosteroid", "IJ08", "avoid",
       [](auto& r) { r.allergy("Triamcinolone"); }},
      {"IJ08 allergy to lidocaine", "IJ08", "avoid", [](auto& r) { r.allergy("6387"); }},
      {"IJ08 another allergy", "IJ08", "none", [](auto& r) { r.allergy("Latex"); }},
      {"IJ09 immunosuppression", "IJ09", "caution", [](auto& r) { r.condition(icd("B20")); }},
      {"IJ09 resolved", "IJ09", "none",
       [](auto& r) {
         auto therapy = snomed("86553008");
         therapy.clinical_status = "inactive";
         r.condition(therapy);
       }},
      {"IJ03 diabetes", "IJ03", "caution", [](auto& r) { r.condition(icd("E11.65")); }},
      {"IJ03 HbA1c alone is no diabetes", "IJ03", "none",
       [](auto& r) { r.result("4548-4", "9.1", "%"); }},
  };
  expect_effects(kCases);
}

TEST(Safety, HoldsTimesAndProsthesesAgainstAnInjection) {
  const struct {
    const char* evidence;
    const char* id;
    const char* effect;
    RecordBuilder record;
  } rows[] = {
      {"IJ05 in 90 days", "IJ05", "avoid",
       RecordBuilder{}.item("planned_hip_arthroplasty_days", quantity("90", "d"))},
      {"IJ05 in 91 days", "IJ05", "none",
       RecordBuilder{}.item("planned_hip_arthroplasty_days", quantity("91", "d"))},
      {"IJ05 in 91 days as of yesterday", "IJ05", "avoid",
       RecordBuilder{}.item("planned_hip_arthroplasty_days", quantity("91", "d"), 1)},
      {"IJ07 three", "IJ07", "none", RecordBuilder{}.item("injection_count", quantity("3", "1"))},
      {"IJ07 four", "IJ07", "avoid", RecordBuilder{}.item("injection_count", quantity("4", "1"))},
      {"IJ07 89 days", "IJ07", "avoid",
       RecordBuilder{}.item("days_since_last_injection", quantity("89", "d"))},
      {"IJ07 90 days", "IJ07", "none",
       RecordBuilder{}.item("days_since_last_injection", quantity("90", "d"))},
      {"IJ06 total hip replacement", "IJ06", "caution",
       RecordBuilder{}.procedure({std::string{cdss::test::kSnomedUri}, "52734007", {}})},
      {"IJ06 artificial hip coded", "IJ06", "caution", RecordBuilder{}.condition(icd("Z96.641"))},
      {"IJ06 partial replacement", "IJ06", "caution",
       RecordBuilder{}.procedure({std::string{cdss::test::kPcsUri}, "0SRR0JZ", {}})},
      {"IJ06 native hip", "IJ06", "none", RecordBuilder{}.condition(icd("M16.11"))},
      {"IJ12 90 days", "IJ12", "avoid",
       RecordBuilder{}.procedure({std::string{cdss::test::kSnomedUri}, "52734007",
                                  R"("performedDateTime":")" + day(90) + '"'})},
      {"IJ12 91 days", "IJ12", "none",
       RecordBuilder{}.procedure({std::string{cdss::test::kSnomedUri}, "52734007",
                                  R"("performedDateTime":")" + day(91) + '"'})},
      {"IJ12 some day of August: perhaps 90 days", "IJ12", "avoid",
       RecordBuilder{}.procedure(
           {std::string{cdss::test::kSnomedUri}, "52734007", R"("performedDateTime":"2026-08")"})},
      {"IJ12 day not known", "IJ12", "none",
       RecordBuilder{}.procedure({std::string{cdss::test::kSnomedUri}, "52734007", {}})},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(effect_of(safety_of(row.record), row.id), row.effect);
  }
}

}  // namespace
