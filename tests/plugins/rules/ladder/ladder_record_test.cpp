// What the ladder reads of the record where no form says it.

#include <gtest/gtest.h>

#include "tests/plugins/rules/ladder/ladder_cases.hpp"

namespace {

using cdss::test::ConditionText;
using cdss::test::day;
using cdss::test::quantity;
using cdss::test::RecordBuilder;
using cdss::test::snomed;
using cdss::test::stand;
using cdss::test::with_score;
using cdss::test::words_of;

ConditionText pain_since(std::string_view code, std::string_view member, std::string_view date) {
  auto pain = snomed(code);
  pain.more = '"' + std::string{member} + R"(":")" + std::string{date} + '"';
  return pain;
}

TEST(Ladder, DerivesHowLongThePainHasLasted) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    double least;
    double most;
  } rows[] = {
      {"onset of groin pain",
       RecordBuilder{}.condition(pain_since("102570003", "onsetDateTime", day(91))), 13, 13},
      {"the earliest counts",
       RecordBuilder{}
           .condition(pain_since("102570003", "onsetDateTime", day(14)))
           .condition(pain_since("49218002", "onsetDateTime", day(140))),
       20, 20},
      {"a back that has hurt for longer says nothing of the groin",
       RecordBuilder{}
           .condition(pain_since("102570003", "onsetDateTime", day(14)))
           .condition(pain_since("279039007", "onsetDateTime", day(140))),
       2, 2},
      {"the back alone",
       RecordBuilder{}.condition(pain_since("279039007", "onsetDateTime", day(140))), 20, 20},
      {"a month", RecordBuilder{}.condition(pain_since("102570003", "onsetDateTime", "2026-09")),
       52 / 7.0, 81 / 7.0},
      {"the recorded date is no onset",
       RecordBuilder{}.condition(pain_since("102570003", "recordedDate", day(91))), -1, -1},
      {"no regional pain",
       RecordBuilder{}.condition(pain_since("16973004", "onsetDateTime", day(91))), -1, -1},
      {"the local item wins",
       RecordBuilder{}
           .condition(pain_since("102570003", "onsetDateTime", day(91)))
           .item("duration_weeks", quantity("5", "wk")),
       5, 5},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto step_decision = stand(row.record);
    ASSERT_EQ(step_decision.duration.has_value(), row.least >= 0);
    if (step_decision.duration) {
      EXPECT_DOUBLE_EQ(step_decision.duration->least, row.least);
      EXPECT_DOUBLE_EQ(step_decision.duration->most, row.most);
    }
  }
}

RecordBuilder session(RecordBuilder record, std::string_view performed,
                      std::string_view status = "completed") {
  return record.procedure({.system = std::string{cdss::test::kSnomedUri},
                           .code = "91251008",
                           .performed = R"("performedDateTime":")" + std::string{performed} + '"',
                           .status = std::string{status}});
}

TEST(Ladder, DerivesHowLongTherapyHasGoneOn) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    double least;
    double most;
  } rows[] = {
      {"first to last", session(session({}, day(43)), day(1)), 6, 6},
      {"one session", session({}, day(43)), -1, -1},
      {"one completed", session(session({}, day(43)), day(1), "in-progress"), -1, -1},
      {"one of 366 days ago does not count",
       session(session(session({}, day(366)), day(8)), day(1)), 1, 1},
      {"one of 365 days ago counts", session(session({}, day(365)), day(1)), 52, 52},
      {"days not exact", session(session({}, "2026-09"), "2026-10"), 1 / 7.0, 60 / 7.0},
      {"the local item wins",
       session(session({}, day(43)), day(1)).item("pt_weeks", quantity("2", "wk")), 2, 2},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto step_decision = stand(row.record);
    ASSERT_EQ(step_decision.therapy.has_value(), row.least >= 0);
    if (step_decision.therapy) {
      EXPECT_DOUBLE_EQ(step_decision.therapy->least, row.least);
      EXPECT_DOUBLE_EQ(step_decision.therapy->most, row.most);
      EXPECT_EQ(step_decision.therapy->is_derived,
                std::string{row.evidence} != "the local item wins");
    }
  }
}

TEST(Ladder, ReadsAnalgesicsAndImagesFromTheRecord) {
  const auto base = [] {
    return with_score(RecordBuilder{}
                          .condition(pain_since("102570003", "onsetDateTime", day(60)))
                          .item("resisted_hip_flexion_pain", "present")
                          .item("iliopsoas_tenderness", "present"),
                      "6")
        .item("pt_weeks", quantity("6", "wk"));
  };
  const auto imaged = [&](std::string_view system, std::string_view code,
                          std::string_view performed, std::string_view status = "completed") {
    return base()
        .item("otc_tried", "true")
        .procedure({.system = std::string{system},
                    .code = std::string{code},
                    .performed = R"("performedDateTime":")" + std::string{performed} + '"',
                    .status = std::string{status}});
  };
  constexpr std::string_view kLoincUri = "http://loinc.org";
  const auto treated = [&](std::string_view medicine, std::string_view status, int days_ago) {
    return base().item("imaging_done", "true").medication(medicine, status, days_ago);
  };
  constexpr const char* kOpen = "L3 needs diagnostic_injection unmet duration_weeks";
  const struct {
    const char* evidence;
    RecordBuilder record;
    const char* step;
  } rows[] = {
      {"completed ibuprofen", treated("5640", "completed", 3), kOpen},
      {"stopped acetaminophen by product name", treated("Tylenol 500 mg", "stopped", 3), kOpen},
      {"naproxen for 14 days", treated("7258", "active", 14), kOpen},
      {"naproxen for 13 days", treated("7258", "active", 13), "L2 needs otc_tried"},
      {"another NSAID", treated("Meloxicam", "completed", 30), "L2 needs otc_tried"},
      {"draft", treated("5640", "draft", 30), "L2 needs otc_tried"},
      {"naproxen on hold", treated("7258", "on-hold", 30), "L2 needs otc_tried"},
      {"naproxen of unknown status", treated("7258", "unknown", 30), "L2 needs otc_tried"},
      {"radiograph since the onset", imaged(kLoincUri, "24762-7", day(60)), kOpen},
      {"radiograph before the onset", imaged(kLoincUri, "24762-7", day(61)),
       "L2 needs imaging_done"},
      {"radiograph perhaps before the onset", imaged(kLoincUri, "24762-7", "2026-09"),
       "L2 needs imaging_done"},
      {"by a code under licence", imaged(cdss::test::kCptUri, "73502", day(10)), kOpen},
      {"ultrasound", imaged(kLoincUri, "24760-1", day(10)), kOpen},
      {"not done", imaged(kLoincUri, "24762-7", day(10), "not-done"), "L2 needs imaging_done"},
      {"another joint", imaged(cdss::test::kCptUri, "73721", day(10)), "L2 needs imaging_done"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(words_of(stand(row.record)), row.step);
  }
}

}  // namespace
