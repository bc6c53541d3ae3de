#include "plugins/rules/facts/local_items.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::LocalItems;
using cdss::test::day;
using cdss::test::kToday;
using cdss::test::quantity;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;

LocalItems read(const RecordBuilder& record) {
  const auto observations = cdss::test::parsed(record.observations());
  return LocalItems::read(ShippedRules::get().definitions().items, observations.root(),
                          std::nullopt, kToday);
}

/// "present", "absent" or "unknown".
std::string known(const LocalItems& items, std::string_view id) {
  const auto* answer = items.find(id);
  return answer == nullptr ? "unknown" : answer->is_present ? "present" : "absent";
}

std::string observation(std::string_view members) {
  return R"({"resourceType":"Observation","id":"o1","code":{"coding":[{"system":
    "https://psoas-cds.github.io/fhir/CodeSystem/hip-exam","code":"thomas_test"}]},)" +
         std::string{members} + R"(,"subject":{"reference":"Patient/p"}})";
}

TEST(LocalItems, AreDefinedByAListAlone) {
  const auto file = cdss::test::parsed(R"({"items":{"id":"psoas_sign","text":"psoas sign"}})");
  const auto read = cdss::rules::read_item_definitions(*file.root().find("items"));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, cdss::Errc::malformed);
  EXPECT_EQ(read.error().where, "items");
}

TEST(LocalItems, AgeAsTheirKindSays) {
  const struct {
    const char* evidence;
    const char* id;
    const char* value;
    int days_ago;
    const char* known;
  } rows[] = {
      {"j.7 exam items, 90 d", "thomas_test", "present", 90, "present"},
      {"j.7 exam items, 91 d", "thomas_test", "present", 91, "unknown"},
      {"j.7 injection, 365 d", "diagnostic_injection", "injection-negative", 365, "absent"},
      {"j.7 injection, 366 d", "diagnostic_injection", "injection-negative", 366, "unknown"},
      {"imaging does not age", "mri_bursal_distension", "true", 2000, "present"},
      {"tomorrow is another time zone", "thomas_test", "present", -1, "present"},
      {"a day to come", "thomas_test", "present", -2, "unknown"},
      {"boolean", "thomas_test", "false", 1, "absent"},
      {"positive injection", "diagnostic_injection", "injection-positive", 1, "present"},
      {"a choice that says neither", "thomas_test", "onset-acute", 1, "unknown"},
      {"a number says neither", "thomas_test", R"("valueQuantity":{"value":1})", 1, "unknown"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto items = read(RecordBuilder{}.item(row.id, row.value, row.days_ago));
    EXPECT_EQ(known(items, row.id), row.known);
    EXPECT_EQ(items.unused().total(), row.known == std::string{"unknown"} ? 1U : 0U);
  }
}

TEST(LocalItems, ReadOnlyTheValuesOfTheirKind) {
  const struct {
    const char* evidence;
    const char* id;
    const char* value;
    const char* known;
  } rows[] = {
      {"j.8 injection, positive", "diagnostic_injection", "injection-positive", "present"},
      {"j.8 injection, negative", "diagnostic_injection", "injection-negative", "absent"},
      {"j.8 injection, present is no relief", "diagnostic_injection", "present", "unknown"},
      {"j.8 injection, absent is no failure", "diagnostic_injection", "absent", "unknown"},
      {"j.8 injection, true", "diagnostic_injection", "true", "unknown"},
      {"j.8 injection, false", "diagnostic_injection", "false", "unknown"},
      {"j.8 exam item", "thomas_test", "injection-positive", "unknown"},
      {"j.8 imaging", "us_tendinosis", "injection-negative", "unknown"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto items = read(RecordBuilder{}.item(row.id, row.value));
    EXPECT_EQ(known(items, row.id), row.known);
    EXPECT_EQ(items.unused().unreadable, row.known == std::string{"unknown"} ? 1U : 0U);
  }
}

TEST(LocalItems, CountWhatCouldNotBeUsedByReasonAndOnlyWhenNothingElseIsKnown) {
  const auto superseded = read(RecordBuilder{}
                                   .item("thomas_test", "present", 400)
                                   .item("thomas_test", "present", -9)
                                   .item("thomas_test", "onset-acute", 1)
                                   .item("thomas_test", "absent", 3));
  EXPECT_EQ(known(superseded, "thomas_test"), "absent");
  EXPECT_EQ(superseded.unused().total(), 0U);
  const auto gaps = read(RecordBuilder{}
                             .item("thomas_test", "present", 400)
                             .item("psoas_sign", "present", -9)
                             .item("ludloff_sign", "onset-acute", 1)
                             .item("faber_pain", "present", 1));
  EXPECT_EQ(gaps.unused().too_old, 1U);
  EXPECT_EQ(gaps.unused().in_future, 1U);
  EXPECT_EQ(gaps.unused().unreadable, 1U);
  EXPECT_EQ(gaps.unused().without_day, 0U);
}

TEST(LocalItems, TakeTheNewestAndOnTheSameDayPresentOverAbsent) {
  const auto newest =
      read(RecordBuilder{}.item("thomas_test", "present", 9).item("thomas_test", "absent", 3));
  EXPECT_EQ(known(newest, "thomas_test"), "absent");
  const auto older_later =
      read(RecordBuilder{}.item("thomas_test", "absent", 3).item("thomas_test", "present", 9));
  EXPECT_EQ(known(older_later, "thomas_test"), "absent");
  const auto same_day =
      read(RecordBuilder{}.item("thomas_test", "absent", 3).item("thomas_test", "present", 3));
  EXPECT_EQ(known(same_day, "thomas_test"), "present");
}

TEST(LocalItems, CountByStatusAndDay) {
  const std::string present =
      R"("valueCodeableConcept":{"coding":[{"system":"http://snomed.info/sct","code":"52101004"}]})";
  const struct {
    const char* why;
    std::string members;
    const char* known;
  } rows[] = {
      {"final", R"("status":"final","effectiveDateTime":")" + day(1) + "\"," + present, "present"},
      {"corrected", R"("status":"corrected","effectiveDateTime":")" + day(1) + "\"," + present,
       "present"},
      {"preliminary", R"("status":"preliminary","effectiveDateTime":")" + day(1) + "\"," + present,
       "unknown"},
      {"entered in error",
       R"("status":"entered-in-error","effectiveDateTime":")" + day(1) + "\"," + present,
       "unknown"},
      {"no day", R"("status":"final",)" + present, "unknown"},
      {"issued when nothing else is said",
       R"("status":"final","issued":")" + day(1) + "T10:00:00Z\"," + present, "present"},
      {"a month that may be too long ago",
       R"("status":"final","effectiveDateTime":"2026-08",)" + present, "unknown"},
      {"a month that is not", R"("status":"final","effectiveDateTime":"2026-09",)" + present,
       "present"},
      {"a period ends on its last day",
       R"("status":"final","effectivePeriod":{"start":"2026-01-01","end":"2026-11-01"},)" + present,
       "present"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.why);
    EXPECT_EQ(known(read(RecordBuilder{}.observation(observation(row.members))), "thomas_test"),
              row.known);
  }
}

