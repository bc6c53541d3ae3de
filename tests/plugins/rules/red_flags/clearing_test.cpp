// What the items "... excluded" clear, and until when.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

/// A rule that fires, the item that clears it, and for how many days.
struct ClearedCase {
  const char* id;
  const char* item;
  int days;
  void (*fill)(Record&);
  std::string_view patient = kMan;
};

/// Does the rule fire with the item of so many days ago?
bool fires(const ClearedCase& one, const char* value, int days_ago) {
  RecordBuilder record;
  record.condition(icd("M76.11")).item(one.item, value, days_ago);
  one.fill(record);
  return (' ' + fired_of(ReadRecord{record, one.patient})).find(std::string{' '} + one.id) !=
         std::string::npos;
}

void expect_cleared(std::span<const ClearedCase> cases) {
  for (const auto& one : cases) {
    SCOPED_TRACE(one.id);
    EXPECT_FALSE(fires(one, "true", one.days));
    EXPECT_TRUE(fires(one, "true", one.days + 1)) << "too old";
    EXPECT_TRUE(fires(one, "false", one.days)) << "false";
  }
}

TEST(Clearing, OfPromptsLastsItsDays) {
  const ClearedCase cases[] = {
      {"MM01", "infection_excluded", 30,
       [](Record& r) {
         r.condition(recorded(snomed(kHipPain), 40)).result(kCrp, "25", "mg/L", 30);
       }},
      {"MM02", "prosthesis_infection_excluded", 90,
       [](Record& r) {
         replace_hip(r, 300);
         r.condition(snomed(kHipPain)).result(kCrp, "12", "mg/L", 90);
       }},
      {"MM03", "haematoma_excluded", 14, bleeding_risk},
      {"MM04", "fracture_excluded", 42,
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(icd("W19.XXXA")).condition(icd("M81.0"));
       }},
      {"MM05", "atypical_fracture_excluded", 180,
       [](Record& r) { r.condition(snomed(kThighPain)).condition(icd("Z79.83")); }},
      {"MM06", "stress_fracture_excluded", 42,
       [](Record& r) { r.condition(snomed(kHipPain)).item("hop_test_pain", "present", 42); }},
      {"MM07", "implant_failure_excluded", 90,
       [](Record& r) {
         replace_hip(r, 300);
         r.condition(snomed(kHipPain)).condition(icd("T84.030D"));
       }},
      {"MM08", "cauda_equina_excluded", 14,
       [](Record& r) { r.condition(icd("M54.31")).condition(icd("M54.32")); }},
      {"MM09", "abdomen_excluded", 14, [](Record& r) { r.condition(icd("R10.31")); }},
      {"MM10", "aneurysm_excluded", 180,
       [](Record& r) { r.condition(recorded(snomed(kLowBackPain), 20)).condition(icd("I71.40")); }},
      {"MM11", "cancer_excluded", 180,
       [](Record& r) { r.condition(snomed(kHipPain)).condition(icd("Z85.3")); }},
      {"MM12", "dvt_excluded", 14,
       [](Record& r) { r.condition(snomed(kHipPain)).condition(snomed("449614009")); }},
      {"MM13", "osteonecrosis_excluded", 180,
       [](Record& r) { r.condition(snomed(kHipPain)).condition(icd("Z79.52")); }},
      {"MM14", "hernia_complication_excluded", 14,
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(icd("K40.90")); }},
      {"MM15", "pregnancy_excluded", 14, [](Record& r) { r.condition(snomed(kPelvicPain)); },
       kWoman},
      {"MM16", "metal_reaction_excluded", 365,
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(snomed(kHipPain));
         r.item("metal_on_metal", "true", 365);
       }},
  };
  expect_cleared(cases);
}

TEST(Clearing, OfPatternsOfRedFlagsLastsItsDays) {
  const ClearedCase cases[] = {
      {"RF01", "infection_excluded", 30,
       [](Record& r) { r.condition(snomed(kHipPain)).result(kCrp, "60", "mg/L", 30); }},
      {"RF02", "prosthesis_infection_excluded", 90,
       [](Record& r) {
         replace_hip(r, 300);
         r.condition(snomed(kHipPain)).condition(snomed(kFever));
       }},
      {"RF03", "haematoma_excluded", 14,
       [](Record& r) {
         bleeding_risk(r);
         r.condition(icd("G57.21"));
       }},
      {"RF04", "fracture_excluded", 42,
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(icd("W19.XXXA")).condition(icd("M81.0"));
         r.condition(snomed("16973004"));
       }},
      {"RF05", "implant_failure_excluded", 90,
       [](Record& r) {
         replace_hip(r, 300);
         r.condition(snomed(kHipPain)).item("onset", "onset-sudden", 90);
         r.item("leg_shortened_or_rotated", "present", 90);
       }},
      {"RF06", "cauda_equina_excluded", 14,
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("R33.9")); }},
      {"RF07", "infection_excluded", 30,
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kHipPain)).condition(icd("M25.451"));
       }},
      {"RF08", "infection_excluded", 30,
       [](Record& r) {
         r.condition(snomed(kFever)).condition(snomed(kLowBackPain)).condition(icd("D84.9"));
       }},
      {"RF09", "abdomen_excluded", 14,
       [](Record& r) { r.condition(icd("R10.31")).condition(icd("R19.31")); }},
      {"RF10", "aneurysm_excluded", 180,
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(icd("I71.40")); }},
      {"RF11", "cancer_excluded", 180,
       [](Record& r) {
         r.condition(snomed(kHipPain)).condition(icd("Z85.3")).condition(icd("R63.4"));
       }},
      {"RF12", "dvt_excluded", 14,
       [](Record& r) {
         replace_hip(r, 90);
         r.condition(snomed("449614009"));
       }},
      {"RF15", "ectopic_excluded", 14,
       [](Record& r) { r.condition(snomed(kPelvicPain)).condition(icd("Z33.1")); }, kWoman},
  };
  expect_cleared(cases);
}

