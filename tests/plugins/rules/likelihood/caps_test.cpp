#include "plugins/rules/likelihood/caps.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): tables of short rows

using cdss::rules::Band;
using Record = RecordBuilder;

/// Old pain of groin, hip and back, and an examination that makes the raw band likely.
void likely(Record& r) {
  for (const auto pain : {kGroinPain, kHipPain, kLowBackPain}) {
    r.condition(began(snomed(pain), 200));
  }
  r.item("resisted_hip_flexion_pain", "present").item("iliopsoas_tenderness", "present");
  r.item("pain_on_hip_flexor_stretch", "present");
}

cdss::rules::Likelihood likelihood_on(const ReadRecord& read) {
  return likelihood_of(read.facts(), red_flags_of(read.facts()));
}

std::string caps_of(const cdss::rules::Likelihood& likelihood) {
  std::string ids;
  for (const auto& cap : likelihood.caps) {
    ids += (ids.empty() ? "" : " ") + std::string{cap.id};
  }
  return ids;
}

struct CapCase {
  const char* evidence;
  const char* caps;
  void (*fill)(Record&);
};

/// Each beside what makes the raw band likely.
void expect_caps(std::span<const CapCase> cases) {
  for (const auto& one : cases) {
    SCOPED_TRACE(one.evidence);
    RecordBuilder record;
    likely(record);
    one.fill(record);
    const ReadRecord read{record};
    const auto found = likelihood_on(read);
    EXPECT_EQ(found.raw_band, Band::likely);
    EXPECT_EQ(caps_of(found), one.caps);
    EXPECT_EQ(found.band, *one.caps == '\0' ? Band::likely : Band::possible);
  }
}

TEST(Caps, OfOtherCausesNeedEachOfTheirParts) {
  const CapCase cases[] = {
      {"nothing", "", [](Record&) {}},
      {"CX01 osteoarthritis", "", [](Record& r) { r.condition(icd("M16.11")); }},
      {"CX01 stiffness", "CX01",
       [](Record& r) { r.condition(icd("M16.11")).condition(icd("M25.651")); }},
      {"CX01 internal rotation", "CX01",
       [](Record& r) { r.condition(icd("M16.11")).item("internal_rotation_limited", "present"); }},
      {"CX01 internal rotation free", "",
       [](Record& r) { r.condition(icd("M16.11")).item("internal_rotation_limited", "absent"); }},
      {"CX01 only suspected", "",
       [](Record& r) {
         auto suspected = icd("M16.11");
         suspected.verification_status = "provisional";
         r.condition(suspected).condition(icd("M25.651"));
       }},
      {"CX02 radiculopathy", "", [](Record& r) { r.condition(icd("M54.16")); }},
      {"CX02 weakness", "CX02",
       [](Record& r) { r.condition(icd("M54.16")).condition(icd("M62.81")); }},
      {"CX02 disc, numbness", "CX02",
       [](Record& r) { r.condition(icd("M51.26")).condition(icd("R20.0")); }},
      {"CX02 radicular pain", "CX02",
       [](Record& r) {
         r.condition(icd("M54.16")).item("straight_leg_raise_radicular", "present");
       }},
      {"CX02 weak knee extension", "CX02",
       [](Record& r) { r.condition(icd("M54.16")).item("quadriceps_weakness", "true"); }},
      {"CX03 inguinal", "CX03", [](Record& r) { r.condition(icd("K40.90")); }},
      {"CX03 femoral", "CX03", [](Record& r) { r.condition(icd("K41.90")); }},
      {"CX04 labral tear", "", [](Record& r) { r.condition(icd("M24.151")); }},
      {"CX04 FADIR", "CX04",
       [](Record& r) { r.condition(icd("M24.151")).item("fadir_pain", "present"); }},
      {"CX05 stone of 30 d", "CX05", [](Record& r) { r.condition(recorded(icd("N20.1"), 30)); }},
      {"CX05 stone of 31 d", "", [](Record& r) { r.condition(recorded(icd("N20.1"), 31)); }},
      {"CX06 osteonecrosis of 366 d", "CX06",
       [](Record& r) { r.condition(began(icd("M87.051"), 366)); }},
  };
  expect_caps(cases);
}

