#include "plugins/treatment_escalation/conflicts.hpp"

#include <deque>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/treatment_escalation/session.hpp"

namespace {

using cdss::hooks::Indicator;
using cdss::rules::Effect;
using cdss::rules::Step;
using cdss::test::coded_draft;
using cdss::test::coded_service;
using cdss::test::kCptUri;
using cdss::test::medicine_draft;
using cdss::test::service_draft;
using cdss::test::Session;
using cdss::test::ShippedRules;
using cdss::treatment_escalation::Circumstances;
using cdss::treatment_escalation::Conflict;
using testing::ElementsAre;
using testing::IsEmpty;

/// A patient in whom these rules hold.
class Patient {
 public:
  Patient() { circumstances_.standing.step = Step::L4; }

  Patient& avoid(const char* id) { return add(id, Effect::avoid); }
  Patient& caution(const char* id) { return add(id, Effect::caution); }
  Patient& red_flag(const char* id) {
    for (const auto& row : ShippedRules::get().knowledge->red_flags.rows) {
      if (row.id == id) {
        circumstances_.red_flags.fired.push_back({.row = &row, .reasons = {}});
      }
    }
    return *this;
  }
  Patient& on(const char* medicine) {
    const cdss::rules::Medicine taken{
        .definition = ShippedRules::get().knowledge->pharmacy.find(medicine), .finding = {}};
    circumstances_.medicines = circumstances_.medicines.with({}, {&taken, 1});
    return *this;
  }
  Patient& at(Step step) {
    circumstances_.standing.step = step;
    return *this;
  }
  Patient& set(bool Circumstances::*member, bool value = true) {
    circumstances_.*member = value;
    return *this;
  }
  Patient& pain(const char* condition) {
    circumstances_.regional_findings.emplace_back(condition);
    return set(&Circumstances::has_regional_pain);
  }
  const Circumstances& circumstances() const { return circumstances_; }

 private:
  Patient& add(const char* id, Effect effect) {
    rows_->push_back(
        {.id = id, .treatment = {}, .text = id, .advice = {}, .grade = {}, .sources = {}});
    circumstances_.safety.found.push_back({.row = &rows_->back(), .effect = effect, .reasons = {}});
    return *this;
  }

  std::shared_ptr<std::deque<cdss::rules::SafetyRow>> rows_ =
      std::make_shared<std::deque<cdss::rules::SafetyRow>>();
  Circumstances circumstances_;
};

std::vector<Conflict> judge(const Session& session, std::size_t index, const Patient& patient) {
  return cdss::treatment_escalation::judge(cdss::test::order_rules(),
                                           ShippedRules::get().concepts(), session.drafts.at(index),
                                           session.drafts, patient.circumstances());
}

/// "id:indicator:causes" of each conflict of the only draft.
std::vector<std::string> conflicts(const std::string& draft, const Patient& patient) {
  const Session session{std::vector<std::string>{draft}};
  std::vector<std::string> texts;
  for (const auto& conflict : judge(session, 0, patient)) {
    std::string text{conflict.rule->id};
    text += ":" + std::string{cdss::hooks::to_string(conflict.indicator)} + ":";
    for (const auto& cause : conflict.because) {
      text += (text.back() == ':' ? "" : ",") + std::string{cause.id};
    }
    texts.push_back(text);
  }
  return texts;
}

struct Row {
  std::string draft;
  Patient patient;
  std::vector<std::string> conflicts;
};

void check(const std::vector<Row>& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(conflicts(rows[i].draft, rows[i].patient), rows[i].conflicts)
        << "row " << i << ": " << rows[i].draft;
  }
}

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
      {kIbuprofen, Patient{}.caution("NS03"), {"nsaid-caution:info:NS03"}},
      {kIbuprofen, Patient{}.avoid("NS07"), {"nsaid-avoid:warning:NS07"}},
      {kIbuprofen,
       Patient{}.avoid("NS07").set(&Circumstances::is_late_pregnancy),
       {"nsaid-avoid:critical:NS07"}},
      {kIbuprofen,
       Patient{}.avoid("NS01").avoid("NS04").caution("NS09"),
       {"nsaid-avoid:warning:NS04,NS01", "nsaid-caution:info:NS09"}},
      {kIbuprofen, Patient{}.caution("NS09"), {}},
      {kIbuprofen, Patient{}.caution("NS09").caution("NS10"), {"nsaid-caution:info:NS10,NS09"}},
      {kIbuprofen, Patient{}.avoid("AP02").avoid("IJ01"), {}},
      {medicine_draft("m", "diclofenac topical gel"), Patient{}.avoid("NS01"), {}},
      {coded_draft("m", "310965"), Patient{}.avoid("NS12"), {"nsaid-avoid:warning:NS12"}},
      {kIbuprofen, Patient{}.red_flag("RF03"), {"nsaid-red-flag:critical:RF03"}},
      {kIbuprofen, Patient{}.red_flag("RF10"), {}},
      {kAcetaminophen, Patient{}.red_flag("RF03").avoid("NS01"), {}},
  };
  for (const char* id : {"NS01", "NS04", "NS06", "NS08", "NS12", "NS13"}) {
    rows.push_back({kIbuprofen, Patient{}.avoid(id), {"nsaid-avoid:warning:" + std::string{id}}});
  }
  for (const char* id : {"NS02", "NS05", "NS07b", "NS10", "NS11"}) {
    rows.push_back({kIbuprofen, Patient{}.caution(id), {"nsaid-caution:info:" + std::string{id}}});
  }
  check(rows);
}