TEST(LocalItems, ComeFromOurFormOnly) {
  const auto form = [](std::string_view questionnaire, std::string_view status) {
    return cdss::test::parsed(
        R"({"resourceType":"QuestionnaireResponse","id":"q1","status":")" + std::string{status} +
        R"(","questionnaire":")" + std::string{questionnaire} + R"(","authored":")" + day(2) +
        R"(","item":[{"linkId":"group","item":[{"linkId":"thomas_test","answer":[{"valueBoolean":true}]},
        {"linkId":"lateral_tenderness","answer":[{"valueCoding":{"system":"http://snomed.info/sct","code":"2667000"}}]}]}]})");
  };
  const auto& definitions = ShippedRules::get().definitions().items;
  const auto ours =
      form("https://psoas-cds.github.io/fhir/Questionnaire/hip-exam|1.0", "completed");
  const auto items = LocalItems::read(definitions, std::nullopt, ours.root(), kToday);
  EXPECT_EQ(known(items, "thomas_test"), "present");
  EXPECT_EQ(known(items, "lateral_tenderness"), "absent");
  ASSERT_NE(items.find("thomas_test"), nullptr);
  EXPECT_EQ(items.find("thomas_test")->finding.reference, "QuestionnaireResponse/q1");
  const auto other = form("https://example.org/Questionnaire/knee", "completed");
  EXPECT_EQ(known(LocalItems::read(definitions, std::nullopt, other.root(), kToday), "thomas_test"),
            "unknown");
  const auto open = form("https://psoas-cds.github.io/fhir/Questionnaire/hip-exam", "in-progress");
  EXPECT_EQ(known(LocalItems::read(definitions, std::nullopt, open.root(), kToday), "thomas_test"),
            "unknown");
}

