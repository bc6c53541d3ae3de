#include "plugins/rules/likelihood/likelihood.hpp"

#include <algorithm>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/rules/likelihood/likelihood_cases.hpp"

namespace {

using cdss::rules::Band;
using cdss::rules::Likelihood;
using cdss::test::ConditionText;
using cdss::test::contributions;
using cdss::test::icd;
using cdss::test::parsed;
using cdss::test::ReadRecord;
using cdss::test::RecordBuilder;
using cdss::test::score;
using cdss::test::ShippedRules;
using cdss::test::snomed;
using testing::ElementsAre;

TEST(Likelihood, GivesEachCodedFindingItsRow) {
  const struct {
    const char* row;
    const char* weight;
    std::vector<ConditionText> codes;  // each alone gives the weight
  } rows[] = {
      {"groin_pain", "+2", {snomed("102570003")}},
      {"lower_quadrant_pain",
       "+1",
       {snomed("301754002"), icd("R10.30"), icd("R10.31"), icd("R10.32")}},
      {"hip_pain", "+1", {snomed("49218002"), icd("M25.551"), icd("M25.559")}},
      {"low_back_pain", "+1", {snomed("279039007"), snomed("278860009"), icd("M54.50")}},
      {"pelvic_pain", "+1", {snomed("30473006"), icd("R10.2")}},
      {"buttock_pain", "+1", {snomed("279043006"), icd("M79.18")}},
      {"thigh_or_leg_pain", "+1", {snomed("78514002"), snomed("10601006"), icd("M79.604")}},
      {"knee_pain", "+0.5", {snomed("1003722009"), icd("M25.561")}},
      {"gait",
       "+1",
       {snomed("16973004"), snomed("67141003"), snomed("428264009"), snomed("43005009"),
        snomed("719232003"), icd("R26.2")}},
      {"posture", "+1", {snomed("43029002"), icd("R29.3"), icd("M40.46"), icd("M95.5")}},
      {"hip_stiff_or_limited_rom", "+1", {snomed("249914008"), icd("M25.651")}},
      {"contracture",
       "+2",
       {snomed("239738002"), icd("M24.551"), icd("M62.451"), snomed("274141009")}},
      {"clicking_or_snapping_hip", "+1", {snomed("202606004"), icd("M24.851")}},
      {"leg_length_inequality", "+0.5", {snomed("45939007"), icd("M21.751")}},
      {"muscle_spasm", "+0.5", {snomed("203095000"), icd("M62.838")}},
      {"iliopsoas_diagnosis", "+6", {icd("M76.11"), snomed("281352004"), snomed("1373718009")}},
      {"hip_flexor_strain", "+3", {icd("S76.011A"), icd("S76.012D"), icd("S39.013A")}},
      {"other_hip_bursitis", "+2", {icd("M70.70"), icd("M70.72")}},
      {"exposure",
       "+1",
       {icd("Y93.02"), icd("Y93.41"), icd("Y93.43"), icd("Y93.57"), icd("Y93.66"), icd("Y93.67"),
        snomed("45050008"), icd("Z72.3")}},
      {"lumbar_radiculopathy", "-2", {snomed("128196005"), icd("M54.16")}},
      {"lumbar_disc_with_radiculopathy", "-2", {icd("M51.16"), icd("M51.17"), snomed("202735001")}},
      {"sacroiliitis", "-2", {snomed("55146009"), icd("M46.1")}},
      {"inguinal_hernia", "-2", {snomed("396232000"), icd("K40.90")}},
      {"femoral_hernia", "-2", {icd("K41.90")}},
      {"ureteric_stone", "-2", {snomed("31054009"), icd("N20.1")}},
      {"labral_tear_or_fai", "-2", {icd("S73.191A"), icd("M25.851")}},
      {"trochanteric_bursitis", "-2", {snomed("7674000"), icd("M70.61")}},
  };
  for (const auto& row : rows) {
    for (const auto& code : row.codes) {
      SCOPED_TRACE(row.row + (' ' + code.code));
      const auto read = score(RecordBuilder{}.condition(code));
      EXPECT_THAT(contributions(read), ElementsAre(std::string{row.row} + ' ' + row.weight));
      EXPECT_EQ(read.score.signed_text(), row.weight);
      ASSERT_EQ(read.contributions.size(), 1U);
      ASSERT_EQ(read.contributions[0].evidence.size(), 1U);
      EXPECT_EQ(read.contributions[0].evidence[0].reference, "Condition/c1");
    }
  }
}

TEST(Likelihood, LeavesUncountedWhatTheRulesNameAndDoNotWeigh) {
  const struct {
    const char* evidence;
    ConditionText condition;
    std::size_t unscored;  // named on the card
  } rows[] = {
      {"a.1 muscle_weakness 0", snomed("26544005"), 1},
      {"a.2 hip OA 0", icd("M16.11"), 1},
      {"a.2 RA 0", icd("M06.9"), 1},
      {"a.2 hip bursitis 0", snomed("81498004"), 1},
      {"j.2 abnormal_gait 0", icd("R26.9"), 0},
      {"j.2 unable_to_weight_bear 0", snomed("285674009"), 0},
      {"j.2 walking 0", icd("Y93.01"), 0},
      {"j.2 sciatica is no competitor", icd("M54.31"), 0},
      {"j.2 incarcerated hernia is no competitor", icd("K40.30"), 0},
      {"RF01 psoas abscess", icd("K68.12"), 0},
      {"RF03 not any haematoma", snomed("385494008"), 0},
      {"j.2 other disc disorder is no competitor", icd("M51.26"), 0},
      {"spinal fusion without a hip replacement", icd("Z98.1"), 0},
      {"chronic pain has no place", snomed("82423001"), 0},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto read = score(RecordBuilder{}.condition(row.condition));
    EXPECT_THAT(contributions(read), ElementsAre());
    EXPECT_EQ(read.unscored.size(), row.unscored);
    EXPECT_EQ(read.band, Band::unlikely);
  }
}

TEST(Likelihood, CountsOnlyWhatIsThereNowAndConfirmed) {
  const struct {
    const char* clinical;
    const char* verification;
    bool counts;
  } rows[] = {
      {"active", "confirmed", true},
      {"recurrence", "confirmed", true},
      {"relapse", "confirmed", true},
      {"", "confirmed", true},
      {"active", "", true},
      {"", "", true},
      {"inactive", "confirmed", false},
      {"remission", "confirmed", false},
      {"resolved", "confirmed", false},
      {"active", "refuted", false},
      {"active", "provisional", false},
      {"active", "differential", false},
      {"active", "unconfirmed", false},
      {"", "entered-in-error", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string{row.clinical} + ' ' + row.verification);
    const auto read =
        score(RecordBuilder{}.condition({.system = std::string{cdss::test::kSnomedUri},
                                         .code = "102570003",
                                         .clinical_status = row.clinical,
                                         .verification_status = row.verification}));
    EXPECT_EQ(read.contributions.size(), row.counts ? 1U : 0U);
  }
}

TEST(Likelihood, CountsAHipReplacementOnlyWhenItIsSure) {
  const struct {
    const char* clinical;
    const char* verification;
    bool counts;
  } rows[] = {
      {"active", "confirmed", true},     {"active", "provisional", false},
      {"active", "differential", false}, {"active", "unconfirmed", false},
      {"unknown", "confirmed", false},   {"active", "resolved?", false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string{row.clinical} + ' ' + row.verification);
    auto implant = icd("Z96.641");
    implant.clinical_status = row.clinical;
    implant.verification_status = row.verification;
    const auto read = score(RecordBuilder{}.condition(snomed("102570003")).condition(implant));
    EXPECT_EQ(testing::Value(contributions(read),
                             testing::Contains("hip_replacement_with_groin_pain +2")),
              row.counts);
  }
}

TEST(Likelihood, DoesNotTakeTheFamilyForThePatient) {
  const auto& shipped = ShippedRules::get();
  const auto family = cdss::test::parsed(
      R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"FamilyMemberHistory","status":"completed",
      "condition":[{"code":{"coding":[{"system":"http://snomed.info/sct","code":"102570003"}]}}]}}]})");
  const auto findings =
      cdss::rules::Findings::read(shipped.finding_reader(), family.root(), std::nullopt);
  EXPECT_FALSE(findings.has(*shipped.concepts().find("groin_pain")));
}

