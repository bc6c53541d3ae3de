// MM15 and MM16: by sex and age, and by the age of an implant.

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using Record = RecordBuilder;

TEST(Prompts, OfAnEctopicPregnancyNeedPelvicPainAndAPregnancyNotRuledOut) {
  constexpr std::string_view kOf55 =
      R"({"resourceType":"Patient","gender":"female","birthDate":"1970-11-22"})";
  constexpr std::string_view kOf56 =
      R"({"resourceType":"Patient","gender":"female","birthDate":"1970-11-21"})";
  constexpr std::string_view kOfNoGender = R"({"resourceType":"Patient","birthDate":"1996-05-01"})";
  const auto pain = [](Record& r) { r.condition(snomed(kPelvicPain)); };
  const RedFlagCase cases[] = {
      {"MM15 woman of 30", "MM15", pain, kWoman},
      {"MM15 man", "", pain, kMan},
      {"MM15 gender not known", "MM15", pain, kOfNoGender},
      {"MM15 56 tomorrow", "MM15", pain, kOf55},
      {"MM15 56 today", "", pain, kOf56},
      {"MM15 pain of 30 d", "MM15", [](Record& r) { r.condition(began(snomed(kPelvicPain), 30)); },
       kWoman},
      {"MM15 pain of 31 d", "", [](Record& r) { r.condition(began(snomed(kPelvicPain), 31)); },
       kWoman},
      {"MM15 quadrant pain", "MM09 MM15", [](Record& r) { r.condition(icd("R10.32")); }, kWoman},
      {"MM15 groin pain", "", [](Record& r) { r.condition(snomed(kGroinPain)); }, kWoman},
      {"MM15 not pregnant 30 d ago", "",
       [](Record& r) { r.condition(snomed(kPelvicPain)).coded_result("82810-3", "60001007", 30); },
       kWoman},
      {"MM15 not pregnant 31 d ago", "MM15",
       [](Record& r) { r.condition(snomed(kPelvicPain)).coded_result("82810-3", "60001007", 31); },
       kWoman},
      {"MM15 uterus removed", "",
       [](Record& r) { r.condition(snomed(kPelvicPain)).condition(icd("Z90.710")); }, kWoman},
      {"MM15 ovaries removed", "",
       [](Record& r) { r.condition(snomed(kPelvicPain)).condition(icd("Z90.722")); }, kWoman},
      {"MM15 menopause", "",
       [](Record& r) { r.condition(snomed(kPelvicPain)).condition(icd("N95.1")); }, kWoman},
      {"MM15 pregnant is RF15", "RF15",
       [](Record& r) { r.condition(snomed(kPelvicPain)).condition(icd("Z33.1")); }, kWoman},
  };
  expect_prompts(cases);
}

/// An implant of so many days, and pain of the hip.
Record& implant(Record& r, int days_ago = 400) {
  replace_hip(r, days_ago);
  return r.condition(snomed(kHipPain));
}

TEST(Prompts, OfAReactionToMetalNeedAnImplantOfAYear) {
  const RedFlagCase cases[] = {
      {"MM16 implant alone", "", [](Record& r) { implant(r); }},
      {"MM16 metal on metal, 365 d", "MM16",
       [](Record& r) { implant(r, 365).item("metal_on_metal", "true"); }},
      {"MM16 metal on metal, 364 d", "",
       [](Record& r) { implant(r, 364).item("metal_on_metal", "true"); }},
      {"MM16 day of the operation not known", "MM16",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(snomed(kHipPain)).item("metal_on_metal", "true");
       }},
      {"MM16 mass of 365 d", "MM16",
       [](Record& r) { implant(r).condition(recorded(icd("R22.41"), 365)); }},
      {"MM16 mass of 366 d", "",
       [](Record& r) { implant(r).condition(recorded(icd("R22.41"), 366)); }},
      {"MM16 mass of the other side", "",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(icd("M25.551")).condition(icd("R22.42"));
       }},
      {"MM16 cobalt 7", "", [](Record& r) { implant(r).result(kCobalt, "7", "ug/L"); }},
      {"MM16 cobalt 7.1 of 365 d", "MM16",
       [](Record& r) { implant(r).result(kCobalt, "7.1", "ug/L", 365); }},
      {"MM16 cobalt 7.1 of 366 d", "",
       [](Record& r) { implant(r).result(kCobalt, "7.1", "ug/L", 366); }},
      {"MM16 cobalt 7.1 ng/mL", "MM16",
       [](Record& r) { implant(r).result(kCobalt, "7.1", "ng/mL"); }},
      {"MM16 wear", "MM07 MM16", [](Record& r) { implant(r).condition(icd("T84.060A")); }},
      {"MM16 another mechanical complication", "MM07",
       [](Record& r) { implant(r).condition(icd("T84.090A")); }},
      {"MM16 no pain", "",
       [](Record& r) {
         replace_hip(r, 400);
         r.item("metal_on_metal", "true");
       }},
      {"MM16 pain of the other hip", "",
       [](Record& r) {
         r.condition(icd("Z96.641")).condition(icd("M25.552")).item("metal_on_metal", "true");
       }},
  };
  expect_prompts(cases);
}

}  // namespace
