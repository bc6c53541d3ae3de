#include "plugins/rules/facts/results.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::Results;
using cdss::rules::ResultValue;
using cdss::test::day;
using cdss::test::kToday;
using cdss::test::parsed;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;

Results read(const std::string& bundle) {
  const auto observations = parsed(bundle);
  const auto& rules = ShippedRules::get();
  return Results::read(rules.definitions().results, rules.concepts(), observations.root(), kToday);
}

Results read(const RecordBuilder& record) {
  return read(record.results());
}

/// "186 mg/L", or "unknown".
std::string known(const Results& results, std::string_view id) {
  const ResultValue* value = results.find(id);
  return value == nullptr ? "unknown" : value->words;
}

/// A CRP with these members.
std::string crp(std::string_view id, std::string_view members) {
  return R"({"resourceType":"Observation","id":")" + std::string{id} +
         R"(","code":{"coding":[{"system":"http://loinc.org","code":"1988-5"}]},)" +
         std::string{members} + R"(,"subject":{"reference":"Patient/p"}})";
}

constexpr const char* kMilligrams =
    R"("valueQuantity":{"value":20,"system":"http://unitsofmeasure.org","code":"mg/L"})";

TEST(Results, AreGivenInOneUnitWithTheComparatorInWords) {
  const struct {
    const char* id;
    const char* loinc;
    const char* value;
    const char* unit;
    const char* words;
  } rows[] = {
      {"body_temperature", "8310-5", "100.4", "[degF]", "38 °C"},
      {"body_temperature", "8310-5", "38.5", "Cel", "38.5 °C"},
      {"crp", "1988-5", "18.6", "mg/dL", "186 mg/L"},
      {"crp", "1988-5", "<5", "mg/L", "< 5 mg/L"},
      {"crp", "1988-5", ">=200", "mg/L", ">= 200 mg/L"},
      {"esr", "4537-7", "31", "mm/h", "31 mm/h"},
      {"wbc", "6690-2", "11100", "/uL", "11.1 x 10³/µL"},
      {"wbc", "6690-2", "11.1", "10*9/L", "11.1 x 10³/µL"},
      {"hemoglobin", "718-7", "99", "g/L", "9.9 g/dL"},
      {"platelets", "777-3", "45000", "/uL", "45 x 10³/µL"},
      {"inr", "34714-6", "2.5", "{INR}", "2.5"},
      {"inr", "34714-6", "2.5", "1", "2.5"},
      {"egfr", "98979-8", "29", "mL/min/{1.73_m2}", "29 mL/min/1.73 m²"},
      {"egfr", "98979-8", "29", "mL/min", "29 mL/min/1.73 m²"},
      {"hba1c", "4548-4", "7.5", "%", "7.5 %"},
      {"hba1c", "4548-4", "53", "mmol/mol", "7.0004 %"},
      {"systolic_bp", "8480-6", "89", "mm[Hg]", "89 mmHg"},
      {"heart_rate", "8867-4", "101", "/min", "101/min"},
      {"pain_score_nrs", "72514-3", "7", "{score}", "7/10"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string{row.id} + ' ' + row.unit);
    const auto results = read(RecordBuilder{}.result(row.loinc, row.value, row.unit));
    EXPECT_EQ(known(results, row.id), row.words);
    EXPECT_TRUE(results.not_interpretable().empty());
  }
}

TEST(Results, AgeAsTheirKindSays) {
  const struct {
    const char* id;
    const char* loinc;
    const char* unit;
    int days;
    const char* value = "5";
  } rows[] = {
      {"body_temperature", "8310-5", "Cel", 7, "37"},
      {"heart_rate", "8867-4", "/min", 7, "70"},
      {"systolic_bp", "8480-6", "mm[Hg]", 30, "120"},
      {"pain_score_nrs", "72514-3", "{score}", 14},
      {"crp", "1988-5", "mg/L", 90},
      {"esr", "30341-2", "mm/h", 90},
      {"wbc", "6690-2", "10*3/uL", 90},
      {"hemoglobin", "718-7", "g/dL", 90},
      {"inr", "34714-6", "{INR}", 90},
      {"platelets", "777-3", "10*3/uL", 90},
      {"egfr", "98979-8", "mL/min", 365},
      {"hba1c", "4548-4", "%", 365},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.id);
    EXPECT_NE(read(RecordBuilder{}.result(row.loinc, row.value, row.unit, row.days)).find(row.id),
              nullptr);
    const auto old = read(RecordBuilder{}.result(row.loinc, row.value, row.unit, row.days + 1));
    EXPECT_EQ(old.find(row.id), nullptr);
    EXPECT_TRUE(old.not_interpretable().empty()) << "what is old is not known, not unreadable";
  }
}