TEST(Likelihood, BoundsTheSumOfEachGroup) {
  const auto pain = score(RecordBuilder{}
                              .condition(snomed("102570003"))
                              .condition(snomed("49218002"))
                              .condition(snomed("279039007"))
                              .condition(snomed("30473006")));
  EXPECT_THAT(contributions(pain), ElementsAre("groin_pain +2", "hip_pain +1", "low_back_pain +1",
                                               "pelvic_pain +1", "regional_pain.max -1"));
  EXPECT_EQ(pain.score.text(), "4");

  const auto competitors = score(
      RecordBuilder{}.condition(icd("M54.16")).condition(icd("M46.1")).condition(icd("K40.90")));
  EXPECT_EQ(competitors.score.text(), "-4");

  const auto resisted = score(
      RecordBuilder{}.item("resisted_hip_flexion_pain", "present").item("hec_test", "present"));
  EXPECT_THAT(contributions(resisted), ElementsAre("resisted_hip_flexion_pain +3", "hec_test +3",
                                                   "resisted_flexion.max -2"));

  const auto exam = score(RecordBuilder{}
                              .item("resisted_hip_flexion_pain", "present")
                              .item("hec_test", "present")
                              .item("iliopsoas_tenderness", "present")
                              .item("pain_on_hip_flexor_stretch", "present"));
  EXPECT_EQ(exam.score.text(), "6");
  EXPECT_THAT(contributions(exam), testing::Contains("exam.max -2"));

  const auto floor = score(RecordBuilder{}
                               .item("resisted_hip_flexion_pain", "absent")
                               .item("iliopsoas_tenderness", "absent")
                               .item("lateral_tenderness", "present"));
  EXPECT_THAT(contributions(floor),
              ElementsAre("resisted_hip_flexion_pain -3", "iliopsoas_tenderness -2",
                          "lateral_tenderness -2", "exam.min +2"));
  EXPECT_EQ(floor.score.text(), "-5");
}

