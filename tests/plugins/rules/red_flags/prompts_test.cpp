// When prompts are asked, and in which order.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

std::string fired_on(void (*fill)(Record&), std::string_view patient = kMan) {
  RecordBuilder record;
  fill(record);
  return fired_of(ReadRecord{record, patient});
}

TEST(Prompts, AreAskedFromAScoreOfFour) {
  EXPECT_EQ(fired_on([](Record& r) {
              r.condition(snomed(kHipPain)).result(kCrp, "25", "mg/L");
              r.item("resisted_hip_flexion_pain", "present");
            }),
            "MM01")
      << "a score of 4";
  EXPECT_EQ(fired_on([](Record& r) {
              r.condition(snomed(kHipPain)).result(kCrp, "25", "mg/L");
              r.item("iliopsoas_tenderness", "present");
            }),
            "")
      << "a score of 3";
}

TEST(Prompts, ThatCannotWaitAreAskedWhateverTheScore) {
  const struct {
    const char* fired;
    void (*fill)(Record&);
  } rows[] = {
      {"MM01", [](Record& r) { r.condition(snomed(kHipPain)).result(kWbc, "15", "10*3/uL"); }},
      {"MM08", [](Record& r) { r.condition(icd("M54.31")).condition(icd("M54.32")); }},
      {"MM10",
       [](Record& r) { r.condition(began(snomed(kLowBackPain), 20)).condition(icd("I71.40")); }},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.fired);
    RecordBuilder record;
    row.fill(record);
    const ReadRecord read{record};
    const auto prompts = prompts_of(read.facts(), red_flags_of(read.facts()));
    EXPECT_EQ(ids_of(prompts), row.fired);
    EXPECT_TRUE(prompts.has_always());
  }
}

/// What makes MM10 fire.
void aneurysm(Record& r) {
  r.condition(began(snomed(kLowBackPain), 20)).condition(icd("I71.40"));
}

TEST(Prompts, AreForLivingAdults) {
  const struct {
    const char* patient;
    const char* fired;
  } rows[] = {
      {R"({"resourceType":"Patient","birthDate":"2008-11-21"})", "MM10"},
      {R"({"resourceType":"Patient","birthDate":"2008-11-22"})", ""},
      {R"({"resourceType":"Patient","birthDate":"2008"})", ""},
      {R"({"resourceType":"Patient"})", ""},
      {R"({"resourceType":"Patient","birthDate":"1960","deceasedBoolean":true})", ""},
      {R"({"resourceType":"Patient","birthDate":"1960","deceasedDateTime":"2026-11-01"})", ""},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(fired_on(aneurysm, row.patient), row.fired) << row.patient;
  }
}

TEST(Prompts, AreForPain) {
  EXPECT_EQ(fired_on([](Record& r) {
              r.condition(icd("M76.11")).result(kWbc, "16", "10*3/uL").condition(icd("Z85.3"));
            }),
            "");
}

TEST(Prompts, StandInTheOrderOfTheirUrgency) {
  RecordBuilder record;
  aneurysm(record);
  record.condition(icd("M76.11")).condition(icd("Z85.3")).condition(began(icd("R33.9"), 15));
  record.item("leg_swelling", "true").result(kCrp, "25", "mg/L");
  EXPECT_EQ(fired_of(ReadRecord{record}), "MM08 MM10 MM01 MM12 MM11");
}

TEST(Prompts, LeaveAcetaminophenWhenEachOfThemDoes) {
  RecordBuilder record;
  record.condition(icd("M76.11")).condition(snomed(kHipPain)).condition(icd("Z85.3"));
  const auto leaves = [&] {
    const ReadRecord read{record};
    return prompts_of(read.facts(), red_flags_of(read.facts())).leaves_acetaminophen();
  };
  EXPECT_TRUE(leaves()) << "MM11";
  record.item("leg_swelling", "true");
  EXPECT_FALSE(leaves()) << "MM11 and MM12";
  for (const auto& row : ShippedRules::get().knowledge->prompts.rows) {
    EXPECT_EQ(row.leaves_acetaminophen, row.id == "MM11" || row.id == "MM13") << row.id;
  }
}

}  // namespace
