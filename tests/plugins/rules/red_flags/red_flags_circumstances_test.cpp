// RF15 and RF16, which go by week and age.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

/// "valueQuantity" of so many weeks.
std::string weeks(const char* number) {
  return R"("valueQuantity":{"value":)" + std::string{number} +
         R"(,"system":"http://unitsofmeasure.org","code":"wk"})";
}

ConditionText week_code(const char* code, int recorded_days_ago) {
  auto condition = icd(code);
  condition.more = R"("recordedDate":")" + day(recorded_days_ago) + '"';
  return condition;
}

TEST(RedFlags, OfEarlyPregnancyGoByTheWeeksAsTheyAreToday) {
  const RedFlagCase cases[] = {
      {"RF15 pregnant, weeks unknown", "RF15",
       [](Record& r) { r.condition(icd("Z33.1")).condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 by the pregnancy status", "RF15",
       [](Record& r) { r.coded_result("82810-3", "77386006").condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 status not pregnant", "",
       [](Record& r) { r.coded_result("82810-3", "60001007").condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 status of 281 d ago", "",
       [](Record& r) { r.coded_result("82810-3", "77386006", 281).condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 no pelvic pain", "",
       [](Record& r) { r.condition(icd("Z33.1")).condition(snomed(kGroinPain)); }, kWoman},
      {"RF15 not pregnant", "", [](Record& r) { r.condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 week 19", "RF15",
       [](Record& r) {
         r.condition(icd("Z33.1"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("19"));
       },
       kWoman},
      {"RF15 week 20", "",
       [](Record& r) {
         r.condition(icd("Z33.1"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("20"));
       },
       kWoman},
      {"RF15 week 19 six days ago", "RF15",
       [](Record& r) {
         r.condition(icd("Z33.1"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("19"), 6);
       },
       kWoman},
      {"RF15 week 19 seven days ago", "",
       [](Record& r) {
         r.condition(icd("Z33.1"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("19"), 7);
       },
       kWoman},
      {"RF15 Z3A.19", "RF15",
       [](Record& r) { r.condition(icd("Z3A.19")).condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 Z3A.20", "",
       [](Record& r) { r.condition(icd("Z3A.20")).condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 Z3A.19 of six days ago", "RF15",
       [](Record& r) { r.condition(week_code("Z3A.19", 6)).condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 Z3A.19 of seven days ago", "",
       [](Record& r) { r.condition(week_code("Z3A.19", 7)).condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 coded 300 days ago", "RF15",
       [](Record& r) { r.condition(week_code("Z33.1", 300)).condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 coded 301 days ago", "",
       [](Record& r) { r.condition(week_code("Z33.1", 301)).condition(snomed(kPelvicPain)); },
       kWoman},
      {"RF15 coded 301 days ago and again since", "RF15",
       [](Record& r) {
         r.condition(week_code("Z33.1", 301))
             .condition(week_code("Z34.90", 20))
             .condition(snomed(kPelvicPain));
       },
       kWoman},
      {"RF15 Z3A.00 says no week", "RF15",
       [](Record& r) { r.condition(icd("Z3A.00")).condition(snomed(kPelvicPain)); }, kWoman},
      {"RF15 the item before the code", "",
       [](Record& r) {
         r.condition(icd("Z3A.10"))
             .condition(snomed(kPelvicPain))
             .item("gestational_weeks", weeks("20"));
       },
       kWoman},
  };
  expect_red_flags(cases);
}

TEST(RedFlags, OfAChildsHipNeedAgePainAndGait) {
  constexpr std::string_view kOf15 = R"({"resourceType":"Patient","birthDate":"2010-11-22"})";
  constexpr std::string_view kOf16 = R"({"resourceType":"Patient","birthDate":"2010-11-21"})";
  constexpr std::string_view kOf15Or16 = R"({"resourceType":"Patient","birthDate":"2010"})";
  constexpr std::string_view kOfNoAge = R"({"resourceType":"Patient"})";
  const auto limping = [](Record& r) {
    r.condition(snomed(kKneePain)).condition(snomed("16973004"));
  };
  const RedFlagCase cases[] = {
      {"RF16 16 tomorrow", "RF16", limping, kOf15},
      {"RF16 16 today", "", limping, kOf16},
      {"RF16 perhaps 15", "RF16", limping, kOf15Or16},
      {"RF16 age unknown", "", limping, kOfNoAge},
      {"RF16 hip pain, abnormal gait", "RF16",
       [](Record& r) { r.condition(snomed(kHipPain)).condition(icd("R26.89")); }, kOf15},
      {"RF16 groin pain, difficulty in walking", "RF16",
       [](Record& r) { r.condition(snomed(kGroinPain)).condition(icd("R26.2")); }, kOf15},
      {"RF16 back pain", "",
       [](Record& r) { r.condition(snomed(kLowBackPain)).condition(snomed("16973004")); }, kOf15},
      {"RF16 no gait", "", [](Record& r) { r.condition(snomed(kKneePain)); }, kOf15},
      {"RF16 no pain", "", [](Record& r) { r.condition(snomed("16973004")); }, kOf15},
  };
  expect_red_flags(cases);
}

}  // namespace