TEST(Likelihood, AddsTheHipReplacementTermsOnlyWithOne) {
  const auto record = RecordBuilder{}.condition(snomed("102570003")).condition(icd("Z98.1"));
  EXPECT_THAT(contributions(score(record)), ElementsAre("groin_pain +2"));
  auto with_hip = record;
  with_hip.condition(icd("Z96.641")).item("weight_bearing_pain_constant", "present");
  EXPECT_THAT(
      contributions(score(with_hip)),
      ElementsAre("groin_pain +2", "hip_replacement_with_groin_pain +2",
                  "hip_replacement_with_spinal_fusion +0.5", "weight_bearing_pain_constant -2"));
  const auto evidence = score(with_hip).contributions.at(1).evidence;
  ASSERT_EQ(evidence.size(), 2U);
  EXPECT_EQ(evidence[0].reference, "Condition/c1");
  EXPECT_EQ(evidence[1].reference, "Condition/c3");
  auto no_groin = RecordBuilder{}.condition(icd("Z96.641")).condition(snomed("49218002"));
  EXPECT_THAT(contributions(score(no_groin)), ElementsAre("hip_pain +1"));
}

TEST(Likelihood, ReadsASpinalFusionThatWasPerformed) {
  const auto fused = [](const char* code, const char* status) {
    return RecordBuilder{}
        .condition(icd("Z96.641"))
        .procedure({.system = std::string{cdss::test::kSnomedUri},
                    .code = code,
                    .performed = R"("performedDateTime":"2019-03-04")",
                    .status = status});
  };
  const auto read = score(fused("50172003", "completed"));
  EXPECT_THAT(contributions(read), ElementsAre("hip_replacement_with_spinal_fusion +0.5"));
  EXPECT_EQ(read.contributions.at(0).evidence.at(0).reference, "Procedure/p1");
  EXPECT_THAT(contributions(score(fused("50172003", "not-done"))), ElementsAre());
  // Only rows that say so read Procedures: groin pain is a Condition.
  EXPECT_THAT(contributions(score(fused("102570003", "completed"))), ElementsAre());
}

TEST(Likelihood, PutsTheScoreIntoBands) {
  auto record = RecordBuilder{}.condition(snomed("102570003"));  // 2
  record.condition(snomed("16973004")).condition(snomed("203095000"));
  EXPECT_EQ(score(record).score.text(), "3.5");
  EXPECT_EQ(score(record).band, Band::unlikely);
  record.condition(snomed("45939007"));
  EXPECT_EQ(score(record).score.text(), "4");
  EXPECT_EQ(score(record).band, Band::possible);
  record.item("iliopsoas_tenderness", "present").item("us_tendinosis", "true");
  EXPECT_EQ(score(record).score.text(), "6.5");
  EXPECT_EQ(score(record).band, Band::possible);
  record.item("mri_bursal_distension", "true");
  EXPECT_EQ(score(record).score.text(), "7");
  EXPECT_EQ(score(record).band, Band::likely);
}