TEST(Clearing, LeavesWhatIsCodedAndWhatNoItemNames) {
  const struct {
    const char* item;
    const char* id;
    void (*fill)(Record&);
  } rows[] = {
      {"infection_excluded", "RF01", [](Record& r) { r.condition(icd("K68.12")); }},
      {"infection_excluded", "RF07", [](Record& r) { r.condition(icd("M00.051")); }},
      {"infection_excluded", "RF17", [](Record& r) { r.condition(icd("A41.9")); }},
      {"infection_excluded", "RF18",
       [](Record& r) { r.condition(icd("N20.1")).condition(snomed(kFever)); }},
      {"prosthesis_infection_excluded", "RF02", [](Record& r) { r.condition(icd("T84.51XA")); }},
      {"haematoma_excluded", "RF03", [](Record& r) { r.condition(icd("K66.1")); }},
      {"haematoma_excluded", "RF19",
       [](Record& r) { r.condition(snomed(kHipPain)).item("quadriceps_weakness", "true"); }},
      {"fracture_excluded", "RF04", [](Record& r) { r.condition(icd("S72.001A")); }},
      {"fracture_excluded", "RF04",
       [](Record& r) { r.condition(snomed(kHipPain)).condition(snomed(kUnableToBearWeight)); }},
      {"fracture_excluded", "MM05",
       [](Record& r) { r.condition(snomed(kThighPain)).condition(icd("Z79.83")); }},
      {"fracture_excluded", "MM06",
       [](Record& r) { r.condition(snomed(kHipPain)).item("hop_test_pain", "present"); }},
      {"aneurysm_excluded", "RF10", [](Record& r) { r.condition(icd("I71.30")); }},
      {"cancer_excluded", "RF11", [](Record& r) { r.condition(icd("C79.51")); }},
      {"osteonecrosis_excluded", "RF13", [](Record& r) { r.condition(icd("M87.051")); }},
      {"ectopic_excluded", "RF15", [](Record& r) { r.condition(icd("O00.90")); }},
  };
  for (const auto& row : rows) {
    EXPECT_TRUE(fires({row.id, row.item, 0, row.fill}, "true", 0)) << row.item << ' ' << row.id;
  }
}

TEST(Clearing, EndsWithALaterDatum) {
  const RedFlagCase cases[] = {
      {"RF01 CRP of the same day", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("infection_excluded", "true", 5);
         r.result(kCrp, "60", "mg/L", 5);
       }},
      {"RF01 CRP of the day after", "RF01",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("infection_excluded", "true", 5);
         r.result(kCrp, "60", "mg/L", 4);
       }},
      {"RF01 pain worse since", "RF01",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("infection_excluded", "true", 5);
         r.result(kCrp, "60", "mg/L", 5).item("pain_worse", "true", 4);
       }},
      {"RF01 pain not worse since", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("infection_excluded", "true", 5);
         r.result(kCrp, "60", "mg/L", 5).item("pain_worse", "false", 4);
       }},
      {"RF01 a pain that began since", "RF01",
       [](Record& r) {
         r.condition(began(snomed(kHipPain), 4)).item("infection_excluded", "true", 5);
         r.result(kCrp, "60", "mg/L", 5);
       }},
      {"RF01 the same pain recorded again", "",
       [](Record& r) {
         r.condition(recorded(snomed(kHipPain), 4)).item("infection_excluded", "true", 5);
         r.result(kCrp, "60", "mg/L", 5);
       }},
      {"MM01 a risk recorded since", "MM01",
       [](Record& r) {
         r.condition(recorded(snomed(kHipPain), 20)).item("infection_excluded", "true", 5);
         r.result(kCrp, "12", "mg/L", 8).condition(recorded(icd("D84.9"), 4));
       }},
      {"MM01 pain at night said again", "",
       [](Record& r) {
         r.condition(recorded(snomed(kHipPain), 20)).item("infection_excluded", "true", 5);
         r.result(kCrp, "12", "mg/L", 8);
         r.item("night_pain", "true", 8).item("night_pain", "true", 4);
       }},
      {"MM01 pain at night gone and back", "MM01",
       [](Record& r) {
         r.condition(recorded(snomed(kHipPain), 20)).item("infection_excluded", "true", 5);
         r.result(kCrp, "12", "mg/L", 8).item("night_pain", "true", 8);
         r.item("night_pain", "false", 6).item("night_pain", "true", 4);
       }},
      {"RF04 the same limp recorded again", "",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("fracture_excluded", "true", 5);
         r.item("recent_fall", "true", 6).condition(icd("M81.0"));
         r.condition(recorded(snomed("16973004"), 4));
       }},
      {"RF04 a limp that began since", "RF04",
       [](Record& r) {
         r.condition(snomed(kHipPain)).item("fracture_excluded", "true", 5);
         r.item("recent_fall", "true", 6).condition(icd("M81.0"));
         r.condition(began(snomed("16973004"), 4));
       }},
  };
  expect_prompts(cases);
}

}  // namespace
