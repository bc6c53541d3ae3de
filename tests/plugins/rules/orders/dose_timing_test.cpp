#include "plugins/rules/orders/dose_timing.hpp"

#include <gtest/gtest.h>

#include "plugins/rules/orders/daily_dose.hpp"
#include "tests/plugins/knowledge.hpp"
#include "tests/plugins/rules/orders/judged.hpp"

namespace {

using cdss::rules::most_times_a_day;
using cdss::rules::times_a_day_in_words;
using cdss::test::parsed;

TEST(DoseTiming, IsReadFromWordsInManyLanguages) {
  const struct {
    const char* words;
    double times;  // 0: not told
  } rows[] = {
      {"every 4 hours", 6},
      {"Every 4 to 6 hours as needed", 6},
      {"every 4-6 hrs", 6},
      {"q4h", 6},
      {"q 8 h", 3},
      {"Q6H PRN", 4},
      {"q4-6h", 6},
      {"every twelve hours", 2},
      {"alle 6 Stunden", 4},
      {"alle 4 bis 6 Std.", 6},
      {"toutes les 6 heures", 4},
      {"om de 6 uur", 4},
      {"elke 8 uur", 3},
      {"cada 8 horas", 3},
      {"ogni 8 ore", 3},
      {"de 6 em 6 horas", 4},
      {"3 times a day", 3},
      {"3 to 4 times daily", 4},
      {"three times per day", 3},
      {"twice daily", 2},
      {"once a day", 1},
      {"3x täglich", 3},
      {"3 mal am Tag", 3},
      {"dreimal täglich", 3},
      {"3 fois par jour", 3},
      {"3 maal daags", 3},
      {"3 veces al día", 3},
      {"3 volte al giorno", 3},
      {"3 vezes ao dia", 3},
      {"1 tab po tid", 3},
      {"take 1 QID with food", 4},
      {"every 6 hours, max 3 a day", 0},
      {"twice daily, do not exceed 1200 mg", 0},
      {"alle 6 Stunden, höchstens 3 am Tag", 0},
      {"as directed", 0},
      {"2 tablets", 0},
      {"for 3 days", 0},
      {"every morning", 0},
      {"every 0 hours", 0},
      {"", 0},
  };
  for (const auto& row : rows) {
    EXPECT_DOUBLE_EQ(times_a_day_in_words(row.words).value_or(0), row.times) << row.words;
  }
}

TEST(DoseTiming, CountsTimesOfDayEventsInstantsAndCodes) {
  const struct {
    const char* dosage;
    double times;  // 0: not told
  } rows[] = {
      {R"("timing":{"repeat":{"timeOfDay":["06:00:00","12:00:00","18:00:00"]}})", 3},
      {R"("timing":{"repeat":{"timeOfDay":"06:00:00"}})", 1},
      {R"("timing":{"repeat":{"frequency":1,"period":1,"periodUnit":"d","timeOfDay":["06:00:00","12:00:00"]}})",
       2},
      {R"("timing":{"repeat":{"frequency":3,"period":1,"periodUnit":"d","timeOfDay":["06:00:00"]}})",
       3},
      {R"("timing":{"repeat":{"period":2,"periodUnit":"d","timeOfDay":["06:00:00","12:00:00"]}})",
       2},
      {R"("timing":{"repeat":{"when":["MORN","NOON","EVE","NIGHT"]}})", 4},
      {R"("timing":{"repeat":{"when":["HS"]}})", 1},
      {R"("timing":{"repeat":{"when":["ACM","ACD","ACV"]}})", 3},
      {R"("timing":{"repeat":{"when":["PCM","PCD","PCV","PHS"]}})", 4},
      {R"("timing":{"repeat":{"when":["CM","CD","CV","WAKE","AFT"]}})", 5},
      {R"("timing":{"repeat":{"when":["AC"]}})", 3},
      {R"("timing":{"repeat":{"when":["C","HS"],"frequency":1,"period":1,"periodUnit":"d"}})", 4},
      {R"("timing":{"repeat":{"when":["PC"]}})", 3},
      {R"("timing":{"repeat":{"when":["TEATIME"]}})", 0},
      {R"("timing":{"repeat":{"when":[7]}})", 0},
      {R"("timing":{"repeat":{"timeOfDay":[6]}})", 0},
      {R"("timing":{"event":["2026-12-01T06:00:00Z","2026-12-01T12:00:00Z","2026-12-02T06:00:00Z"]})",
       2},
      {R"("timing":{"event":["2026-12"]})", 0},
      {R"("timing":{"code":{"coding":[{"code":"Q4H"}]}})", 6},
      {R"("timing":{"code":{"coding":[{"code":"q12h"}]}})", 2},
      {R"("timing":{"code":{"coding":[{"code":"225756002","display":"Every four hours"}]}})", 6},
      {R"("timing":{"code":{"text":"alle 6 Stunden"}})", 4},
      {R"("timing":{"code":{"text":"bid"}})", 2},
      {R"("timing":{"code":{"text":"AM"}})", 1},
      {R"("text":"every 4 hours")", 6},
      {R"("timing":{"code":{"text":"BID"}},"text":"every 4 hours")", 2},
      {R"("text":"as directed")", 0},
  };
  for (const auto& row : rows) {
    const auto dosage = parsed("{" + std::string{row.dosage} + "}");
    EXPECT_DOUBLE_EQ(most_times_a_day(dosage.root()).value_or(0), row.times) << row.dosage;
  }
}

/// A draft of so much at once.
std::string draft(const std::string& medicine, const std::string& dose, const std::string& timing) {
  return R"({"resourceType":"MedicationRequest","id":"d1","status":"draft","intent":"order",
      "medicationCodeableConcept":{"text":")" +
         medicine + R"("},"dosageInstruction":[{"doseAndRate":[{"doseQuantity":{"value":)" + dose +
         R"(,"unit":"mg"}}],)" + timing + "}]}";
}

TEST(Drafts, OfNsaidsAreHeldAgainstTheirCeilingOfADay) {
  const std::string four = R"("timing":{"repeat":{"frequency":4,"period":1,"periodUnit":"d"}})";
  const std::string two = R"("timing":{"code":{"text":"BID"}})";
  const std::string one = R"("timing":{"repeat":{"when":["MORN"]}})";
  const struct {
    std::string draft;
    bool is_over;        // under 65
    bool is_over_older;  // from 65
  } rows[] = {
      {draft("Ibuprofen 800 mg tablet", "800", four), true, true},
      {draft("Ibuprofène 600 mg", "600", four), false, true},
      {draft("ibuprofen 200 mg", "200", four), false, false},
      {draft("Naproxen 500 mg", "500", two), false, true},
      {draft("Naproxen 500 mg", "500", four), true, true},
      {draft("Aleve", "250", two), false, false},
      {draft("Celecoxib 200 mg", "200", two), false, true},
      {draft("Celecoxib", "400", two), true, true},
      {draft("Diclofenac 50 mg", "50", four), true, true},
      {draft("Diclofénac 50 mg", "75", two), false, true},
      {draft("Meloxicam 15 mg", "15", one), false, true},
      {draft("Meloxicam 7.5 mg", "7.5", one), false, false},
      {draft("Meloxicam 15 mg", "15", two), true, true},
      {draft("Ibuprofen gel", "800", four), false, false},
      {draft("Ketorolac 10 mg", "800", four), false, false},
  };
  for (const auto& row : rows) {
    using cdss::test::judged::Patient;
    const std::vector<std::string> none;
    const std::vector<std::string> over{"nsaid-dose:warning:NS17"};
    EXPECT_EQ(cdss::test::judged::conflicts(row.draft, Patient{}), row.is_over ? over : none)
        << row.draft;
    EXPECT_EQ(cdss::test::judged::conflicts(row.draft,
                                            Patient{}.set(&cdss::rules::PatientContext::is_older)),
              row.is_over_older ? over : none)
        << row.draft;
  }
}

TEST(Drafts, OfIbuprofenWithAspirinTellTheTimesOfBoth) {
  using cdss::test::judged::Patient;
  const auto dosed = [](const char* medicine, const char* mg) {
    return draft(medicine, mg, R"("timing":{"code":{"text":"TID"}})");
  };
  const struct {
    std::string draft;
    const char* taken;
    std::vector<std::string> conflicts;
  } rows[] = {
      {dosed("Ibuprofen 400 mg", "400"), "aspirin 81 mg", {"ibuprofen-aspirin:info:NS18"}},
      {dosed("Ibuprofène", "200"), "Kardégic 75 mg", {"ibuprofen-aspirin:info:NS18"}},
      {dosed("Aspirin 81 mg", "27"), "Nurofen", {"aspirin-ibuprofen:info:NS18"}},
      {dosed("Naproxen 250 mg", "250"), "aspirin 81 mg", {}},
      {dosed("Ibuprofen 400 mg", "400"), "clopidogrel", {}},
      {dosed("Ibuprofen gel", "400"), "aspirin 81 mg", {}},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(cdss::test::judged::conflicts(row.draft, Patient{}.on(row.taken)), row.conflicts)
        << row.draft;
  }
}

TEST(Drafts, WhoseDoseOfADayCannotBeReadSaySo) {
  const std::string dosed = R"("timing":{"code":{"text":"TID"}})";
  const std::string unread = R"("timing":{"repeat":{"when":["TEATIME"]}})";
  const struct {
    std::string draft;
    bool is_said;
  } rows[] = {
      {draft("Acetaminophen 325 mg", "650", dosed), false},
      {draft("Acetaminophen 325 mg", "650", unread), true},
      {draft("Ibuprofen 400 mg", "400", unread), true},
      {draft("Ibuprofen 400 mg", "400", R"("text":"as directed")"), true},
      {draft("Ibuprofen 400 mg", "400", R"("text":"every 8 hours")"), false},
      {draft("Ketorolac 10 mg", "10", unread), false},
      {draft("Amlodipine 5 mg", "5", unread), false},
      {draft("Ibuprofen gel", "400", unread), false},
      {R"({"resourceType":"MedicationRequest","id":"d1","status":"draft","intent":"order",
        "medicationCodeableConcept":{"text":"Ibuprofen 400 mg"}})",
       false},
  };
  for (const auto& row : rows) {
    const auto expected = row.is_said ? std::vector<std::string>{"dose-not-read:info:DOSE"}
                                      : std::vector<std::string>{};
    EXPECT_EQ(cdss::test::judged::conflicts(row.draft, cdss::test::judged::Patient{}), expected)
        << row.draft;
  }
}

}  // namespace