TEST(Results, CountByStatusAndDay) {
  const auto on = [](int days_ago) { return R"("effectiveDateTime":")" + day(days_ago) + "\","; };
  const struct {
    const char* why;
    std::string members;
    const char* known;
  } rows[] = {
      {"final", R"("status":"final",)" + on(1) + kMilligrams, "20 mg/L"},
      {"amended", R"("status":"amended",)" + on(1) + kMilligrams, "20 mg/L"},
      {"corrected", R"("status":"corrected",)" + on(1) + kMilligrams, "20 mg/L"},
      {"preliminary", R"("status":"preliminary",)" + on(1) + kMilligrams, "unknown"},
      {"registered", R"("status":"registered",)" + on(1) + kMilligrams, "unknown"},
      {"cancelled", R"("status":"cancelled",)" + on(1) + kMilligrams, "unknown"},
      {"entered in error", R"("status":"entered-in-error",)" + on(1) + kMilligrams, "unknown"},
      {"no status of FHIR", R"("status":"good",)" + on(1) + kMilligrams, "unknown"},
      {"no day", R"("status":"final",)" + std::string{kMilligrams}, "unknown"},
      {"issued", R"("status":"final","issued":")" + day(1) + "T10:00:00Z\"," + kMilligrams,
       "20 mg/L"},
      {"a day to come", R"("status":"final",)" + on(-2) + kMilligrams, "unknown"},
      {"a month perhaps too long ago",
       R"("status":"final","effectiveDateTime":"2026-08",)" + std::string{kMilligrams}, "unknown"},
      {"a month recent enough",
       R"("status":"final","effectiveDateTime":"2026-09",)" + std::string{kMilligrams}, "20 mg/L"},
      {"a period tells of its last day",
       R"("status":"final","effectivePeriod":{"start":"2026-01-01","end":"2026-11-01"},)" +
           std::string{kMilligrams},
       "20 mg/L"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.why);
    EXPECT_EQ(known(read(RecordBuilder::bundle({crp("r1", row.members)})), "crp"), row.known);
  }
}

TEST(Results, InWordsAreReadWithTheirUnit) {
  const struct {
    const char* value;
    const char* known;
  } rows[] = {
      {R"("valueString":">200 mg/L")", "> 200 mg/L"},
      {R"("valueString":"GT 200 mg/L")", "> 200 mg/L"},
      {R"("valueString":"18.6 mg/dL")", "186 mg/L"},
      {R"("valueCodeableConcept":{"text":"<5 mg/L"})", "< 5 mg/L"},
      {R"("valueQuantity":{"value":186,"unit":"MG/L"})", "186 mg/L"},
      {R"("valueString":">200")", "not interpretable"},
      {R"("valueString":"raised")", "not interpretable"},
      {R"("valueString":"64 mm/h")", "not interpretable"},
  };
  for (const auto& [value, expected] : rows) {
    SCOPED_TRACE(value);
    const auto results = read(RecordBuilder::bundle(
        {crp("r1", R"("status":"final","effectiveDateTime":")" + day(1) + "\"," + value)}));
    EXPECT_EQ(results.not_interpretable().empty() ? known(results, "crp") : "not interpretable",
              expected);
  }
}

