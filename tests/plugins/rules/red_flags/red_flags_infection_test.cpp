// RF07, RF08, RF09, RF17, RF18.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

constexpr const char* kSeptic = "RF17 RF01";

TEST(RedFlags, OfOtherInfectionsNeedEachPart) {
  const RedFlagCase cases[] = {
      {"RF07 fever, hip pain, no weight borne", "RF01 RF07 RF04",
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(snomed(kHipPain))
             .condition(snomed(kUnableToBearWeight));
       }},
      {"RF07 fever, hip pain, effusion", "RF01 RF07",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kHipPain)).condition(icd("M25.451"));
       }},
      {"RF07 without fever", "RF04",
       [](Record& r) { r.condition(snomed(kHipPain)).condition(snomed(kUnableToBearWeight)); }},
      {"RF07 groin pain", "RF01 RF07 RF04",
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(snomed(kGroinPain))
             .condition(snomed(kUnableToBearWeight));
       }},
      {"RF07 pain on log roll", "RF01 RF07",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kHipPain)).item("log_roll_pain", "present");
       }},
      {"RF07 no weight borne for 31 d", "RF01",
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(snomed(kHipPain))
             .condition(recorded(snomed(kUnableToBearWeight), 31));
       }},
      {"RF07 with back pain", "RF01 RF04",
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(snomed(kLowBackPain))
             .condition(snomed(kUnableToBearWeight));
       }},
      {"RF07 without the third part", "RF01",
       [](Record& r) { r.condition(snomed(kFever)).condition(snomed(kHipPain)); }},
      {"RF08 fever, back pain, intravenous drug use", "RF01 RF08",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kLowBackPain)).condition(snomed("228388006"));
       }},
      {"RF08 fever, back pain, immunosuppression", "RF01 RF08",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kLowBackPain)).condition(icd("D84.9"));
       }},
      {"RF08 fever, back pain, organ transplant", "RF01 RF08",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kLowBackPain)).condition(icd("Z94.0"));
       }},
      {"RF08 old back pain", "",
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(began(snomed(kLowBackPain), 91))
             .condition(icd("D84.9"));
       }},
      {"RF08 without fever", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("D84.9")); }},
      {"RF08 without back pain", "RF01",
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kGroinPain)).condition(icd("D84.9"));
       }},
      {"RF08 without a risk", "RF01",
       [](Record& r) { r.condition(snomed(kFever)).condition(snomed(kLowBackPain)); }},
      {"RF17 fever, systolic 89, pulse 101", "RF17",
       [](Record& r) {
         r.condition(snomed(kFever))
             .result(kSystolic, "89", "mm[Hg]")
             .result(kPulse, "101", "/min");
       }},
      {"RF17 with pain", kSeptic,
       [](Record& r) {
         r.condition(snomed(kFever))
             .condition(snomed(kGroinPain))
             .result(kSystolic, "89", "mm[Hg]")
             .result(kPulse, "101", "/min");
       }},
      {"RF17 systolic 90", "",
       [](Record& r) {
         r.condition(snomed(kFever))
             .result(kSystolic, "90", "mm[Hg]")
             .result(kPulse, "101", "/min");
       }},
      {"RF17 pulse 100", "",
       [](Record& r) {
         r.condition(snomed(kFever))
             .result(kSystolic, "89", "mm[Hg]")
             .result(kPulse, "100", "/min");
       }},
      {"RF17 without fever", "",
       [](Record& r) { r.result(kSystolic, "89", "mm[Hg]").result(kPulse, "101", "/min"); }},
      {"RF17 pulse not known", "",
       [](Record& r) { r.condition(snomed(kFever)).result(kSystolic, "60", "mm[Hg]"); }},
      {"RF17 pressure 8 d old", "",
       [](Record& r) {
         r.condition(snomed(kFever))
             .result(kSystolic, "89", "mm[Hg]", 8)
             .result(kPulse, "101", "/min");
       }},
      {"RF18 ureteric stone, fever", "RF18",
       [](Record& r) { r.condition(icd("N20.1")).condition(snomed(kFever)); }},
      {"RF18 ureteric stone", "", [](Record& r) { r.condition(icd("N20.1")); }},
      {"RF18 flank pain, fever", "RF01 RF18",
       [](Record& r) { r.condition(icd("R10.A1")).condition(snomed(kFever)); }},
      {"RF18 flank pain", "", [](Record& r) { r.condition(icd("R10.A1")); }},
      {"RF18 stone of the kidney, fever", "RF18",
       [](Record& r) { r.condition(icd("N20.0")).condition(snomed(kFever)); }},
  };
  expect_red_flags(cases);
}