TEST(Likelihood, NeedsASiteAndAMechanicalFeatureForLikely) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    Band band;
    bool held;
  } rows[] = {
      {"gate 1, diagnosis is the site, no mechanical feature",
       RecordBuilder{}.condition(icd("M76.11")).condition(snomed("16973004")), Band::possible,
       true},
      {"gate 1, mechanical by contracture",
       RecordBuilder{}.condition(icd("M76.11")).condition(icd("M24.551")), Band::likely, false},
      {"gate 1, mechanical by coded snapping",
       RecordBuilder{}.condition(icd("M76.11")).condition(snomed("202606004")), Band::likely,
       false},
      {"gate 1, no site",
       RecordBuilder{}
           .condition(snomed("279039007"))
           .item("diagnostic_injection", "injection-positive"),
       Band::possible, true},
      {"gate 1, hip pain is a site",
       RecordBuilder{}
           .condition(snomed("49218002"))
           .item("diagnostic_injection", "injection-positive"),
       Band::likely, false},
      {"gate 1, the other coded diagnoses are no site",
       RecordBuilder{}
           .condition(icd("S76.011A"))
           .condition(icd("M70.71"))
           .item("iliopsoas_tenderness", "present"),
       Band::possible, true},
      {"gate 1, lateral tenderness is not mechanical",
       RecordBuilder{}
           .condition(icd("M76.11"))
           .condition(icd("S76.011A"))
           .item("lateral_tenderness", "present"),
       Band::possible, true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto read = score(row.record);
    EXPECT_GE(read.score, cdss::rules::HalfPoints::points(7));
    EXPECT_EQ(read.band, row.band);
    EXPECT_EQ(read.is_held_by_gate, row.held);
  }
}

TEST(Likelihood, IsNotAssessedForWhoIsNotKnownToBeAdult) {
  const auto record = RecordBuilder{}
                          .condition(snomed("102570003"))
                          .condition(icd("M76.11"))
                          .item("thomas_test", "present");
  const auto& rules = ShippedRules::get();
  EXPECT_EQ(rules.likelihood(record).band, Band::likely);
  EXPECT_EQ(rules.likelihood(record, R"(,"birthDate":"2010-01-01")").band, Band::not_assessed);
  EXPECT_EQ(rules.likelihood(record, "").band, Band::not_assessed);
  EXPECT_EQ(score(RecordBuilder{}).band, Band::unlikely);
}

TEST(Likelihood, IsCappedAtPossibleByAnyRedFlag) {
  const cdss::test::ReadRecord record{RecordBuilder{}
                                          .condition(snomed("102570003"))
                                          .condition(icd("M76.11"))
                                          .condition(snomed("386661006"))
                                          .item("thomas_test", "present")};
  const auto flags = cdss::test::red_flags_of(record.facts());
  EXPECT_TRUE(flags.has("RF01"));  // pain and fever
  const auto read = cdss::test::likelihood_of(record.facts(), flags);
  EXPECT_EQ(read.band, Band::possible);
  EXPECT_EQ(read.raw_band, Band::likely);
  ASSERT_EQ(read.caps.size(), 1U);
  EXPECT_EQ(read.caps.front().id, "RF01");
}

TEST(Likelihood, DoesNotDependOnTheOrderOfTheRecord) {
  const std::vector<ConditionText> codes = {snomed("102570003"), icd("M54.16"), icd("M76.11"),
                                            icd("Z96.641"), icd("Y93.02")};
  std::vector<std::size_t> order = {0, 1, 2, 3, 4};
  std::vector<std::string> first;
  do {
    RecordBuilder record;
    for (const auto index : order) {
      record.condition(codes[index]);
    }
    auto read = contributions(score(record));
    if (first.empty()) {
      first = read;
    }
    ASSERT_EQ(read, first);
  } while (std::next_permutation(order.begin(), order.end()));
}

}  // namespace
