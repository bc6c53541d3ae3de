// The examination: what it adds, and what of it to do next.

#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/rules/likelihood/likelihood_cases.hpp"

namespace {

using cdss::rules::Band;
using cdss::rules::Likelihood;
using cdss::test::icd;
using cdss::test::RecordBuilder;
using cdss::test::score;
using cdss::test::snomed;

TEST(Likelihood, GivesEachExaminationItemItsRow) {
  const struct {
    const char* id;
    const char* value;
    const char* score;
  } rows[] = {
      {"resisted_hip_flexion_pain", "present", "+3"},
      {"resisted_hip_flexion_pain", "absent", "-3"},
      {"hec_test", "present", "+3"},
      {"hec_test", "absent", "0"},
      {"iliopsoas_tenderness", "present", "+2"},
      {"iliopsoas_tenderness", "absent", "-2"},
      {"pain_on_hip_flexor_stretch", "present", "+2"},
      {"pain_on_hip_flexor_stretch", "absent", "0"},
      {"slr_external_rotation_pain", "present", "+1"},
      {"resisted_external_rotation_pain", "present", "+1"},
      {"ludloff_sign", "present", "+1"},
      {"slr_15deg_resisted_pain", "present", "+1"},
      {"thomas_test", "present", "+1"},
      {"modified_thomas_test", "present", "+1"},
      {"psoas_sign", "present", "0"},
      {"pain_stairs_car_rising", "present", "+1"},
      {"faber_pain", "present", "-1"},
      {"fadir_pain", "present", "-1"},
      {"faber_pain", "absent", "0"},
      {"snapping_reproduced", "present", "+1"},
      {"lateral_tenderness", "present", "-2"},
      {"lateral_tenderness", "absent", "0"},
      {"weight_bearing_pain_constant", "present", "0"},  // no hip replacement
      {"straight_leg_raise_radicular", "present", "-1"},
      {"diagnostic_injection", "injection-positive", "+6"},
      {"diagnostic_injection", "injection-negative", "-6"},
      {"mri_bursal_distension", "true", "+0.5"},
      {"mri_peritendinous_fluid", "true", "+0.5"},
      {"us_bursal_distension", "true", "+0.5"},
      {"us_tendinosis", "true", "+0.5"},
      {"us_tendinosis", "false", "0"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string{row.id} + ' ' + row.value);
    EXPECT_EQ(score(RecordBuilder{}.item(row.id, row.value)).score.signed_text(), row.score);
  }
}

TEST(Likelihood, CountsOnceWhatSeveralItemsSay) {
  EXPECT_EQ(
      score(RecordBuilder{}.item("thomas_test", "present").item("modified_thomas_test", "present"))
          .score.text(),
      "1");
  EXPECT_EQ(score(RecordBuilder{}
                      .item("mri_bursal_distension", "true")
                      .item("mri_peritendinous_fluid", "true")
                      .item("us_tendinosis", "true"))
                .score.text(),
            "1");
  EXPECT_EQ(score(RecordBuilder{}.item("faber_pain", "present").item("fadir_pain", "present"))
                .score.text(),
            "-1");
  EXPECT_EQ(score(RecordBuilder{}.condition(icd("Y93.02")).condition(icd("Z72.3"))).score.text(),
            "1");
  EXPECT_EQ(score(RecordBuilder{}.condition(snomed("78514002")).condition(snomed("10601006")))
                .score.text(),
            "1");
}

TEST(Likelihood, CountsJointTestsOnlyWhenNoOtherSignIsPresent) {
  EXPECT_EQ(score(RecordBuilder{}.item("faber_pain", "present").item("psoas_sign", "present"))
                .score.text(),
            "0");
  EXPECT_EQ(score(RecordBuilder{}.item("faber_pain", "present").item("psoas_sign", "absent"))
                .score.text(),
            "-1");
}

TEST(Likelihood, CountsSnappingOnce) {
  const auto both =
      score(RecordBuilder{}.condition(snomed("202606004")).item("snapping_reproduced", "present"));
  EXPECT_EQ(both.score.text(), "1");
  EXPECT_TRUE(both.has_mechanical);
}

TEST(Likelihood, SaysWhichExaminationItemsAreMissing) {
  const auto none = score(RecordBuilder{});
  EXPECT_FALSE(none.has_exam);
  EXPECT_EQ(none.missing_exam.size(), 15U);
  const auto has = [](const Likelihood& read, std::string_view id) {
    return std::ranges::any_of(read.missing_exam,
                               [&](const auto& next) { return next.item->id == id; });
  };
  EXPECT_TRUE(has(none, "iliopsoas_tenderness"));
  EXPECT_FALSE(has(none, "hec_test"));  // read, never proposed
  EXPECT_FALSE(has(none, "psoas_sign"));
  const auto one = score(RecordBuilder{}.item("iliopsoas_tenderness", "absent"));
  EXPECT_TRUE(one.has_exam);
  EXPECT_FALSE(has(one, "iliopsoas_tenderness"));
}

TEST(Likelihood, AsksForWhatCanChangeTheScoreAsTheRecordStands) {
  const auto asks = [](const RecordBuilder& record, std::string_view id) {
    const auto missing = score(record).missing_exam;
    return std::ranges::any_of(missing, [&](const auto& next) { return next.item->id == id; });
  };
  const RecordBuilder none;
  const auto hip = RecordBuilder{}.condition(icd("Z96.641"));
  const auto snapping = RecordBuilder{}.condition(snomed("202606004"));
  const auto thomas = RecordBuilder{}.item("thomas_test", "absent");
  const auto modified = RecordBuilder{}.item("modified_thomas_test", "present");
  const auto sign = RecordBuilder{}.item("ludloff_sign", "present");
  const struct {
    const char* evidence;
    const RecordBuilder& record;
    const char* id;
    bool asks;
  } rows[] = {
      {"a.3 against: lateral tenderness", none, "lateral_tenderness", true},
      {"a.3 against: radicular", none, "straight_leg_raise_radicular", true},
      {"a.3 against: FABER", none, "faber_pain", true},
      {"j.2 FABER beside another sign adds nothing", sign, "faber_pain", false},
      {"j.2 weight bearing without a hip replacement", none, "weight_bearing_pain_constant", false},
      {"j.2 weight bearing with one", hip, "weight_bearing_pain_constant", true},
      {"j.2 snapping coded", snapping, "snapping_reproduced", false},
      {"j.2 Thomas recorded", thomas, "modified_thomas_test", false},
      {"j.2 modified Thomas recorded", modified, "thomas_test", false},
      {"j.7 HEC is never proposed", none, "hec_test", false},
      {"a.3 weight 0", none, "psoas_sign", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(asks(row.record, row.id), row.asks);
  }
  const auto strongest = score(none).missing_exam;
  EXPECT_EQ(strongest.at(0).item->id, "resisted_hip_flexion_pain");
  EXPECT_EQ(strongest.at(1).item->id, "iliopsoas_tenderness");
  EXPECT_EQ(strongest.at(2).item->id, "pain_on_hip_flexor_stretch");
}

TEST(Likelihood, SaysWhatEachMissingExaminationWouldMakeOfTheBand) {
  // +2 groin, +1 low back, +1 limp: possible at 4. The examination alone decides.
  const auto read = score(RecordBuilder{}
                              .condition(snomed("102570003"))
                              .condition(snomed("279039007"))
                              .condition(snomed("16973004")));
  EXPECT_EQ(read.band, Band::possible);
  const auto& next = read.missing_exam.at(0);
  EXPECT_EQ(next.item->id, "resisted_hip_flexion_pain");
  EXPECT_EQ(next.if_present, Band::likely);   // 7, site and mechanical
  EXPECT_EQ(next.if_absent, Band::unlikely);  // 1
  EXPECT_EQ(read.missing_exam.at(1).item->id, "iliopsoas_tenderness");
  EXPECT_EQ(read.missing_exam.at(1).if_present, Band::possible);  // 6
  EXPECT_EQ(read.missing_exam.at(1).if_absent, Band::unlikely);   // 2
}

TEST(Likelihood, ProposesTheExaminationThatChangesTheBandBeforeTheOneThatMovesTheScoreMore) {
  // 1 point short of likely, site there: a mechanical sign of one point is enough.
  const auto read = score(RecordBuilder{}
                              .condition(icd("M76.11"))
                              .item("resisted_hip_flexion_pain", "present")
                              .item("iliopsoas_tenderness", "absent")
                              .item("lateral_tenderness", "present"));
  EXPECT_EQ(read.score.text(), "5");
  EXPECT_EQ(read.missing_exam.at(0).item->id, "pain_on_hip_flexor_stretch");
  EXPECT_EQ(read.missing_exam.at(0).if_present, Band::likely);
}

}  // namespace