TEST(Caps, AreRedFlagsAndPromptsTooSortedById) {
  const CapCase cases[] = {
      {"a red flag", "RF01", [](Record& r) { r.condition(icd("K68.12")); }},
      {"a prompt", "MM06", [](Record& r) { r.item("hop_test_pain", "present"); }},
      {"all kinds", "CX03 MM06 RF01",
       [](Record& r) {
         r.condition(icd("K40.90")).item("hop_test_pain", "present").condition(icd("K68.12"));
       }},
  };
  expect_caps(cases);
}

TEST(Caps, OfOtherCausesDoNotHoldADiagnosisOrAPositiveInjection) {
  const CapCase cases[] = {
      {"CX03 tendinitis coded", "",
       [](Record& r) { r.condition(icd("K40.90")).condition(icd("M76.11")); }},
      {"CX03 injection relieved it", "",
       [](Record& r) {
         r.condition(icd("K40.90")).item("diagnostic_injection", "injection-positive");
       }},
      {"CX06 tendinitis coded", "CX06",
       [](Record& r) { r.condition(began(icd("M87.051"), 366)).condition(icd("M76.11")); }},
  };
  expect_caps(cases);
}

TEST(Caps, AreListedOnlyWhenTheyHoldALikely) {
  const ReadRecord hernia{
      RecordBuilder{}.condition(began(snomed(kHipPain), 200)).condition(icd("K40.90"))};
  const auto unlikely = likelihood_on(hernia);
  EXPECT_NE(unlikely.raw_band, Band::likely);
  EXPECT_EQ(caps_of(unlikely), "");
  EXPECT_EQ(unlikely.other_causes, std::vector<std::string>{"CX03"});
  const ReadRecord necrosis{RecordBuilder{}
                                .condition(began(snomed(kHipPain), 200))
                                .condition(began(icd("M87.051"), 366))};
  EXPECT_EQ(caps_of(likelihood_on(necrosis)), "CX06") << "in any band";
}

/// An implant of 400 days that is not infected, and imaged.
Record& sound_implant(Record& r, const char* crp = "10", const char* esr = "30") {
  replace_hip(r, 400);
  return r.result(kCrp, crp, "mg/L").result(kEsr, esr, "mm/h");
}

TEST(Caps, HoldAnImplantUntilInfectionAndFailureAreExcluded) {
  const CapCase cases[] = {
      {"GX01 all known", "", [](Record& r) { sound_implant(r).item("imaging_done", "true"); }},
      {"GX01 nothing known", "GX01", [](Record& r) { r.condition(icd("Z96.649")); }},
      {"GX01 partial arthroplasty", "GX01",
       [](Record& r) {
         r.procedure({std::string{kSnomedUri}, "386649003", ""});
       }},
      {"GX01 CRP 10.1", "GX01 MM02",
       [](Record& r) { sound_implant(r, "10.1").item("imaging_done", "true"); }},
      {"GX01 ESR 31", "GX01 MM02",
       [](Record& r) { sound_implant(r, "10", "31").item("imaging_done", "true"); }},
      {"GX01 CRP <12 is not known", "GX01",
       [](Record& r) { sound_implant(r, "<12").item("imaging_done", "true"); }},
      {"GX01 not imaged", "GX01",
       [](Record& r) { sound_implant(r).item("imaging_done", "false"); }},
      {"GX01 image not known", "GX01", [](Record& r) { sound_implant(r); }},
      {"GX01 imaged since the pain began", "",
       [](Record& r) {
         sound_implant(r).procedure(
             {"http://loinc.org", "24762-7", R"("performedDateTime":")" + day(200) + '"'});
       }},
      {"GX01 imaged before it began", "GX01",
       [](Record& r) {
         sound_implant(r).procedure(
             {"http://loinc.org", "24762-7", R"("performedDateTime":")" + day(201) + '"'});
       }},
      {"GX01 abnormal radiograph", "GX01",
       [](Record& r) {
         sound_implant(r).item("imaging_done", "true").item("radiograph_abnormal", "true");
       }},
      {"GX01 wear", "GX01 MM07 MM16",
       [](Record& r) { sound_implant(r).item("imaging_done", "true").condition(icd("T84.050A")); }},
      {"GX01 early", "GX01",
       [](Record& r) {
         replace_hip(r, 90);
         r.result(kCrp, "5", "mg/L").result(kEsr, "10", "mm/h").item("imaging_done", "true");
       }},
  };
  expect_caps(cases);
}

}  // namespace