/// A psoas sign and abdominal pain.
void sign(Record& r) {
  r.item("abdominal_pain", "true").item("psoas_sign", "present");
}

/// Pain of the right lower quadrant.
void quadrant(Record& r) {
  r.condition(icd("R10.31"));
}

TEST(RedFlags, OfTheAbdomenNeedASignOrPainOfAQuadrantWithOne) {
  const RedFlagCase cases[] = {
      {"RF09 psoas sign, abdominal pain", "RF09", sign},
      {"RF09 without abdominal pain", "",
       [](Record& r) { r.item("abdominal_pain", "false").item("psoas_sign", "present"); }},
      {"RF09 psoas sign looked for, not found", "",
       [](Record& r) { r.item("abdominal_pain", "true").item("psoas_sign", "absent"); }},
      {"RF09 both of 14 d", "RF09",
       [](Record& r) { r.item("abdominal_pain", "true", 14).item("psoas_sign", "present", 14); }},
      {"RF09 psoas sign of 15 d", "",
       [](Record& r) { r.item("abdominal_pain", "true").item("psoas_sign", "present", 15); }},
      {"RF09 abdominal pain of 15 d", "",
       [](Record& r) { r.item("abdominal_pain", "true", 15).item("psoas_sign", "present"); }},
      {"RF09 psoas sign, quadrant pain of 14 d", "RF09",
       [](Record& r) { r.condition(began(icd("R10.31"), 14)).item("psoas_sign", "present"); }},
      {"RF09 psoas sign, quadrant pain of 15 d", "",
       [](Record& r) { r.condition(began(icd("R10.31"), 15)).item("psoas_sign", "present"); }},
      {"RF09 psoas sign, groin pain", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).item("psoas_sign", "present"); }},
      {"RF09 quadrant pain alone", "", quadrant},
      {"RF09 quadrant pain, fever", "RF01 RF09",
       [](Record& r) {
         quadrant(r);
         r.condition(snomed(kFever));
       }},
      {"RF09 quadrant pain, white cells 11.1 of 7 d", "RF09",
       [](Record& r) {
         quadrant(r);
         r.result(kWbc, "11.1", "10*3/uL", 7);
       }},
      {"RF09 quadrant pain, white cells 11", "",
       [](Record& r) {
         quadrant(r);
         r.result(kWbc, "11", "10*3/uL", 7);
       }},
      {"RF09 quadrant pain, white cells of 8 d", "",
       [](Record& r) {
         quadrant(r);
         r.result(kWbc, "11.1", "10*3/uL", 8);
       }},
      {"RF09 quadrant pain, guarding coded", "RF09",
       [](Record& r) {
         quadrant(r);
         r.condition(icd("R19.31"));
       }},
      {"RF09 quadrant pain, guarding", "RF09",
       [](Record& r) {
         quadrant(r);
         r.item("abdominal_guarding", "true");
       }},
      {"RF09 quadrant pain, vomiting", "RF09",
       [](Record& r) {
         quadrant(r);
         r.item("vomiting", "true");
       }},
      {"RF09 in pregnancy white cells do not count", "RF15",
       [](Record& r) {
         quadrant(r);
         r.condition(icd("Z33.1")).result(kWbc, "14", "10*3/uL");
       },
       kWoman},
  };
  expect_red_flags(cases);
}

}  // namespace