TEST(Conflicts, OfLowDoseAspirinAreThoseThatMatterForIt) {
  check({
      {kAspirin81, Patient{}.avoid("NS01"), {}},
      {kAspirin81, Patient{}.caution("NS02").caution("NS05"), {}},
      {kAspirin81, Patient{}.caution("NS03"), {}},
      {kAspirin81, Patient{}.avoid("NS03"), {"nsaid-avoid:critical:NS03"}},
      {kAspirin81, Patient{}.avoid("NS08"), {"nsaid-avoid:warning:NS08"}},
      {kAspirin81, Patient{}.avoid("NS04"), {"nsaid-avoid:warning:NS04"}},
      {kAspirin81, Patient{}.avoid("NS12"), {"nsaid-avoid:warning:NS12"}},
      {medicine_draft("m", "aspirin 325 mg"),
       Patient{}.avoid("NS01"),
       {"nsaid-avoid:warning:NS01"}},
  });
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
  check({
      {partly(500), Patient{}.avoid("AP02"), {"acetaminophen-liver:warning:AP02"}},
      {partly(1000), Patient{}, {}},
      {partly(1001), Patient{}, {"acetaminophen-dose:warning:AP01"}},
      {kAcetaminophen, Patient{}.avoid("AP03"), {"acetaminophen-allergy:warning:AP03"}},
      {kAcetaminophen, Patient{}.avoid("AP02"), {"acetaminophen-liver:warning:AP02"}},
      {acetaminophen(500, "QID"), Patient{}.avoid("AP02"), {}},
      {acetaminophen(501, "QID"), Patient{}.avoid("AP02"), {"acetaminophen-liver:warning:AP02"}},
      {acetaminophen(500, "QID"), Patient{}.avoid("AP03"), {"acetaminophen-allergy:warning:AP03"}},
      {acetaminophen(1000, "QID"), Patient{}, {}},
      {acetaminophen(1001, "QID"), Patient{}, {"acetaminophen-dose:warning:AP01"}},
      {kAcetaminophen, Patient{}.caution("AP05"), {"acetaminophen-twice:info:AP05"}},
      {kAcetaminophen, Patient{}.on("warfarin"), {"acetaminophen-warfarin:info:AP04"}},
      {kAcetaminophen, Patient{}.on("apixaban"), {}},
      {kIbuprofen, Patient{}.avoid("AP02").on("warfarin"), {}},
  });
}

