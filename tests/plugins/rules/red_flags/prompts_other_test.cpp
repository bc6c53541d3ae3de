// MM09, MM11, MM13, MM14, MM15, MM16.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

/// An image of the hip of so many days ago.
Record& image(Record& r, int days_ago) {
  return r.procedure(
      {"http://loinc.org", "24762-7", R"("performedDateTime":")" + day(days_ago) + '"'});
}

TEST(Prompts, OfTheAbdomenNeedRecentPain) {
  const RedFlagCase cases[] = {
      {"MM09 quadrant pain of 14 d", "MM09",
       [](Record& r) { r.condition(began(icd("R10.31"), 14)); }},
      {"MM09 quadrant pain of 15 d", "", [](Record& r) { r.condition(began(icd("R10.31"), 15)); }},
      {"MM09 abdominal and groin pain of 14 d", "MM09",
       [](Record& r) {
         r.condition(began(snomed(kGroinPain), 14)).item("abdominal_pain", "true", 14);
       }},
      {"MM09 groin pain of 15 d", "",
       [](Record& r) {
         r.condition(began(snomed(kGroinPain), 15)).item("abdominal_pain", "true");
       }},
      {"MM09 abdominal pain of 15 d", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).item("abdominal_pain", "true", 15); }},
      {"MM09 beside RF09", "RF09",
       [](Record& r) { r.condition(icd("R10.31")).item("vomiting", "true"); }},
  };
  expect_prompts(cases);
}

TEST(Prompts, OfAMetastasisNeedAMalignancyAndNewPain) {
  const RedFlagCase cases[] = {
      {"MM11 malignancy", "MM11",
       [](Record& r) { r.condition(icd("C50.911")).condition(began(snomed(kHipPain), 90)); }},
      {"MM11 pain of 91 d", "",
       [](Record& r) { r.condition(icd("C50.911")).condition(began(snomed(kHipPain), 91)); }},
      {"MM11 history", "MM11",
       [](Record& r) { r.condition(icd("Z85.3")).condition(snomed(kHipPain)); }},
      {"MM11 resolved", "MM11",
       [](Record& r) {
         auto past = icd("C50.911");
         past.clinical_status = "resolved";
         r.condition(past).condition(snomed(kHipPain));
       }},
      {"MM11 no pain at night nor at rest", "",
       [](Record& r) {
         r.condition(icd("Z85.3")).condition(snomed(kHipPain));
         r.item("night_pain", "false").item("rest_pain", "false");
       }},
      {"MM11 no pain at night, at rest not known", "MM11",
       [](Record& r) {
         r.condition(icd("Z85.3")).condition(snomed(kHipPain)).item("night_pain", "false");
       }},
      {"MM11 imaged since", "",
       [](Record& r) {
         image(r.condition(icd("Z85.3")).condition(began(snomed(kHipPain), 40)), 20);
       }},
      {"MM11 imaged before", "MM11",
       [](Record& r) {
         image(r.condition(icd("Z85.3")).condition(began(snomed(kHipPain), 40)), 41);
       }},
      {"MM11 imaged since, worse", "MM11",
       [](Record& r) {
         image(r.condition(icd("Z85.3")).condition(began(snomed(kHipPain), 40)), 20)
             .item("pain_worse", "true");
       }},
      {"MM11 in bone for 366 d, old pain", "MM11",
       [](Record& r) {
         r.condition(began(icd("C79.51"), 366)).condition(began(snomed(kHipPain), 400));
       }},
      {"MM11 in bone for 365 d, old pain", "RF11",
       [](Record& r) {
         r.condition(began(icd("C79.51"), 365)).condition(began(snomed(kHipPain), 400));
       }},
      {"MM11 beside RF11", "RF11",
       [](Record& r) {
         r.condition(icd("Z85.3")).condition(snomed(kHipPain)).item("night_pain", "true");
       }},
  };
  expect_prompts(cases);
}

TEST(Prompts, OfAnOsteonecrosisKnowItsCauses) {
  for (const char* code : {"Z79.52", "F10.20", "D57.1", "M32.9", "Z94.0", "B20", "Z21"}) {
    SCOPED_TRACE(std::string{"MM13 "} + code);
    const auto fired = [&](std::string_view pain) {
      return fired_of(ReadRecord{
          RecordBuilder{}.condition(icd("M76.11")).condition(icd(code)).condition(snomed(pain))});
    };
    EXPECT_EQ(fired(kHipPain), "MM13");
    EXPECT_EQ(fired(kGroinPain), "MM13");
    EXPECT_EQ(fired(kThighPain), "");
  }
}