TEST(Results, ThatCannotBeInterpretedAreListedOnceUnlessANewerOneIsKnown) {
  const auto open = read(RecordBuilder{}
                             .result("1988-5", "20", "nmol/L")
                             .result("1988-5", "21", "nmol/L", 3)
                             .result("30341-2", "31", "mm"));
  ASSERT_EQ(open.not_interpretable().size(), 2U);
  EXPECT_EQ(open.not_interpretable()[0], "crp");
  EXPECT_EQ(open.not_interpretable()[1], "esr");
  const auto older =
      read(RecordBuilder{}.result("1988-5", "20", "nmol/L", 3).result("1988-5", "21", "mg/L"));
  EXPECT_TRUE(older.not_interpretable().empty());
  EXPECT_FALSE(older.is_doubtful("crp"));
  // The older value stays known, so that it can raise a concern, and clears none.
  const auto newer =
      read(RecordBuilder{}.result("1988-5", "20", "nmol/L").result("1988-5", "21", "mg/L", 3));
  EXPECT_EQ(newer.not_interpretable().size(), 1U);
  EXPECT_TRUE(newer.is_doubtful("crp"));
  EXPECT_EQ(known(newer, "crp"), "21 mg/L");
  const auto in_words =
      read(RecordBuilder::bundle({crp("r1", R"("status":"final","effectiveDateTime":")" + day(1) +
                                                R"(","valueString":"very high")")}));
  EXPECT_EQ(in_words.not_interpretable().size(), 1U);
  const auto not_done = read(
      RecordBuilder::bundle({crp("r1", R"("status":"final","effectiveDateTime":")" + day(1) +
                                           R"(","dataAbsentReason":{"text":"not performed"})")}));
  EXPECT_TRUE(not_done.not_interpretable().empty()) << "nothing was measured";
}

TEST(Results, OutsideWhatIsPlausibleAreNotKnown) {
  const struct {
    const char* id;
    const char* loinc;
    const char* unit;
    const char* inside[2];   // at the bounds
    const char* outside[2];  // just beyond them
  } rows[] = {
      {"body_temperature", "8310-5", "Cel", {"25", "46"}, {"24.9", "46.1"}},
      {"body_temperature", "8310-5", "[degF]", {"77", "114.8"}, {"38.9", "115"}},
      {"heart_rate", "8867-4", "/min", {"20", "300"}, {"19", "301"}},
      {"systolic_bp", "8480-6", "mm[Hg]", {"30", "300"}, {"29", "301"}},
      {"pain_score_nrs", "72514-3", "{score}", {"0", "10"}, {"-1", "10.5"}},
      {"crp", "1988-5", "mg/L", {"0", "1000"}, {"-0.1", "1000.1"}},
      {"crp", "1988-5", "mg/dL", {"0", "100"}, {"-1", "186"}},
      {"esr", "30341-2", "mm/h", {"0", "200"}, {"-1", "201"}},
      {"wbc", "6690-2", "10*3/uL", {"0.05", "1000"}, {"0.04", "11100"}},
      {"wbc", "6690-2", "/uL", {"50", "1000000"}, {"11.1", "1000001"}},
      {"hemoglobin", "718-7", "g/dL", {"2", "25"}, {"1.9", "130"}},
      {"hemoglobin", "718-7", "g/L", {"20", "250"}, {"13", "251"}},
      {"inr", "34714-6", "{INR}", {"0.5", "20"}, {"0.4", "20.1"}},
      {"platelets", "777-3", "10*3/uL", {"1", "3000"}, {"0.9", "45000"}},
      {"egfr", "98979-8", "mL/min/{1.73_m2}", {"0", "200"}, {"-1", "200.1"}},
      {"hba1c", "4548-4", "%", {"2", "25"}, {"1.9", "53"}},
  };
  for (const auto& row : rows) {
    for (const char* value : row.inside) {
      SCOPED_TRACE(std::string{row.id} + ' ' + value);
      const auto results = read(RecordBuilder{}.result(row.loinc, value, row.unit));
      EXPECT_NE(results.find(row.id), nullptr);
      EXPECT_TRUE(results.not_interpretable().empty());
    }
    for (const char* value : row.outside) {
      SCOPED_TRACE(std::string{row.id} + ' ' + value);
      const auto results = read(RecordBuilder{}.result(row.loinc, value, row.unit));
      EXPECT_EQ(results.find(row.id), nullptr);
      ASSERT_EQ(results.not_interpretable().size(), 1U);
      EXPECT_EQ(results.not_interpretable()[0], row.id);
    }
  }
  // An older value that is plausible stays known, so that it can raise a concern, and clears none.
  const auto newer = read(
      RecordBuilder{}.result("98979-8", "900", "mL/min").result("98979-8", "80", "mL/min", 30));
  EXPECT_EQ(newer.find("egfr")->value, 80);
  EXPECT_TRUE(newer.is_doubtful("egfr"));
  const auto older = read(
      RecordBuilder{}.result("98979-8", "900", "mL/min", 30).result("98979-8", "80", "mL/min"));
  EXPECT_FALSE(older.is_doubtful("egfr"));
  const auto score = read(RecordBuilder::bundle(
      {R"({"resourceType":"Observation","id":"n","status":"final","code":{"coding":[{"system":
      "http://loinc.org","code":"72514-3"}]},"effectiveDateTime":")" +
       day(1) + R"(","valueInteger":60})"}));
  EXPECT_EQ(score.find("pain_score_nrs"), nullptr) << "of a hundred, perhaps";
}

TEST(Results, StandNewestFirstAndOfOneDayTheWorseFirst) {
  const auto crp_values = read(RecordBuilder{}
                                   .result("1988-5", "7", "mg/L", 9)
                                   .result("1988-5", "8", "mg/L", 2)
                                   .result("1988-5", "30", "mg/L", 2));
  const auto all = crp_values.all("crp");
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0]->value, 30);
  EXPECT_EQ(all[1]->value, 8);
  EXPECT_EQ(all[2]->value, 7);
  const auto pressure =
      read(RecordBuilder{}.result("8480-6", "120", "mm[Hg]").result("8480-6", "85", "mm[Hg]"));
  EXPECT_EQ(known(pressure, "systolic_bp"), "85 mmHg");
  const auto egfr =
      read(RecordBuilder{}.result("98979-8", "29", "mL/min").result("98979-8", "61", "mL/min"));
  EXPECT_EQ(egfr.find("egfr")->value, 29);
}

