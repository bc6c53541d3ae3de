#include "plugins/rules/orders/conflicts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/rules/orders/judged.hpp"

namespace {

using cdss::rules::PatientContext;
using cdss::rules::Step;
using cdss::test::coded_draft;
using cdss::test::coded_service;
using cdss::test::kCptUri;
using cdss::test::medicine_draft;
using cdss::test::service_draft;
using cdss::test::Session;
using cdss::test::judged::check;
using cdss::test::judged::conflicts;
using cdss::test::judged::judge;
using cdss::test::judged::Patient;
using cdss::test::judged::Row;
using testing::IsEmpty;

const std::string kIbuprofen = medicine_draft("m", "ibuprofen 400 mg");
const std::string kAcetaminophen = medicine_draft("m", "acetaminophen 500 mg");
const std::string kAspirin81 = medicine_draft("m", "aspirin 81 mg");
const std::string kInjection = service_draft("s", "US-guided iliopsoas bursa injection");
const std::string kHipInjection = service_draft("s", "Hip injection, fluoroscopic guidance");
const std::string kMri = service_draft("s", "MRI of the hip");
const std::string kTherapy = service_draft("s", "Physical therapy");
const std::string kTenotomy = service_draft("s", "Arthroscopic iliopsoas tenotomy");

TEST(Conflicts, NoneSpeaksAgainstAHarmlessDraft) {
  for (const auto& draft :
       {kIbuprofen, kAcetaminophen, kInjection, kHipInjection, kMri, kTherapy, kTenotomy,
        service_draft("s", "Complete blood count"), medicine_draft("m", "amoxicillin 500 mg"),
        medicine_draft("m", "tramadol 50 mg"), medicine_draft("m", "gabapentin 300 mg")}) {
    EXPECT_THAT(conflicts(draft, Patient{}), IsEmpty()) << draft;
  }
}

TEST(Conflicts, OfAnNsaidFollowTheSafetyRules) {
  std::vector<Row> rows{
      {kIbuprofen, Patient{}.avoid("NS03"), {"nsaid-avoid:critical:NS03"}},
      {kIbuprofen, Patient{}.withhold("NS03"), {"nsaid-withhold:warning:NS03"}},
      {kIbuprofen, Patient{}.avoid("NS07"), {"nsaid-avoid:warning:NS07"}},
      {kIbuprofen,
       Patient{}.avoid("NS07").set(&PatientContext::is_late_pregnancy),
       {"nsaid-avoid:critical:NS07"}},
      {kIbuprofen,
       Patient{}.avoid("NS01").avoid("NS04").caution("NS09"),
       {"nsaid-avoid:warning:NS04,NS01", "nsaid-caution:info:NS09"}},
      {kIbuprofen, Patient{}.caution("NS09"), {}},
      {kIbuprofen, Patient{}.withhold("NS09"), {"nsaid-withhold:warning:NS09"}},
      {kIbuprofen,
       Patient{}.caution("NS09").withhold("NS10"),
       {"nsaid-withhold:warning:NS10", "nsaid-caution:info:NS09"}},
      {kIbuprofen, Patient{}.withhold("NS14"), {"nsaid-withhold:warning:NS14"}},
      {kIbuprofen, Patient{}.avoid("AP02").avoid("IJ01"), {}},
      {medicine_draft("m", "diclofenac topical gel"), Patient{}.avoid("NS01"), {}},
      {coded_draft("m", "310965"), Patient{}.avoid("NS12"), {"nsaid-avoid:warning:NS12"}},
      {kIbuprofen, Patient{}.red_flag("RF03"), {"nsaid-red-flag:critical:RF03"}},
      {kIbuprofen, Patient{}.red_flag("RF10"), {"nsaid-red-flag:critical:RF10"}},
      {kIbuprofen, Patient{}.red_flag("RF11"), {}},
      {kAcetaminophen, Patient{}.red_flag("RF03").avoid("NS01"), {}},
  };
  for (const char* id :
       {"NS01", "NS04", "NS06", "NS08", "NS12", "NS13", "NS14", "NS15", "NS16", "NS19"}) {
    rows.push_back({kIbuprofen, Patient{}.avoid(id), {"nsaid-avoid:warning:" + std::string{id}}});
  }
  for (const char* id : {"NS02", "NS05", "NS07b", "NS10", "NS11"}) {
    rows.push_back(
        {kIbuprofen, Patient{}.withhold(id), {"nsaid-withhold:warning:" + std::string{id}}});
  }
  check(rows);
}

TEST(Conflicts, OfLowDoseAspirinAreThoseThatMatterForIt) {
  check({
      {kAspirin81, Patient{}.avoid("NS01"), {}},
      {kAspirin81, Patient{}.withhold("NS02").withhold("NS05").avoid("NS15"), {}},
      {kAspirin81, Patient{}.caution("NS03"), {}},
      {kAspirin81, Patient{}.avoid("NS03"), {"nsaid-avoid:critical:NS03"}},
      {kAspirin81, Patient{}.avoid("NS08"), {"nsaid-avoid:warning:NS08"}},
      {kAspirin81, Patient{}.avoid("NS04"), {"nsaid-avoid:warning:NS04"}},
      {kAspirin81, Patient{}.avoid("NS12"), {"nsaid-avoid:warning:NS12"}},
      {medicine_draft("m", "Ibuprofen 600 mg + aspirin 81 mg"),
       Patient{}.avoid("NS01").avoid("NS06").avoid("NS07").avoid("NS13"),
       {"nsaid-avoid:warning:NS07,NS01,NS06,NS13"}},
      {medicine_draft("m", "aspirin 325 mg"),
       Patient{}.avoid("NS01"),
       {"nsaid-avoid:warning:NS01"}},
  });
}

TEST(Conflicts, OfLowDoseAspirinDoNotOfferItsRemovalForAnotherNsaid) {
  const auto offers = [](const std::string& draft, const Patient& patient) {
    const Session session{std::vector<std::string>{draft}};
    return judge(session, 0, patient).at(0).offers_removal;
  };
  EXPECT_FALSE(offers(kAspirin81, Patient{}.avoid("NS12")));
  EXPECT_TRUE(offers(kAspirin81, Patient{}.avoid("NS12").avoid("NS04")));
  EXPECT_TRUE(offers(kAspirin81, Patient{}.avoid("NS03")));
  EXPECT_TRUE(offers(kIbuprofen, Patient{}.avoid("NS12")));
}

std::string acetaminophen(int mg, const char* timing) {
  return medicine_draft("m", "acetaminophen",
                        R"(,"dosageInstruction":[{"timing":{"code":{"text":")" +
                            std::string{timing} +
                            R"("}},"doseAndRate":[{"doseQuantity":{"unit":"mg","value":)" +
                            std::to_string(mg) + "}}]}]");
}

