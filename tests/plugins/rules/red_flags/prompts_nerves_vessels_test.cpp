// MM08, MM10, MM12: nerves and vessels.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

/// Back pain that began so many days ago.
Record& back(Record& r, int days_ago) {
  return r.condition(began(snomed(kLowBackPain), days_ago));
}

TEST(Prompts, OfTheCaudaEquinaNeedALateOrAnAmbiguousSign) {
  const RedFlagCase cases[] = {
      {"MM08 retention of 15 d", "MM08",
       [](Record& r) { back(r, 20).condition(began(icd("R33.9"), 15)); }},
      {"MM08 retention of 14 d is RF06", "RF06",
       [](Record& r) { back(r, 20).condition(began(icd("R33.9"), 14)); }},
      {"MM08 retention of 90 d", "MM08",
       [](Record& r) { back(r, 20).condition(began(icd("R33.9"), 90)); }},
      {"MM08 retention of 91 d", "",
       [](Record& r) { back(r, 20).condition(began(icd("R33.9"), 91)); }},
      {"MM08 urinary incontinence of 15 d", "MM08",
       [](Record& r) { back(r, 20).condition(began(icd("R32"), 15)); }},
      {"MM08 faecal incontinence of 15 d", "MM08",
       [](Record& r) { back(r, 20).condition(began(icd("R15.9"), 15)); }},
      {"MM08 old back pain", "", [](Record& r) { back(r, 91).condition(began(icd("R33.9"), 15)); }},
      {"MM08 retention of 15 d with a cause", "",
       [](Record& r) { back(r, 14).condition(began(icd("R33.9"), 15)).condition(icd("N40.1")); }},
      {"MM08 retention of 14 d with a cause, pain of 14 d", "MM08",
       [](Record& r) { back(r, 14).condition(began(icd("R33.9"), 14)).condition(icd("N40.1")); }},
      {"MM08 retention of 14 d with a cause, pain of 15 d", "",
       [](Record& r) { back(r, 15).condition(began(icd("R33.9"), 14)).condition(icd("N40.1")); }},
      {"MM08 retention of no day with a cause", "",
       [](Record& r) { back(r, 14).condition(icd("R33.9")).condition(icd("N40.1")); }},
      {"MM08 symptoms of both legs, pain of 14 d", "MM08",
       [](Record& r) { back(r, 14).item("bilateral_leg_symptoms", "true"); }},
      {"MM08 symptoms of both legs, pain of 15 d", "",
       [](Record& r) { back(r, 15).item("bilateral_leg_symptoms", "true"); }},
      {"MM08 symptoms of both legs, old pain worse", "MM08",
       [](Record& r) {
         back(r, 900).item("bilateral_leg_symptoms", "true").item("pain_worse", "true");
       }},
      {"MM08 sciatica of both sides", "MM08",
       [](Record& r) { r.condition(icd("M54.31")).condition(icd("M54.32")); }},
      {"MM08 lumbago with sciatica, right and left", "MM08",
       [](Record& r) { r.condition(icd("M54.41")).condition(icd("M54.42")); }},
      {"MM08 sciatica of one side", "", [](Record& r) { r.condition(icd("M54.31")); }},
      {"MM08 sciatica of both sides, the left one old", "",
       [](Record& r) { r.condition(icd("M54.31")).condition(began(icd("M54.32"), 91)); }},
      {"MM08 groin pain", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(began(icd("R33.9"), 15)); }},
  };
  expect_prompts(cases);
}

TEST(Prompts, OfAnAneurysmNeedANewPain) {
  const RedFlagCase cases[] = {
      {"MM10 of 90 d", "MM10", [](Record& r) { back(r, 90).condition(icd("I71.40")); }},
      {"MM10 of 91 d", "", [](Record& r) { back(r, 91).condition(icd("I71.40")); }},
      {"MM10 of 15 d", "MM10", [](Record& r) { back(r, 15).condition(icd("I72.3")); }},
      {"MM10 of 14 d is RF10", "RF10", [](Record& r) { back(r, 14).condition(icd("I72.3")); }},
      {"MM10 hip pain", "",
       [](Record& r) { r.condition(began(snomed(kHipPain), 15)).condition(icd("I71.40")); }},
      {"MM10 flank pain", "MM10",
       [](Record& r) { r.condition(began(icd("R10.A1"), 15)).condition(icd("I71.40")); }},
  };
  expect_prompts(cases);
}

TEST(Prompts, OfAThrombosisNeedASwollenLegAndPain) {
  const RedFlagCase cases[] = {
      {"MM12 one leg", "MM12",
       [](Record& r) { r.condition(snomed(kHipPain)).item("leg_swelling", "true"); }},
      {"MM12 coded 30 d ago", "MM12",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(recorded(snomed("449614009"), 30));
       }},
      {"MM12 coded 31 d ago", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(recorded(snomed("449614009"), 31));
       }},
      {"MM12 without pain", "", [](Record& r) { r.item("leg_swelling", "true"); }},
      {"MM12 heart failure", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(snomed("449614009")).condition(icd("I50.9"));
       }},
      {"MM12 heart failure, one leg", "MM12",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("leg_swelling", "true").condition(icd("I50.9"));
       }},
      {"MM12 beside RF12", "RF12",
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(snomed(kHipPain)).item("leg_swelling", "true");
       }},
  };
  expect_prompts(cases);
}

}  // namespace