/// A corticosteroid coded for long, and pain of the hip that began so many days ago.
Record& steroid(Record& r, int began_days_ago) {
  return r.condition(icd("Z79.52")).condition(began(snomed(kHipPain), began_days_ago));
}

TEST(Prompts, OfAnOsteonecrosisNeedPainThatIsNewOrNotImaged) {
  const RedFlagCase cases[] = {
      {"MM13 old, not imaged", "MM13", [](Record& r) { steroid(r, 91); }},
      {"MM13 old, imaged since", "", [](Record& r) { image(steroid(r, 91), 91); }},
      {"MM13 old, imaged before", "MM13", [](Record& r) { image(steroid(r, 91), 92); }},
      {"MM13 new, imaged since", "MM13", [](Record& r) { image(steroid(r, 90), 1); }},
      {"MM13 no pain at night nor at rest", "",
       [](Record& r) { steroid(r, 1).item("night_pain", "false").item("rest_pain", "false"); }},
      {"MM13 no pain at night", "MM13",
       [](Record& r) { steroid(r, 1).item("night_pain", "false"); }},
      {"MM13 replaced", "",
       [](Record& r) {
         steroid(r, 1);
         replace_hip(r, 180);
       }},
      {"MM13 the other hip replaced", "MM13",
       [](Record& r) {
         r.condition(icd("Z79.52")).condition(icd("M25.552")).condition(icd("Z96.641"));
       }},
      {"MM13 prednisone for 29 d", "",
       [](Record& r) { r.condition(snomed(kHipPain)).medication("prednisone", "active", 29); }},
      {"MM13 prednisone for 30 d", "MM13",
       [](Record& r) { r.condition(snomed(kHipPain)).medication("prednisone", "active", 30); }},
      {"MM13 prednisone ended 730 d ago", "MM13",
       [](Record& r) { r.condition(snomed(kHipPain)).medication("prednisone", "completed", 730); }},
      {"MM13 prednisone ended 731 d ago", "",
       [](Record& r) { r.condition(snomed(kHipPain)).medication("prednisone", "completed", 731); }},
      {"MM13 beside RF13", "RF13", [](Record& r) { steroid(r, 1).condition(icd("M87.051")); }},
  };
  expect_prompts(cases);
}

/// An inguinal hernia, and pain in the groin that began so many days ago.
Record& hernia(Record& r, int began_days_ago) {
  return r.condition(icd("K40.90")).condition(began(snomed(kGroinPain), began_days_ago));
}

TEST(Prompts, OfAHerniaNeedRecentPainOrASign) {
  const RedFlagCase cases[] = {
      {"MM14 of 7 d", "MM14", [](Record& r) { hernia(r, 7); }},
      {"MM14 of 8 d", "", [](Record& r) { hernia(r, 8); }},
      {"MM14 sudden, of 90 d", "MM14",
       [](Record& r) { hernia(r, 90).item("onset", "onset-sudden"); }},
      {"MM14 sudden, of 91 d", "", [](Record& r) { hernia(r, 91).item("onset", "onset-sudden"); }},
      {"MM14 vomiting", "MM14", [](Record& r) { hernia(r, 900).item("vomiting", "true"); }},
      {"MM14 cannot be reduced", "MM14",
       [](Record& r) { hernia(r, 900).item("hernia_reducible", "false"); }},
      {"MM14 can be reduced", "",
       [](Record& r) { hernia(r, 900).item("hernia_reducible", "true"); }},
      {"MM14 femoral", "MM14",
       [](Record& r) { r.condition(icd("K41.90")).condition(snomed(kPelvicPain)); }},
      {"MM14 hip pain", "",
       [](Record& r) { r.condition(icd("K40.90")).condition(snomed(kHipPain)); }},
      {"MM14 beside RF14", "RF14", [](Record& r) { hernia(r, 7).condition(icd("K40.30")); }},
  };
  expect_prompts(cases);
}

}  // namespace