TEST(Conflicts, OfAcetaminophenFollowRulesAndDose) {
  const auto partly = [](int mg) {
    auto draft = acetaminophen(mg, "QID");
    return draft.insert(draft.rfind("]}"), R"(,{"text":"and two at night"})");
  };
  const auto combined = [](const char* text, const char* quantity) {
    return medicine_draft("m", text,
                          R"(,"dosageInstruction":[{"timing":{"repeat":{"frequency":1,"period":4,
                          "periodUnit":"h"}},"doseAndRate":[{"doseQuantity":{)" +
                              std::string{quantity} + "}}]}]");
  };
  const char* const kOxycodone = "Oxycodone 10 mg / acetaminophen 325 mg";
  const std::vector<std::string> liver{"acetaminophen-liver:warning:AP02"};
  check({
      {combined(kOxycodone, R"("value":20,"unit":"mg")"), Patient{}.avoid("AP02"), liver},
      {combined("Vicodin 5 mg tablet", R"("value":2,"unit":"tablet")"),
       Patient{}.avoid("AP02"),
       {"acetaminophen-liver:warning:AP02", "dose-not-read:info:DOSE"}},
      {combined(kOxycodone, R"("value":1,"unit":"tablet")"), Patient{}.avoid("AP02"), {}},
      {combined(kOxycodone, R"("value":800,"unit":"mg")"),
       Patient{},
       {"acetaminophen-dose:warning:AP01"}},
      {combined(
           "acetaminophen 500 mg",
           R"("value":3,"unit":"tablet","system":"http://snomed.info/sct","code":"428673006")"),
       Patient{},
       {"acetaminophen-dose:warning:AP01"}},
      {partly(500),
       Patient{}.avoid("AP02"),
       {"acetaminophen-liver:warning:AP02", "dose-not-read:info:DOSE"}},
      {partly(1000), Patient{}, {"dose-not-read:info:DOSE"}},
      {partly(1001), Patient{}, {"acetaminophen-dose:warning:AP01", "dose-not-read:info:DOSE"}},
      {kAcetaminophen, Patient{}.avoid("AP03"), {"acetaminophen-allergy:warning:AP03"}},
      {kAcetaminophen, Patient{}.avoid("AP02"), {"acetaminophen-liver:warning:AP02"}},
      {acetaminophen(500, "QID"), Patient{}.avoid("AP02"), {}},
      {acetaminophen(501, "QID"), Patient{}.avoid("AP02"), {"acetaminophen-liver:warning:AP02"}},
      {acetaminophen(500, "QID"), Patient{}.avoid("AP03"), {"acetaminophen-allergy:warning:AP03"}},
      {acetaminophen(1000, "QID"), Patient{}, {}},
      {acetaminophen(1001, "QID"), Patient{}, {"acetaminophen-dose:warning:AP01"}},
      {acetaminophen(500, "QID"), Patient{}.beside(2000), {}},
      {acetaminophen(500, "QID"), Patient{}.beside(2001), {"acetaminophen-sum:warning:AP01"}},
      {acetaminophen(1001, "QID"), Patient{}.beside(2001), {"acetaminophen-dose:warning:AP01"}},
      {kAcetaminophen, Patient{}.beside(4001), {}},
      {kAcetaminophen, Patient{}.caution("AP05"), {"acetaminophen-twice:info:AP05"}},
      {kAcetaminophen, Patient{}.on("warfarin"), {"acetaminophen-warfarin:info:AP04"}},
      {kAcetaminophen, Patient{}.on("apixaban"), {}},
      {kIbuprofen, Patient{}.avoid("AP02").on("warfarin"), {}},
  });
}

TEST(Conflicts, OfAnticoagulantsAreNsaids) {
  const auto apixaban = medicine_draft("m", "apixaban 5 mg");
  check({
      {apixaban, Patient{}, {}},
      {apixaban, Patient{}.on("ibuprofen"), {"anticoagulant-nsaid:warning:NS04"}},
      {apixaban, Patient{}.on("acetaminophen"), {}},
  });
}

TEST(Conflicts, OfMriAfterHipReplacementAskForTheMetalProtocol) {
  const auto prosthesis = Patient{}.set(&PatientContext::has_hip_prosthesis);
  check({
      {kMri, prosthesis, {"mri-metal:warning:THA"}},
      {service_draft("s", "MARS MRI of the hip"), prosthesis, {}},
      {service_draft("s", "MRI of the hip, no MARS"), prosthesis, {"mri-metal:warning:THA"}},
      {service_draft("s", "MRI of the knee", R"(,"reasonCode":[{"text":"hip prosthesis"}])"),
       prosthesis,
       {}},
      {service_draft("s", "MRI of the knee"), prosthesis, {}},
      {coded_service("s", kCptUri, "73721"), prosthesis, {}},
      {coded_service("s", kCptUri, "73721", R"(,"reasonCode":[{"text":"right hip pain"}])"),
       prosthesis,
       {"mri-metal:warning:THA"}},
      {service_draft("s", "CT of the hip"), prosthesis, {}},
      {service_draft("s", "MRI right hip, intramuscular haematoma?"),
       prosthesis,
       {"mri-metal:warning:THA"}},
      {kMri, Patient{}, {}},
  });
}

TEST(Conflicts, OfTherapyComeOnlyFromRedFlagsOfTheHip) {
  check({
      {kTherapy, Patient{}.red_flag("RF04"), {"therapy-red-flag:critical:RF04"}},
      {kTherapy, Patient{}.red_flag("RF05"), {"therapy-red-flag:critical:RF05"}},
      {kTherapy, Patient{}.red_flag("RF11"), {"therapy-red-flag:critical:RF11"}},
      {service_draft("s", "Physical therapy, shoulder"), Patient{}.red_flag("RF04"), {}},
  });
}

TEST(Conflicts, OfMedicinesOutsideTheLadderNeedThePainItIsAbout) {
  const auto psoas = Patient{}.set(&PatientContext::points_to_psoas);
  const auto tramadol = [](const char* more = "") { return medicine_draft("m", "tramadol", more); };
  const char* const kGroin =
      R"(,"reasonCode":[{"coding":[{"system":"http://snomed.info/sct","code":"102570003"}]}])";
  const char* const kOther = R"(,"reasonCode":[{"text":"post-herpetic neuralgia"}])";
  const char* const kReference = R"(,"reasonReference":[{"reference":"Condition/a"}])";
  const std::vector<std::string> opioid{"opioid-outside-ladder:warning:OUT"};
  check({
      {tramadol(), psoas, opioid},
      {tramadol(), Patient{}, {}},
      {tramadol(), Patient{psoas}.red_flag("RF04"), {}},
      {tramadol(), Patient{psoas}.set(&PatientContext::is_early), {}},
      {tramadol(kGroin), Patient{}, opioid},
      {tramadol(kOther), psoas, {}},
      {tramadol(kReference), Patient{}.pain("Condition/a"), opioid},
      {tramadol(kReference), Patient{psoas}.pain("Condition/b"), {}},
      {tramadol(R"(,"reasonCode":{"text":"iliopsoas strain"})"), Patient{}, opioid},
      {medicine_draft("m", "cyclobenzaprine"), psoas, {"relaxant-outside-ladder:info:OUT"}},
      {medicine_draft("m", "gabapentin"), psoas, {}},
      {medicine_draft("m", "gabapentin", kGroin), psoas, {"gabapentinoid-outside-ladder:info:OUT"}},
      {medicine_draft("m", "pregabalin"), psoas, {}},
      {medicine_draft("m", "pregabalin", kOther), psoas, {}},
      {medicine_draft("m", "buprenorphine / naloxone sublingual film"), psoas, {}},
      {medicine_draft("m", "Buprenorphine 8 MG / Naloxone 2 MG", kGroin), psoas, opioid},
      {medicine_draft("m", "buprenorphine patch"), psoas, opioid},
      {medicine_draft("m", "methadone 10 mg"), psoas, {}},
      {medicine_draft("m", "methadone 10 mg", kGroin), psoas, opioid},
      {medicine_draft("m", "guaifenesin / codeine syrup"), psoas, {}},
      {medicine_draft("m", "codeine", R"(,"dosageInstruction":[{"text":"10 mL for cough"}])"),
       psoas,
       {}},
      {medicine_draft("m", "codeine 30 mg tablet"), psoas, opioid},
  });
}

TEST(Conflicts, OfSurgeryAreStepsThatAreNotReachedAndAWrongCode) {
  check({
      {kTenotomy, Patient{}.at(Step::L4), {}},
      {kTenotomy, Patient{}.at(Step::L3), {"surgery-skips-step:warning:L4"}},
      {kTenotomy, Patient{}.at(Step::L0), {"surgery-skips-step:warning:L4"}},
      {coded_service("s", kCptUri, "27005"),
       Patient{}.at(Step::LX),
       {"surgery-skips-step:warning:L4"}},
      {service_draft("s", "Achilles tenotomy"), Patient{}.at(Step::L1), {}},
      {coded_service("s", kCptUri, "27006"), Patient{}.at(Step::L1), {}},
      {coded_service("s", kCptUri, "27006", R"(,"reasonCode":[{"text":"Psoas tendinopathy"}])"),
       Patient{},
       {"surgery-wrong-code:warning:CODE"}},
  });
}

}  // namespace