TEST(Results, AreReadFromComponentsAndFromWholeNumbers) {
  const std::string panel =
      R"({"resourceType":"Observation","id":"bp","status":"final","code":{"coding":[{"system":
      "http://loinc.org","code":"85354-9"}]},"effectiveDateTime":")" +
      day(1) +
      R"(","component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},
      "valueQuantity":{"value":84,"system":"http://unitsofmeasure.org","code":"mm[Hg]"}}]})";
  const auto results = read(RecordBuilder::bundle({panel}));
  EXPECT_EQ(known(results, "systolic_bp"), "84 mmHg");
  EXPECT_EQ(results.find("systolic_bp")->finding.reference, "Observation/bp");
  const std::string score =
      R"({"resourceType":"Observation","id":"n","status":"final","code":{"coding":[{"system":
      "http://loinc.org","code":"72514-3"}]},"effectiveDateTime":")" +
      day(1) + R"(","valueInteger":6})";
  EXPECT_EQ(known(read(RecordBuilder::bundle({score})), "pain_score_nrs"), "6/10");
  EXPECT_EQ(
      known(read(RecordBuilder::bundle({crp("r1", R"("status":"final","effectiveDateTime":")" +
                                                      day(1) + R"(","valueInteger":60)")})),
            "crp"),
      "unknown")
      << "a number without its unit";
}

TEST(Results, CompareOnlyAsFarAsTheirComparatorAllows) {
  using cdss::fhir::Comparator;
  const struct {
    Comparator comparator;
    double value;
    const char* above;     // 10: yes, no or open
    const char* at_least;  // 10
    const char* below;     // 10
  } rows[] = {
      {Comparator::none, 10, "no", "yes", "no"},
      {Comparator::none, 10.1, "yes", "yes", "no"},
      {Comparator::none, 9.9, "no", "no", "yes"},
      {Comparator::less, 10, "no", "no", "yes"},
      {Comparator::less, 11, "open", "open", "open"},
      {Comparator::less_or_equal, 10, "no", "open", "open"},
      {Comparator::less_or_equal, 9.9, "no", "no", "yes"},
      {Comparator::greater, 10, "yes", "yes", "no"},
      {Comparator::greater, 9, "open", "open", "open"},
      {Comparator::greater_or_equal, 10, "open", "yes", "no"},
      {Comparator::greater_or_equal, 10.1, "yes", "yes", "no"},
      {Comparator::adequate, 10, "open", "yes", "no"},
  };
  const auto said = [](std::optional<bool> answer) {
    return !answer ? "open" : *answer ? "yes" : "no";
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(testing::Message() << static_cast<int>(row.comparator) << ' ' << row.value);
    const ResultValue value{.definition = nullptr,
                            .value = row.value,
                            .comparator = row.comparator,
                            .words = {},
                            .finding = {}};
    EXPECT_STREQ(said(value.is_above(10)), row.above);
    EXPECT_STREQ(said(value.is_at_least(10)), row.at_least);
    EXPECT_STREQ(said(value.is_below(10)), row.below);
  }
}

TEST(Results, TakeTheNewestPregnancyStatusAndOfOneDayYes) {
  constexpr const char* kStatus = "82810-3";
  constexpr const char* kYes = "77386006";
  constexpr const char* kNo = "60001007";
  constexpr const char* kPossible = "102874004";
  const auto said = [](const RecordBuilder& record) -> std::string {
    const auto results = read(record);
    const auto& pregnancy = results.pregnancy();
    return !pregnancy                ? "unknown"
           : !pregnancy->is_pregnant ? "open"
           : *pregnancy->is_pregnant ? "yes"
                                     : "no";
  };
  EXPECT_EQ(said(RecordBuilder{}.coded_result(kStatus, kYes, 280)), "yes");
  EXPECT_EQ(said(RecordBuilder{}.coded_result(kStatus, kYes, 281)), "unknown");
  EXPECT_EQ(said(RecordBuilder{}.coded_result(kStatus, kPossible)), "open");
  EXPECT_EQ(said(RecordBuilder{}.coded_result(kStatus, kYes, 9).coded_result(kStatus, kNo, 2)),
            "no");
  EXPECT_EQ(said(RecordBuilder{}.coded_result(kStatus, kNo, 2).coded_result(kStatus, kYes, 2)),
            "yes");
  EXPECT_EQ(said(RecordBuilder{}.coded_result(kStatus, kNo).coded_result(kStatus, kPossible)),
            "open");
}

}  // namespace
