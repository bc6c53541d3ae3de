// MM01 and MM02.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

/// Pain in the groin with a CRP.
Record& groin_with_crp(Record& r, const char* crp, int days_ago = 0) {
  return r.condition(snomed(kGroinPain)).result(kCrp, crp, "mg/L", days_ago);
}

/// Pain in the groin with white cells.
Record& groin_with_white_cells(Record& r, const char* count, int days_ago = 0) {
  return r.condition(snomed(kGroinPain)).result(kWbc, count, "10*3/uL", days_ago);
}

TEST(Prompts, OfADeepInfectionGoByCrp) {
  const RedFlagCase cases[] = {
      {"MM01 (a) CRP 20", "", [](Record& r) { groin_with_crp(r, "20"); }},
      {"MM01 (a) CRP 20.1", "MM01", [](Record& r) { groin_with_crp(r, "20.1"); }},
      {"MM01 (a) of 30 d", "MM01",
       [](Record& r) {
         r.condition(began(snomed(kGroinPain), 40)).result(kCrp, "25", "mg/L", 30);
       }},
      {"MM01 (a) of 31 d", "",
       [](Record& r) {
         r.condition(began(snomed(kGroinPain), 40)).result(kCrp, "25", "mg/L", 31);
       }},
      {"MM01 (a) 14 d before the pain", "MM01",
       [](Record& r) {
         r.condition(began(snomed(kGroinPain), 10)).result(kCrp, "25", "mg/L", 24);
       }},
      {"MM01 (a) 15 d before the pain", "",
       [](Record& r) {
         r.condition(began(snomed(kGroinPain), 10)).result(kCrp, "25", "mg/L", 25);
       }},
      {"MM01 (a) old pain", "",
       [](Record& r) { r.condition(began(snomed(kGroinPain), 91)).result(kCrp, "25", "mg/L"); }},
      {"MM01 (a) beside an implant that hurts it is MM02", "MM02",
       [](Record& r) {
         groin_with_crp(r, "25");
         replace_hip(r, 400);
       }},
      {"MM01 (b) CRP 10.1 alone", "", [](Record& r) { groin_with_crp(r, "10.1"); }},
      {"MM01 (b) immunosuppression", "MM01",
       [](Record& r) { groin_with_crp(r, "10.1").condition(icd("D84.9")); }},
      {"MM01 (b) immunosuppression, CRP 10", "",
       [](Record& r) { groin_with_crp(r, "10").condition(icd("D84.9")); }},
      {"MM01 (b) diabetes counts above 20 alone", "",
       [](Record& r) { groin_with_crp(r, "10.1").condition(icd("E11.9")); }},
      {"MM01 (b) so does Crohn's disease", "",
       [](Record& r) { groin_with_crp(r, "10.1").condition(icd("K50.90")); }},
      {"MM01 (b) psoas sign", "MM01",
       [](Record& r) { groin_with_crp(r, "10.1").item("psoas_sign", "present"); }},
      {"MM01 (b) pain at night", "MM01",
       [](Record& r) { groin_with_crp(r, "10.1").item("night_pain", "true"); }},
      {"MM01 (b) pain at rest", "MM01",
       [](Record& r) { groin_with_crp(r, "10.1").item("rest_pain", "true"); }},
      {"MM01 (b) ESR 30", "",
       [](Record& r) { groin_with_crp(r, "10.1").result(kEsr, "30", "mm/h"); }},
      {"MM01 (b) ESR 31 of 90 d", "MM01",
       [](Record& r) { groin_with_crp(r, "10.1").result(kEsr, "31", "mm/h", 90); }},
      {"MM01 (b) ESR 31 of 91 d", "",
       [](Record& r) { groin_with_crp(r, "10.1").result(kEsr, "31", "mm/h", 91); }},
      {"MM01 beside RF01", "RF01", [](Record& r) { groin_with_crp(r, "50.1"); }},
      {"MM01 beside RF09", "RF09",
       [](Record& r) {
         r.condition(icd("R10.31")).item("vomiting", "true").result(kCrp, "25", "mg/L");
       }},
  };
  expect_prompts(cases);
}

/// Pain in the groin with a temperature.
Record& groin_with_temperature(Record& r, const char* cel, int days_ago = 0) {
  return r.condition(snomed(kGroinPain)).result(kTemperature, cel, "Cel", days_ago);
}

TEST(Prompts, OfADeepInfectionGoByTemperatureAtRisk) {
  const RedFlagCase cases[] = {
      {"MM01 (c) 37.5 Cel", "", [](Record& r) { groin_with_temperature(r, "37.5"); }},
      {"MM01 (c) 37.5 Cel, diabetes", "MM01",
       [](Record& r) { groin_with_temperature(r, "37.5").condition(icd("E11.9")); }},
      {"MM01 (c) 37.4 Cel, diabetes", "",
       [](Record& r) { groin_with_temperature(r, "37.4").condition(icd("E11.9")); }},
      {"MM01 (c) 38.0 Cel, diabetes", "RF01",
       [](Record& r) { groin_with_temperature(r, "38.0").condition(icd("E11.9")); }},
      {"MM01 (c) 37.5 Cel of 7 d, kidney disease", "MM01",
       [](Record& r) { groin_with_temperature(r, "37.5", 7).condition(icd("N18.5")); }},
      {"MM01 (c) 37.5 Cel of 8 d, kidney disease", "",
       [](Record& r) { groin_with_temperature(r, "37.5", 8).condition(icd("N18.5")); }},
      {"MM01 (c) 37.5 Cel, bacteraemia of 90 d", "MM01",
       [](Record& r) { groin_with_temperature(r, "37.5").condition(recorded(icd("R78.81"), 90)); }},
      {"MM01 (c) 37.5 Cel, bacteraemia of 91 d", "",
       [](Record& r) { groin_with_temperature(r, "37.5").condition(recorded(icd("R78.81"), 91)); }},
      {"MM01 (c) 37.5 Cel, corticosteroid", "MM01",
       [](Record& r) {
         groin_with_temperature(r, "37.5").medication("Prednisone 5 MG Oral Tablet");
       }},
  };
  expect_prompts(cases);
}