TEST(LocalItems, OfTimeReadAsOfToday) {
  const struct {
    const char* evidence;
    const char* id;
    std::string value;
    int days_ago;
    std::optional<double> today;
  } rows[] = {
      {"weeks grow", "duration_weeks", quantity("6", "wk"), 14, 8},
      {"weeks given in days", "duration_weeks", quantity("42", "d"), 0, 6},
      {"weeks of therapy stay", "pt_weeks", quantity("5", "wk"), 7, 5},
      {"days grow", "days_since_last_injection", quantity("80", "d"), 10, 90},
      {"days given in weeks", "days_since_last_injection", quantity("2", "wk"), 0, 14},
      {"pregnancy at 42 weeks", "gestational_weeks", quantity("40", "wk"), 14, 42},
      {"pregnancy beyond 42 weeks is dropped", "gestational_weeks", quantity("40", "wk"), 15, {}},
      {"pregnancy recorded beyond 42 weeks", "gestational_weeks", quantity("43", "wk"), 0, {}},
      {"a planned operation comes nearer", "planned_hip_arthroplasty_days", quantity("100", "d"),
       10, 90},
      {"a planned operation of lately", "planned_hip_arthroplasty_days", quantity("10", "d"), 100,
       -90},
      {"a planned operation long past is dropped",
       "planned_hip_arthroplasty_days",
       quantity("10", "d"),
       101,
       {}},
      {"a length stays", "cup_overhang_mm", quantity("8", "mm"), 400, 8},
      {"a length given in centimetres", "cup_overhang_mm", quantity("0.8", "cm"), 0, 8},
      {"a count stays", "injection_count", quantity("3", "1"), 400, 3},
      {"a count as a whole number", "injection_count", R"("valueInteger":3)", 0, 3},
      {"weeks without a unit", "duration_weeks", R"("valueInteger":6)", 0, {}},
      {"weeks in an unknown unit", "duration_weeks", quantity("6", "fortnight"), 0, {}},
      {"weeks in a unit of length", "duration_weeks", quantity("6", "mm"), 0, {}},
      {"less than none", "injection_count", quantity("-1", "1"), 0, {}},
      {"more than some",
       "duration_weeks",
       R"("valueQuantity":{"value":6,"comparator":">","system":"http://unitsofmeasure.org","code":"wk"})",
       0,
       {}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto items = read(RecordBuilder{}.item(row.id, row.value, row.days_ago));
    const auto* answer = items.find(row.id);
    ASSERT_EQ(answer != nullptr, row.today.has_value());
    if (answer != nullptr) {
      EXPECT_DOUBLE_EQ(answer->least, *row.today);
      EXPECT_DOUBLE_EQ(answer->most, *row.today);
      EXPECT_FALSE(answer->is_present) << "a number is no finding";
    } else {
      EXPECT_EQ(items.unused().total(), 1U);
    }
  }
}

TEST(LocalItems, OfTimeHaveBoundsWhenTheirDayIsNotExact) {
  const auto items = read(RecordBuilder{}.observation(
      R"({"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":
      "https://psoas-cds.github.io/fhir/CodeSystem/hip-exam","code":"days_since_last_injection"}]},
      "effectiveDateTime":"2026-10",)" +
      quantity("60", "d") + '}'));
  const auto* answer = items.find("days_since_last_injection");
  ASSERT_NE(answer, nullptr);
  EXPECT_DOUBLE_EQ(answer->least, 81);  // 31 October
  EXPECT_DOUBLE_EQ(answer->most, 111);  // 1 October
}

TEST(LocalItems, KnowAnOnsetForNinetyDaysAndTheMoreSuddenOfOneDay) {
  EXPECT_NE(read(RecordBuilder{}.item("onset", "onset-acute", 90)).find("onset"), nullptr);
  EXPECT_EQ(read(RecordBuilder{}.item("onset", "onset-acute", 91)).find("onset"), nullptr);
  EXPECT_EQ(read(RecordBuilder{}.item("onset", "injection-positive")).find("onset"), nullptr);
  for (const bool is_sudden_first : {true, false}) {
    const auto items = read(RecordBuilder{}
                                .item("onset", is_sudden_first ? "onset-sudden" : "onset-gradual")
                                .item("onset", is_sudden_first ? "onset-gradual" : "onset-sudden"));
    ASSERT_NE(items.find("onset"), nullptr);
    EXPECT_EQ(items.find("onset")->choice, "onset-sudden");
  }
}

TEST(LocalItems, OfAnotherCodeSystemAreNotRead) {
  const auto items = read(RecordBuilder{}.observation(
      R"({"resourceType":"Observation","status":"final","code":{"coding":[{"system":"http://loinc.org",
      "code":"thomas_test"}]},"effectiveDateTime":"2026-11-20","valueBoolean":true})"));
  EXPECT_EQ(known(items, "thomas_test"), "unknown");
  EXPECT_EQ(items.unused().total(), 0U);
}

}  // namespace