TEST(Conflicts, OfAnInjectionFollowRulesPlaceAndGuidance) {
  std::vector<Row> rows{
      {kInjection, Patient{}.red_flag("RF01"), {"injection-red-flag:critical:RF01"}},
      {kInjection,
       Patient{}.red_flag("RF03").avoid("IJ02"),
       {"injection-red-flag:critical:RF03", "injection-avoid:warning:IJ02"}},
      {kInjection, Patient{}.red_flag("RF05"), {}},
      {kInjection, Patient{}.red_flag("RF12"), {}},
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
       Patient{}.set(&Circumstances::has_hip_replacement),
       {"injection-infection-unknown:warning:IJ06"}},
      {kInjection,
       Patient{}
           .set(&Circumstances::has_hip_replacement)
           .set(&Circumstances::is_infection_screen_known),
       {}},
      {kInjection, Patient{}.at(Step::L2), {"injection-skips-step:info:L3"}},
      {kInjection, Patient{}.at(Step::L1), {"injection-skips-step:info:L3"}},
      {kInjection, Patient{}.at(Step::L3), {}},
      {kHipInjection, Patient{}.at(Step::L1), {}},
      {service_draft("s", "Knee injection"),
       Patient{}.avoid("IJ01").red_flag("RF01").pain("Condition/a"),
       {}},
      {coded_service("s", kCptUri, "20610"), Patient{}.avoid("IJ01"), {}},
      {coded_service("s", kCptUri, "20610"),
       Patient{}.avoid("IJ01").pain("Condition/a"),
       {"injection-avoid:warning:IJ01"}},
      {medicine_draft("m", "triamcinolone 40 mg injection, iliopsoas bursa, ultrasound-guided"),
       Patient{}.avoid("IJ05"),
       {"injection-avoid:warning:IJ05"}},
      {medicine_draft("m", "prednisone 10 mg"), Patient{}.avoid("IJ05"), {}},
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

TEST(Conflicts, OfAnUnguidedInjectionAreSolvedByGuidanceBeside) {
  const Session session{
      {coded_service("a", kCptUri, "20550", R"(,"reasonCode":[{"text":"psoas"}])"),
       coded_service("b", kCptUri, "76942")}};
  EXPECT_THAT(judge(session, 0, Patient{}), IsEmpty());
  const Session stated{{service_draft("a", "Psoas injection, landmark-guided"),
                        coded_service("b", kCptUri, "76942")}};
  EXPECT_EQ(judge(stated, 0, Patient{}).size(), 1U);
}

TEST(Conflicts, OfMriAfterHipReplacementAskForTheMetalProtocol) {
  const auto prosthesis = Patient{}.set(&Circumstances::has_hip_prosthesis);
  check({
      {kMri, prosthesis, {"mri-metal:warning:THA"}},
      {service_draft("s", "MARS MRI of the hip"), prosthesis, {}},
      {service_draft("s", "MRI of the knee"), prosthesis, {}},
      {coded_service("s", kCptUri, "73721"), prosthesis, {}},
      {service_draft("s", "CT of the hip"), prosthesis, {}},
      {kMri, Patient{}, {}},
  });
}

TEST(Conflicts, OfTherapyComeOnlyFromRedFlagsOfTheHip) {
  check({
      {kTherapy, Patient{}.red_flag("RF04"), {"therapy-red-flag:critical:RF04"}},
      {kTherapy, Patient{}.red_flag("RF05"), {"therapy-red-flag:critical:RF05"}},
      {kTherapy, Patient{}.red_flag("RF11"), {}},
      {service_draft("s", "Physical therapy, shoulder"), Patient{}.red_flag("RF04"), {}},
  });
}

TEST(Conflicts, OfMedicinesOutsideTheLadderNeedThePainItIsAbout) {
  const auto psoas = Patient{}.set(&Circumstances::points_to_psoas);
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
      {tramadol(), Patient{psoas}.set(&Circumstances::is_early), {}},
      {tramadol(kGroin), Patient{}, opioid},
      {tramadol(kOther), psoas, {}},
      {tramadol(kReference), Patient{}.pain("Condition/a"), opioid},
      {tramadol(kReference), Patient{psoas}.pain("Condition/b"), {}},
      {tramadol(R"(,"reasonCode":{"text":"iliopsoas strain"})"), Patient{}, opioid},
      {medicine_draft("m", "cyclobenzaprine"), psoas, {"relaxant-outside-ladder:info:OUT"}},
      {medicine_draft("m", "gabapentin"), psoas, {"gabapentinoid-outside-ladder:info:OUT"}},
      {medicine_draft("m", "gabapentin"), Patient{}, {}},
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

TEST(Conflicts, OfTheSameOrderTwiceConcernTheSecond) {
  const Session twice{{service_draft("b", "x"), coded_service("a", "http://loinc.org", "1988-5"),
                       coded_service("c", "http://loinc.org", "1988-5")}};
  EXPECT_THAT(judge(twice, 1, Patient{}), IsEmpty());
  ASSERT_EQ(judge(twice, 2, Patient{}).size(), 1U);
  EXPECT_EQ(judge(twice, 2, Patient{})[0].rule->id, "drafted-twice");
  const auto left = R"(,"bodySite":[{"text":"left hip"}])";
  const auto right = R"(,"bodySite":[{"text":"right hip"}])";
  const Session sides{{coded_service("a", "http://loinc.org", "24762-7", left),
                       coded_service("c", "http://loinc.org", "24762-7", right)}};
  EXPECT_THAT(judge(sides, 1, Patient{}), IsEmpty());
}

TEST(Conflicts, CountTheOtherDraftsAsTakenAndNeverTheDraftItself) {
  const auto taken = [](const std::vector<std::string>& drafts, std::size_t index,
                        const std::vector<std::string>& selections = {}) {
    const Session session{drafts, selections};
    std::vector<std::string> ids;
    for (const auto& one :
         cdss::treatment_escalation::taken_beside(session.drafts.at(index), session.drafts)) {
      ids.push_back(one.definition->id);
    }
    return ids;
  };
  const auto a = medicine_draft("a", "ibuprofen");
  const auto b = medicine_draft("b", "naproxen");
  const auto c = medicine_draft("c", "warfarin");
  EXPECT_THAT(taken({a}, 0), IsEmpty());
  EXPECT_THAT(taken({a, c}, 0), ElementsAre("warfarin"));
  EXPECT_THAT(taken({a, b}, 0), IsEmpty());  // the second is held against the first
  EXPECT_THAT(taken({a, b}, 1), ElementsAre("ibuprofen"));
  EXPECT_THAT(taken({b, a}, 0), ElementsAre("ibuprofen"));  // whatever their order
  EXPECT_THAT(taken({a, b}, 0, {"MedicationRequest/a"}), ElementsAre("naproxen"));
  EXPECT_THAT(taken({b, medicine_draft("a", "diclofenac gel")}, 0), IsEmpty());
}

}  // namespace