TEST(Prompts, OfADeepInfectionGoByWhiteCells) {
  const RedFlagCase cases[] = {
      {"MM01 (d) 11.1 alone", "", [](Record& r) { groin_with_white_cells(r, "11.1"); }},
      {"MM01 (d) 11.1, diabetes", "MM01",
       [](Record& r) { groin_with_white_cells(r, "11.1").condition(icd("E11.9")); }},
      {"MM01 (d) 11, diabetes", "",
       [](Record& r) { groin_with_white_cells(r, "11").condition(icd("E11.9")); }},
      {"MM01 (d) 11.1, psoas sign", "MM01",
       [](Record& r) { groin_with_white_cells(r, "11.1").item("psoas_sign", "present"); }},
      {"MM01 (d) 11.1, pain at night", "MM01",
       [](Record& r) { groin_with_white_cells(r, "11.1").item("night_pain", "true"); }},
      {"MM01 (d) 11.1 of 30 d, pain at rest", "MM01",
       [](Record& r) { groin_with_white_cells(r, "11.1", 30).item("rest_pain", "true"); }},
      {"MM01 (d) 11.1 of 31 d, pain at rest", "",
       [](Record& r) { groin_with_white_cells(r, "11.1", 31).item("rest_pain", "true"); }},
      {"MM01 (d) corticosteroid", "",
       [](Record& r) {
         groin_with_white_cells(r, "12").item("rest_pain", "true").medication("prednisone");
       }},
      {"MM01 (d) pregnant, 17", "",
       [](Record& r) {
         groin_with_white_cells(r, "17").item("rest_pain", "true").condition(icd("Z33.1"));
       },
       kWoman},
      {"MM01 (d) pregnant, 17.1", "MM01",
       [](Record& r) {
         groin_with_white_cells(r, "17.1").item("rest_pain", "true").condition(icd("Z33.1"));
       },
       kWoman},
      {"MM01 (e) 14.9", "", [](Record& r) { groin_with_white_cells(r, "14.9"); }},
      {"MM01 (e) 15", "MM01", [](Record& r) { groin_with_white_cells(r, "15"); }},
      {"MM01 (e) 15, corticosteroid", "",
       [](Record& r) { groin_with_white_cells(r, "15").medication("prednisone"); }},
      {"MM01 (e) 16, pregnant", "",
       [](Record& r) { groin_with_white_cells(r, "16").condition(icd("Z33.1")); }, kWoman},
  };
  expect_prompts(cases);
}

TEST(Prompts, OfADeepInfectionGoByDrugUse) {
  const RedFlagCase cases[] = {
      {"MM01 (f) injection drug use", "",
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(snomed("228388006")); }},
      {"MM01 (f) psoas sign", "MM01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(snomed("228388006"));
         r.item("psoas_sign", "present");
       }},
      {"MM01 (f) opioid dependence, pain at night", "MM01",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(icd("F11.20")).item("night_pain", "true");
       }},
      {"MM01 (f) opioid use that may be prescribed, pain at night", "",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(icd("F11.90")).item("night_pain", "true");
       }},
      {"MM01 (f) in remission, pain at night", "",
       [](Record& r) {
         r.condition(snomed(kGroinPain)).condition(icd("F14.21")).item("night_pain", "true");
       }},
      {"MM01 (f) old pain", "",
       [](Record& r) {
         r.condition(began(snomed(kGroinPain), 91)).condition(icd("F11.20"));
         r.item("night_pain", "true");
       }},
  };
  expect_prompts(cases);
}

/// An implant of so many days, pain of the hip, and a marker.
void implant(Record& r, int days_ago, std::string_view marker, const char* value, int of = 0) {
  replace_hip(r, days_ago);
  r.condition(snomed(kHipPain)).result(marker, value, marker == kCrp ? "mg/L" : "mm/h", of);
}

TEST(Prompts, OfAProstheticInfectionNeedOneMarkerLate) {
  const RedFlagCase cases[] = {
      {"MM02 CRP 10", "", [](Record& r) { implant(r, 91, kCrp, "10"); }},
      {"MM02 CRP 10.1", "MM02", [](Record& r) { implant(r, 91, kCrp, "10.1"); }},
      {"MM02 ESR 30", "", [](Record& r) { implant(r, 91, kEsr, "30"); }},
      {"MM02 ESR 31", "MM02", [](Record& r) { implant(r, 91, kEsr, "31"); }},
      {"MM02 early", "", [](Record& r) { implant(r, 90, kEsr, "60"); }},
      {"MM02 CRP of 90 d", "MM02", [](Record& r) { implant(r, 400, kCrp, "12", 90); }},
      {"MM02 CRP of 91 d", "", [](Record& r) { implant(r, 400, kCrp, "12", 91); }},
      {"MM02 beside RF02", "RF02",
       [](Record& r) {
         implant(r, 400, kCrp, "12");
         r.result(kEsr, "31", "mm/h");
       }},
      {"MM02 pain of the other hip", "",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(icd("M25.552")).result(kCrp, "12", "mg/L");
       }},
      {"MM02 partial replacement", "MM02",
       [](Record& r) {
         r.procedure({std::string{kSnomedUri}, "386649003", ""});
         r.condition(snomed(kHipPain)).result(kCrp, "12", "mg/L");
       }},
  };
  expect_prompts(cases);
}

}  // namespace
