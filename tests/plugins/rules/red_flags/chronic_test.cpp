// What is known and chronic fires no red flag without a new pain.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

/// A hip replacement of so many days ago, of the right side.
void replace_right(Record& r, int days_ago) {
  r.procedure({std::string{kSnomedUri}, std::string{kHipReplacement},
               R"("performedDateTime":")" + day(days_ago) +
                   R"(","bodySite":[{"coding":[{"system":"http://snomed.info/sct",)" +
                   R"("code":"24028007"}]}])"});
}

TEST(KnownAndChronic, MalignancyOfBoneCountsForAYearOrWithNewPain) {
  const RedFlagCase cases[] = {
      {"RF11 of 365 d", "RF11", [](Record& r) { r.condition(began(icd("C79.51"), 365)); }},
      {"RF11 of 366 d", "", [](Record& r) { r.condition(began(icd("C79.51"), 366)); }},
      {"RF11 of 366 d, new pain", "RF11",
       [](Record& r) { r.condition(began(icd("C79.51"), 366)).condition(snomed(kHipPain)); }},
      {"RF11 of 366 d, old pain", "MM11",
       [](Record& r) {
         r.condition(began(icd("C79.51"), 366)).condition(began(snomed(kHipPain), 91));
       }},
      {"RF11 of no day", "RF11", [](Record& r) { r.condition(icd("C79.51")); }},
  };
  expect_prompts(cases);
}

TEST(KnownAndChronic, OsteonecrosisCountsForAYearOrWithNewPain) {
  const struct {
    const char* evidence;
    const char* fired;
    bool is_known;
    void (*fill)(Record&);
  } rows[] = {
      {"RF13 of 365 d", "RF13", false, [](Record& r) { r.condition(began(icd("M87.051"), 365)); }},
      {"RF13 of 366 d", "", true, [](Record& r) { r.condition(began(icd("M87.051"), 366)); }},
      {"RF13 of 366 d, old pain", "", true,
       [](Record& r) {
         r.condition(began(icd("M87.051"), 366)).condition(began(snomed(kHipPain), 91));
       }},
      {"RF13 of 366 d, new pain", "RF13", false,
       [](Record& r) { r.condition(began(icd("M87.051"), 366)).condition(snomed(kHipPain)); }},
      {"RF13 of 366 d, old pain worse", "RF13", false,
       [](Record& r) {
         r.condition(began(icd("M87.051"), 366)).condition(began(snomed(kHipPain), 91));
         r.item("pain_worse", "true");
       }},
      {"RF13 of no day", "RF13", false, [](Record& r) { r.condition(icd("M87.051")); }},
      {"RF13 that hip replaced", "", false,
       [](Record& r) { r.condition(icd("M87.051")).condition(icd("Z96.641")); }},
      {"RF13 both hips replaced", "", false,
       [](Record& r) { r.condition(icd("M87.051")).condition(icd("Z96.643")); }},
      {"RF13 the other hip replaced", "RF13", false,
       [](Record& r) { r.condition(icd("M87.051")).condition(icd("Z96.642")); }},
      {"RF13 a hip of unknown side replaced since", "", false,
       [](Record& r) {
         r.condition(began(icd("M87.051"), 100));
         replace_hip(r, 50);
       }},
      {"RF13 of unknown side, a hip replaced", "", false,
       [](Record& r) { r.condition(snomed("203476003")).condition(icd("Z96.642")); }},
      {"RF13 that hip replaced before", "RF13", false,
       [](Record& r) {
         r.condition(began(icd("M87.051"), 50));
         replace_right(r, 100);
       }},
      {"RF13 that hip replaced since", "", false,
       [](Record& r) {
         r.condition(began(icd("M87.051"), 900));
         replace_right(r, 100);
       }},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    RecordBuilder record;
    row.fill(record);
    const ReadRecord read{record};
    const auto flags = red_flags_of(read.facts());
    EXPECT_EQ(ids_of(flags), row.fired);
    EXPECT_EQ(!flags.known_osteonecrosis.empty(), row.is_known);
  }
}

TEST(KnownAndChronic, AnAneurysmWithOldPainIsQuiet) {
  const RedFlagCase cases[] = {
      {"RF10 pain of 91 d", "",
       [](Record& r) { r.condition(icd("I71.40")).condition(began(snomed(kLowBackPain), 91)); }},
      {"RF10 recorded again of late, first 300 d ago", "",
       [](Record& r) {
         r.condition(icd("I71.40")).condition(recorded(snomed(kLowBackPain), 1));
         r.condition(recorded(snomed(kLowBackPain), 300));
       }},
      {"RF10 pain of 91 d, worse", "RF10",
       [](Record& r) {
         r.condition(icd("I71.40")).condition(began(snomed(kLowBackPain), 91));
         r.item("pain_worse", "true");
       }},
  };
  expect_prompts(cases);
}

}  // namespace
