#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/rules/orders/conflicts.hpp"
#include "tests/plugins/rules/orders/judged.hpp"

namespace {

using cdss::rules::PatientContext;
using cdss::rules::Step;
using cdss::test::coded_service;
using cdss::test::kCptUri;
using cdss::test::medicine_draft;
using cdss::test::service_draft;
using cdss::test::Session;
using cdss::test::judged::check;
using cdss::test::judged::judge;
using cdss::test::judged::Patient;
using cdss::test::judged::Row;
using testing::IsEmpty;

const std::string kInjection = service_draft("s", "US-guided iliopsoas bursa injection");
const std::string kHipInjection = service_draft("s", "Hip injection, fluoroscopic guidance");
const std::string kTherapy = service_draft("s", "Physical therapy");

TEST(Conflicts, OfAnInjectionFollowRulesPlaceAndGuidance) {
  std::vector<Row> rows{
      {kInjection, Patient{}.red_flag("RF01"), {"injection-red-flag:critical:RF01"}},
      {kInjection,
       Patient{}.red_flag("RF03").avoid("IJ02"),
       {"injection-red-flag:critical:RF03", "injection-avoid:warning:IJ02"}},
      {kInjection, Patient{}.red_flag("RF05"), {"injection-red-flag:critical:RF05"}},
      {kInjection, Patient{}.red_flag("RF12"), {"injection-red-flag:critical:RF12"}},
      {service_draft("s", "Psoas injection"), Patient{}, {"injection-unguided:warning:IJ11"}},
      {service_draft("s", "Psoas injection, not guided"),
       Patient{},
       {"injection-unguided:warning:IJ11"}},
      {service_draft("s", "Psoas block"), Patient{}, {"injection-unguided:warning:IJ11"}},
      {service_draft("s", "Psoas block, ultrasound-guided"), Patient{}, {}},
      {service_draft("s", "Psoas injection, unguided"),
       Patient{},
       {"injection-unguided:warning:IJ11"}},
      {service_draft("s", "Hip injection"), Patient{}, {}},
      {kInjection,
       Patient{}.set(&PatientContext::has_hip_prosthesis),
       {"injection-infection-unknown:warning:IJ06"}},
      {kInjection,
       Patient{}
           .set(&PatientContext::has_hip_prosthesis)
           .set(&PatientContext::is_infection_screen_known),
       {}},
      {kInjection, Patient{}.at(Step::L2), {"injection-skips-step:info:L3"}},
      {kInjection, Patient{}.at(Step::L1), {"injection-skips-step:info:L3"}},
      {kInjection, Patient{}.at(Step::L3), {}},
      {kHipInjection, Patient{}.at(Step::L1), {}},
      {service_draft("s", "Knee injection"), Patient{}.avoid("IJ01").pain("Condition/a"), {}},
      {service_draft("s", "Knee injection"),
       Patient{}.avoid("IJ01").red_flag("RF01").pain("Condition/a"),
       {"injection-red-flag:critical:RF01"}},
      {coded_service("s", kCptUri, "20610"), Patient{}.avoid("IJ01"), {}},
      {coded_service("s", kCptUri, "20610"),
       Patient{}.avoid("IJ01").pain("Condition/a"),
       {"injection-avoid:warning:IJ01"}},
      {medicine_draft("m", "triamcinolone 40 mg injection, iliopsoas bursa, ultrasound-guided"),
       Patient{}.avoid("IJ05"),
       {"injection-avoid:warning:IJ05"}},
      {medicine_draft("m", "Kenalog-40, not for intravenous use",
                      R"(,"dosageInstruction":[{"text":"intra-articular, left hip"}])"),
       Patient{}.avoid("IJ05"),
       {"injection-avoid:warning:IJ05"}},
      {medicine_draft("m", "prednisone 10 mg"), Patient{}.avoid("IJ05"), {}},
      {service_draft("s", "Joint injection", R"(,"reasonCode":[{"text":"hip osteoarthritis"}])"),
       Patient{}.avoid("IJ05").red_flag("RF04"),
       {"injection-red-flag:critical:RF04", "injection-avoid:warning:IJ05"}},
      {kInjection,
       Patient{}.avoid("IJ08").caution("IJ04"),
       {"injection-avoid:warning:IJ08", "injection-caution:info:IJ04"}},
  };
  for (const char* id : {"IJ01", "IJ02", "IJ05", "IJ08", "IJ12"}) {
    rows.push_back(
        {kHipInjection, Patient{}.avoid(id), {"injection-avoid:warning:" + std::string{id}}});
  }
  rows.push_back({kInjection, Patient{}.caution("IJ07"), {"injection-avoid:warning:IJ07"}});
  for (const char* id : {"IJ03", "IJ04", "IJ06", "IJ09", "IJ10"}) {
    rows.push_back(
        {kHipInjection, Patient{}.caution(id), {"injection-caution:info:" + std::string{id}}});
  }
  check(rows);
}

TEST(Conflicts, OfASteroidAreRedFlagsThatForbidIt) {
  const auto prednisone = medicine_draft("m", "prednisone 20 mg tablet");
  const std::vector<std::string> epidural{"injection-red-flag:critical:RF08",
                                          "steroid-red-flag:critical:RF08"};
  std::vector<Row> rows{
      {prednisone, Patient{}, {}},
      {prednisone, Patient{}.red_flag("RF03"), {}},
      {prednisone, Patient{}.red_flag("RF04"), {}},
      {prednisone, Patient{}.avoid("IJ01"), {}},
      {medicine_draft("m", "hydrocortisone cream"), Patient{}.red_flag("RF01"), {}},
      {medicine_draft("m", "amoxicillin"), Patient{}.red_flag("RF01"), {}},
      {kTherapy, Patient{}.red_flag("RF01"), {"therapy-red-flag:critical:RF01"}},
      {service_draft("s", "Knee steroid injection"),
       Patient{}.red_flag("RF17"),
       {"injection-red-flag:critical:RF17", "steroid-red-flag:critical:RF17"}},
      {service_draft("s", "cortisone shot, intramuscular"),
       Patient{}.red_flag("RF17"),
       {"steroid-red-flag:critical:RF17"}},
      {service_draft("s", "Epidural steroid injection"), Patient{}.red_flag("RF08"), epidural},
  };
  for (const char* id : {"RF01", "RF02", "RF07", "RF08", "RF09", "RF17", "RF18"}) {
    rows.push_back(
        {prednisone, Patient{}.red_flag(id), {"steroid-red-flag:critical:" + std::string{id}}});
  }
  check(rows);
}

TEST(Conflicts, OfInjectionsElsewhereAreRedFlagsOfInfectionAndBleeding) {
  std::vector<Row> rows;
  for (const char* text : {"Lumbar epidural injection", "Trigger point injection",
                           "Sacroiliac joint injection", "Knee injection"}) {
    const auto draft = service_draft("s", text);
    for (const char* id : {"RF01", "RF03", "RF07", "RF08", "RF09", "RF17", "RF18"}) {
      rows.push_back(
          {draft, Patient{}.red_flag(id), {"injection-red-flag:critical:" + std::string{id}}});
    }
    rows.push_back({draft, Patient{}.red_flag("RF04"), {}});  // of the hip
    rows.push_back({draft, Patient{}.red_flag("RF12"), {}});
    rows.push_back({draft, Patient{}.avoid("IJ01").pain("Condition/a"), {}});
  }
  rows.push_back({kHipInjection, Patient{}.red_flag("RF04"), {"injection-red-flag:critical:RF04"}});
  check(rows);
}

TEST(Conflicts, OfAnUnguidedInjectionAreSolvedByGuidanceBeside) {
  const Session session{
      {coded_service("a", kCptUri, "20550", R"(,"reasonCode":[{"text":"psoas"}])"),
       coded_service("b", kCptUri, "76942")}};
  EXPECT_THAT(judge(session, 0, Patient{}), IsEmpty());
  const Session stated{{service_draft("a", "Psoas injection, landmark-guided"),
                        coded_service("b", kCptUri, "76942")}};
  EXPECT_EQ(judge(stated, 0, Patient{}).size(), 1U);
}

}  // namespace
