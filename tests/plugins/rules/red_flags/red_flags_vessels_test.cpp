// RF10 and RF12.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

constexpr std::string_view kOf60 = R"({"resourceType":"Patient","birthDate":"1966-11-21"})";
constexpr std::string_view kOf59 = R"({"resourceType":"Patient","birthDate":"1966-11-22"})";

/// A known aneurysm, and back pain that began so many days ago.
void aneurysm(Record& r, int began_days_ago) {
  r.condition(icd("I71.40")).condition(began(snomed(kLowBackPain), began_days_ago));
}

TEST(RedFlags, OfAKnownAneurysmNeedPainThatIsRecentWorseOrWithLowPressure) {
  const RedFlagCase cases[] = {
      {"RF10 pain of 14 d", "RF10", [](Record& r) { aneurysm(r, 14); }},
      {"RF10 pain of 15 d", "", [](Record& r) { aneurysm(r, 15); }},
      {"RF10 iliac, groin pain of today", "RF10",
       [](Record& r) { r.condition(icd("I72.3")).condition(snomed(kGroinPain)); }},
      {"RF10 hip pain is no pain of the rule", "",
       [](Record& r) { r.condition(icd("I72.3")).condition(snomed(kHipPain)); }},
      {"RF10 old pain, worse", "RF10",
       [](Record& r) {
         aneurysm(r, 900);
         r.item("pain_worse", "true");
       }},
      {"RF10 sudden, pain of 90 d", "RF10",
       [](Record& r) {
         aneurysm(r, 90);
         r.item("onset", "onset-sudden");
       }},
      {"RF10 sudden, pain of 91 d", "",
       [](Record& r) {
         aneurysm(r, 91);
         r.item("onset", "onset-sudden");
       }},
      {"RF10 old pain, systolic 99", "RF10",
       [](Record& r) {
         aneurysm(r, 900);
         r.result(kSystolic, "99", "mm[Hg]", 1);
       }},
      {"RF10 old pain, systolic 100", "",
       [](Record& r) {
         aneurysm(r, 900);
         r.result(kSystolic, "100", "mm[Hg]", 1);
       }},
      {"RF10 old pain, systolic 99 of 2 d", "",
       [](Record& r) {
         aneurysm(r, 900);
         r.result(kSystolic, "99", "mm[Hg]", 2);
       }},
      {"RF10 ruptured, no pain", "RF10", [](Record& r) { r.condition(icd("I71.30")); }},
      {"RF10 ruptured 31 d ago", "", [](Record& r) { r.condition(recorded(icd("I71.30"), 31)); }},
      {"RF10 no pain", "", [](Record& r) { r.condition(icd("I71.40")); }},
      {"RF10 thoracic, pain", "",
       [](Record& r) { r.condition(icd("I71.20")).condition(snomed(kGroinPain)); }},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfAnUnknownAneurysmNeedAMassOrCollapseAtSixty) {
  const auto collapse = [](Record& r) {
    r.condition(snomed(kLowBackPain)).item("onset", "onset-sudden");
    r.result(kSystolic, "89", "mm[Hg]", 1);
  };
  const RedFlagCase cases[] = {
      {"RF10 60 today", "RF10", collapse, kOf60},
      {"RF10 60 tomorrow", "", collapse, kOf59},
      {"RF10 systolic 90", "",
       [](Record& r) {
         r.condition(snomed(kLowBackPain)).item("onset", "onset-sudden");
         r.result(kSystolic, "90", "mm[Hg]", 1);
       },
       kOf60},
      {"RF10 began 2 d ago", "RF10",
       [](Record& r) {
         r.condition(began(snomed(kLowBackPain), 2)).result(kSystolic, "89", "mm[Hg]");
       },
       kOf60},
      {"RF10 began 3 d ago", "",
       [](Record& r) {
         r.condition(began(snomed(kLowBackPain), 3)).result(kSystolic, "89", "mm[Hg]");
       },
       kOf60},
      {"RF10 sudden once, pain of 91 d", "",
       [](Record& r) {
         r.condition(began(snomed(kLowBackPain), 91)).item("onset", "onset-sudden");
         r.result(kSystolic, "89", "mm[Hg]");
       },
       kOf60},
      {"RF10 pulsatile mass coded", "RF10",
       [](Record& r) { r.condition(snomed("2981001")).condition(snomed(kHipPain)); }},
      {"RF10 pulsatile mass, old pain", "RF10",
       [](Record& r) { r.condition(began(snomed(kHipPain), 900)).item("pulsatile_mass", "true"); }},
      {"RF10 pulsatile mass, no pain", "", [](Record& r) { r.item("pulsatile_mass", "true"); }},
      {"RF10 pulsatile mass of 15 d", "",
       [](Record& r) { r.condition(snomed(kHipPain)).item("pulsatile_mass", "true", 15); }},
  };
  expect_red_flags(cases);
}

ConditionText swelling(int days_ago) {
  return recorded(snomed("449614009"), days_ago);
}

TEST(RedFlags, OfAThrombosisNeedASwollenLegAndAProvocation) {
  const RedFlagCase cases[] = {
      {"RF12 swelling 90 d after replacement", "RF12",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(swelling(30));
       }},
      {"RF12 swelling of 31 d", "",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(swelling(31));
       }},
      {"RF12 swelling 91 d after replacement", "",
       [](Record& r) {
         replace_hip(r, 91);
         r.condition(swelling(0));
       }},
      {"RF12 swelling, day of replacement unknown", "",
       [](Record& r) { r.condition(icd("Z96.641")).condition(swelling(0)); }},
      {"RF12 swelling", "", [](Record& r) { r.condition(swelling(0)); }},
      {"RF12 replacement", "", [](Record& r) { replace_hip(r, 90); }},
      {"RF12 leg swollen, early after a partial replacement", "RF12",
       [](Record& r) {
         r.procedure(
             {std::string{kSnomedUri}, "386649003", R"("performedDateTime":")" + day(20) + '"'});
         r.item("leg_swelling", "true");
       }},
      {"RF12 one leg swollen, malignancy", "RF12",
       [](Record& r) { r.item("leg_swelling", "true").condition(icd("C50.911")); }},
      {"RF12 one leg swollen, past malignancy", "",
       [](Record& r) { r.item("leg_swelling", "true").condition(icd("Z85.3")); }},
      {"RF12 one leg swollen, pregnant", "RF12",
       [](Record& r) { r.item("leg_swelling", "true").condition(icd("Z33.1")); }, kWoman},
      {"RF12 swelling of no known side, malignancy", "",
       [](Record& r) { r.condition(swelling(0)).condition(icd("C50.911")); }},
      {"RF12 swelling of the left leg, malignancy", "RF12",
       [](Record& r) {
         auto left = snomed("449614009");
         left.more =
             R"("bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"7771000"}]}])";
         r.condition(left).condition(icd("C50.911"));
       }},
  };
  expect_red_flags(cases);
}

}  // namespace
