// The card of the step of treatment on patient-view, and the orders that it brings.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hooks/card/markdown.hpp"
#include "core/hooks/card/response.hpp"
#include "plugins/treatment_escalation/treatment_escalation.hpp"
#include "tests/plugins/rules/orders/session.hpp"
#include "tests/plugins/rules/random_record.hpp"

namespace {

using cdss::hooks::Card;
using cdss::hooks::Indicator;
using cdss::test::Call;
using cdss::test::ConditionText;
using cdss::test::GivenKey;
using cdss::test::icd;
using cdss::test::keys_of;
using cdss::test::RecordBuilder;
using cdss::test::snomed;
using cdss::treatment_escalation::TreatmentEscalation;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kBody = R"({"hook":"patient-view","context":{"userId":"Practitioner/9",
  "patientId":"p","encounterId":"e1"}})";
constexpr const char* kMan = R"({"resourceType":"Patient","id":"p","gender":"male",
  "birthDate":"1986-05-01"})";
constexpr const char* kEgfr = "98979-8";
constexpr const char* kEgfrUnit = "mL/min/{1.73_m2}";
constexpr const char* kPain = "72514-3";

const TreatmentEscalation& plugin() {
  static const auto options = cdss::test::parsed("{}");
  static const auto opened =
      cdss::test::open_plugin<TreatmentEscalation>(cdss::test::escalation_knowledge(), options);
  return *opened;
}

cdss::sdk::Answer evaluate(const std::vector<GivenKey>& keys) {
  const Call call{kBody, keys};
  auto answer = plugin().evaluate(call.request());
  const cdss::hooks::CheckRules rules{.patient_id = "p", .link_hosts = {}, .explain = true};
  EXPECT_TRUE(cdss::hooks::check(*answer, rules));
  return *std::move(answer);
}

Card card_of(const RecordBuilder& record, const char* patient = kMan) {
  const auto answer = evaluate(keys_of(record, patient));
  EXPECT_EQ(answer.cards.size(), 1U);
  return answer.cards.empty() ? Card{} : answer.cards.front();
}

std::vector<std::string> labels(const Card& card) {
  std::vector<std::string> all;
  for (const auto& suggestion : card.suggestions) {
    all.push_back(suggestion.label.substr(0, suggestion.label.find(' ')));
  }
  return all;
}

std::string weeks(int count) {
  return R"("valueQuantity":{"value":)" + std::to_string(count) +
         R"(,"system":"http://unitsofmeasure.org","code":"wk"})";
}

std::string days(int count) {
  return R"("valueQuantity":{"value":)" + std::to_string(count) +
         R"(,"system":"http://unitsofmeasure.org","code":"d"})";
}

/// Inguinal pain with the body site right.
ConditionText right_groin_pain() {
  auto pain = snomed("102570003");
  pain.more = R"("bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"24028007"}]}])";
  return pain;
}

/// Band likely: groin pain, a coded diagnosis, a mechanical sign.
RecordBuilder likely() {
  return RecordBuilder{}
      .condition(right_groin_pain())
      .condition(icd("M76.11"))
      .item("resisted_hip_flexion_pain", "present");
}

RecordBuilder hurting() {
  return likely().result(kPain, "6", "{score}");
}

/// All that L3 asks for.
RecordBuilder ready() {
  return hurting()
      .item("pt_weeks", weeks(8))
      .item("duration_weeks", weeks(14))
      .item("otc_tried", "true")
      .item("imaging_done", "true");
}

constexpr const char* kWoman = R"({"resourceType":"Patient","id":"p","gender":"female",
    "birthDate":"1996-05-01"})";

TEST(StepCard, GivesEachStepItsSummaryAndItsOrders) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    const char* summary;
    std::vector<std::string> orders;
  } rows[] = {
      {"L1", likely(), "Step 1 of 4: change of load and physical therapy", {"Referral"}},
      {"L1 in therapy", likely().item("pt_weeks", weeks(3)), "Step 1 of 4", {}},
      {"L2",
       hurting(),
       "Step 2 of 4: physical therapy with ibuprofen or acetaminophen",
       {"Referral", "Acetaminophen", "Ibuprofen"}},
      {"L2 NS04",
       hurting().medication("Apixaban 5 MG").item("onset", "onset-gradual"),
       "physical therapy with acetaminophen; avoid NSAIDs",
       {"Referral", "Acetaminophen"}},
      {"L2 AP02",
       hurting().condition(icd("K74.00")),
       "with ibuprofen; no acetaminophen",
       {"Referral", "Ibuprofen"}},
      {"L2 NS06 AP02",
       hurting().condition(icd("K74.00")).condition(icd("I50.9")),
       "avoid NSAIDs and acetaminophen",
       {"Referral"}},
      {"L2 imaging is what is missing",
       hurting().item("pt_weeks", weeks(8)).item("otc_tried", "true"),
       "Step 2 of 4",
       {"Radiograph", "Acetaminophen", "Ibuprofen"}},
      {"L2 blocked by IJ05",
       ready().item("planned_hip_arthroplasty_days", days(42)),
       "Injection is blocked: hip replacement planned within 3 months; stay at step 2 of 4",
       {"Acetaminophen", "Ibuprofen"}},
      {"L3", ready(), "Step 3 of 4: consider an image-guided injection", {"Image-guided"}},
      {"L4",
       ready().item("diagnostic_injection", "injection-positive"),
       "Step 4 of 4: consider a surgical opinion",
       {"Referral"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto card = card_of(row.record);
    EXPECT_THAT(card.summary, AllOf(HasSubstr("Recorded data suggest psoas syndrome (likely)"),
                                    HasSubstr(row.summary)));
    EXPECT_LT(cdss::hooks::count_code_points(card.summary), 140U);
    EXPECT_EQ(card.indicator, Indicator::info);
    EXPECT_EQ(labels(card), row.orders);
    EXPECT_THAT(card.detail, AllOf(HasSubstr("not a medical device"), Not(HasSubstr("[step.")),
                                   Not(HasSubstr("[unknown.")), Not(HasSubstr("patient has"))));
    EXPECT_FALSE(card.override_reasons.empty());
  }
}

TEST(StepCard, SaysNothingWithoutABandOrARedFlagToShow) {
  EXPECT_THAT(evaluate(keys_of(RecordBuilder{}, kMan)).cards, IsEmpty());
  EXPECT_THAT(evaluate(keys_of(RecordBuilder{}.condition(right_groin_pain()), kMan)).cards,
              IsEmpty());
  EXPECT_THAT(evaluate(keys_of(RecordBuilder{}.condition(icd("K68.12")), kMan)).cards, IsEmpty());
  EXPECT_THAT(
      evaluate(keys_of(likely(), R"({"resourceType":"Patient","id":"p","birthDate":"1986-05-01",
                 "deceasedBoolean":true})"))
          .cards,
      IsEmpty());
}

TEST(StepCard, SuspendsTheStepsForARedFlag) {
  const auto card = card_of(ready().condition(icd("K68.12")));
  EXPECT_EQ(card.indicator, Indicator::critical);
  EXPECT_EQ(card.card_kind, "red-flag-treatment-escalation");
  EXPECT_THAT(card.detail, AllOf(HasSubstr("(RF01)"), HasSubstr("is suspended until a clinician"),
                                 Not(HasSubstr("Lunge")), Not(HasSubstr("Step L"))));
  ASSERT_THAT(labels(card), ElementsAre("Emergency", "Blood", "C-reactive"));
  EXPECT_THAT(card.suggestions[0].actions.at(0).resource, HasSubstr(R"("priority":"stat")"));
}

TEST(StepCard, BringsOrdersWithCodeReasonSubjectAndRequester) {
  const auto card = card_of(hurting());
  ASSERT_EQ(card.suggestions.size(), 3U);
  EXPECT_THAT(card.suggestions[0].actions.at(0).resource,
              AllOf(HasSubstr(R"("resourceType":"ServiceRequest")"), HasSubstr("306170007"),
                    HasSubstr(R"("subject":{"reference":"Patient/p"})"),
                    HasSubstr(R"("requester":{"reference":"Practitioner/9"})"),
                    HasSubstr(R"("encounter":{"reference":"Encounter/e1"})"),
                    HasSubstr(R"("reasonReference":[{"reference":"Condition/c1"})"),
                    HasSubstr(R"("intent":"proposal")")));
  EXPECT_THAT(card.suggestions[2].actions.at(0).resource,
              AllOf(HasSubstr(R"("resourceType":"MedicationRequest")"), HasSubstr("310965"),
                    HasSubstr("maxDosePerPeriod")));
}

TEST(StepCard, SuggestsNoMedicineOfWhichSomethingIsNotKnown) {
  constexpr const char* kOld = R"({"resourceType":"Patient","id":"p","gender":"male",
    "birthDate":"1966-11-21"})";  // 60 today
  EXPECT_THAT(labels(card_of(hurting(), kWoman)), ElementsAre("Referral", "Acetaminophen"));
  EXPECT_THAT(card_of(hurting(), kWoman).detail,
              HasSubstr("No draft of NSAIDs; not known: pregnancy status."));
  EXPECT_THAT(labels(card_of(hurting(), kOld)), ElementsAre("Referral", "Acetaminophen"));
  EXPECT_THAT(labels(card_of(hurting().result(kEgfr, "60", kEgfrUnit), kOld)),
              ElementsAre("Referral", "Acetaminophen", "Ibuprofen"));
  // A newer eGFR in a unit that is not known: the older one does not clear.
  EXPECT_THAT(
      labels(card_of(hurting().result(kEgfr, "70", kEgfrUnit, 30).result(kEgfr, "29", "mL"), kOld)),
      ElementsAre("Referral", "Acetaminophen"));
  EXPECT_THAT(labels(card_of(hurting().condition(icd("N17.9")))),
              ElementsAre("Referral", "Acetaminophen"));  // acute kidney injury
  EXPECT_THAT(labels(card_of(hurting().medication("99999999"))), ElementsAre("Referral"));
  for (const char* key : {"medications", "allergies"}) {
    auto keys = keys_of(hurting(), kMan);
    std::ranges::find(keys, key, &GivenKey::name)->state = cdss_key_unavailable;
    EXPECT_THAT(labels(evaluate(keys).cards.at(0)), ElementsAre("Referral")) << key;
  }
  auto keys = keys_of(hurting(), kMan);  // sent, and an OperationOutcome
  *std::ranges::find(keys, "statements", &GivenKey::name) = {"statements", cdss_key_unavailable, "",
                                                             "refused by the server"};
  const auto lost = evaluate(keys).cards.at(0);
  EXPECT_THAT(labels(lost), ElementsAre("Referral"));
  EXPECT_THAT(lost.detail, HasSubstr("The medication statements could not be seen: refused"));
}

TEST(StepCard, DraftsNoMedicineBesideAConditionThatIsNotRead) {
  const auto card = card_of(hurting().condition({.system = "urn:local", .code = "77"}));
  EXPECT_THAT(labels(card), ElementsAre("Referral"));
  EXPECT_THAT(card.detail, AllOf(HasSubstr("not known: a condition without a code that is read"),
                                 HasSubstr("Conditions in code systems that are not read: 1.")));
}

TEST(StepCard, SaysThatNotAllCouldBeSeenWhereItWouldBeSilent) {
  auto keys = keys_of(RecordBuilder{}, kMan);
  EXPECT_TRUE(evaluate(keys).cards.empty());
  std::ranges::find(keys, "conditions", &GivenKey::name)->state = cdss_key_truncated;
  const auto answer = evaluate(keys);
  ASSERT_EQ(answer.cards.size(), 1U);
  EXPECT_EQ(answer.cards[0].card_kind, "not-seen-treatment-escalation");
  EXPECT_THAT(answer.cards[0].summary, HasSubstr("Not all conditions could be seen"));
}

TEST(StepCard, KeepsExercisesFromWhoMustNotDoThem) {
  EXPECT_THAT(card_of(likely()).detail, HasSubstr("Lunge stretch"));
  const auto replaced = likely().condition(icd("Z96.641"));
  EXPECT_THAT(card_of(replaced).detail,
              AllOf(Not(HasSubstr("Lunge")), HasSubstr("none without the surgeon's clearance")));
  EXPECT_THAT(card_of(RecordBuilder{replaced}.item("surgeon_cleared", "true")).detail,
              HasSubstr("Lunge stretch"));
  EXPECT_THAT(card_of(likely().condition(snomed("77386006")), kWoman).detail,
              AllOf(Not(HasSubstr("Lunge")), HasSubstr("In pregnancy none from this list")));
  EXPECT_THAT(card_of(likely().condition(icd("S72.001A"))).detail, Not(HasSubstr("Lunge")));
  auto keys = keys_of(likely(), kMan);
  std::ranges::find(keys, "procedures", &GivenKey::name)->state = cdss_key_unavailable;
  EXPECT_THAT(evaluate(keys).cards.at(0).detail,
              AllOf(Not(HasSubstr("Lunge")), HasSubstr("none before that is known")));
}

TEST(StepCard, SaysWhatHoldsBackAnInjection) {
  EXPECT_THAT(card_of(ready().item("days_since_last_injection", days(89))).summary,
              HasSubstr("Step 3 of 4: no further injection yet"));
  EXPECT_THAT(card_of(ready().item("days_since_last_injection", days(90))).summary,
              HasSubstr("Step 3 of 4: consider an image-guided injection"));
  const auto opinion =
      ready().item("diagnostic_injection", "injection-positive").result("1988-5", "12", "mg/L");
  EXPECT_THAT(card_of(opinion).summary, HasSubstr("Surgical opinion is blocked by rule IJ01"));
  EXPECT_THAT(card_of(opinion).detail, HasSubstr("Step L4 is blocked by IJ01"));
  EXPECT_THAT(card_of(likely().condition(icd("Z96.641")).result("1988-5", "12", "mg/L")).summary,
              HasSubstr("Treatment waits: infection of the hip prosthesis to be excluded first."));
}

TEST(StepCard, AsksForMarkersAndAnImageAfterAHipReplacement) {
  const auto card = card_of(likely().condition(icd("Z96.641")));
  EXPECT_THAT(labels(card), ElementsAre("Referral", "C-reactive", "Erythrocyte", "Radiograph"));
  EXPECT_THAT(card.detail, HasSubstr("are looked for first; physical therapy by the surgeon's"));
  const auto pregnant = card_of(
      hurting().item("pt_weeks", weeks(8)).item("otc_tried", "true").condition(icd("Z34.90")),
      kWoman);
  EXPECT_THAT(labels(pregnant), testing::Contains("Ultrasound"));
  EXPECT_THAT(labels(pregnant), Not(testing::Contains("Radiograph")));
  const auto left_implant =
      likely().condition(icd("Z96.642"));  // the groin that hurts is the right
  EXPECT_THAT(labels(card_of(left_implant)), ElementsAre("Referral", "C-reactive", "Erythrocyte"));
  const auto treated =
      card_of(RecordBuilder{left_implant}.item("pt_weeks", weeks(8)).item("otc_tried", "true"));
  EXPECT_THAT(treated.suggestions,
              testing::Contains(testing::Field(&cdss::hooks::Suggestion::label,
                                               "Radiograph of the hip: AP pelvis and lateral")));
}

TEST(StepCard, SaysWhenThePainIsOnTheOtherSideThanTheImplant) {
  const struct {
    const char* implant;  // "" for none
    bool is_said;
  } rows[] = {{"Z96.641", false},
              {"Z96.642", true},
              {"Z96.643", false},
              {"Z96.649", false},
              {"", false}};  // the pain is on the right
  for (const auto& row : rows) {
    auto record = likely();
    if (*row.implant != '\0') {
      record.condition(icd(row.implant));
    }
    const auto detail = card_of(record).detail;
    EXPECT_EQ(detail.find("on the other side than the implant") != std::string::npos, row.is_said)
        << row.implant << detail;
  }
}

// What a rule says to avoid is never suggested, whatever the record; a red flag or prompt always
// makes L0, which offers neither therapy nor medicine nor needle.
TEST(StepCard, NeverSuggestsWhatIsToBeAvoided) {
  cdss::test::RandomRecords records{20261122};
  std::size_t cards = 0;
  for (int i = 0; i < 400; ++i) {
    const auto needs = cdss::test::needs_of(records.next());
    std::vector<GivenKey> keys;
    for (const auto& [name, json] : needs) {
      keys.push_back({name, cdss_key_present, json, ""});
    }
    const auto answer = evaluate(keys);
    const auto& text = answer.assessment;
    const bool is_held =
        text.find("redFlags") != std::string::npos || text.find("prompts") != std::string::npos;
    EXPECT_EQ(is_held, text.find(R"("step":"L0")") != std::string::npos) << text;
    for (const auto& card : answer.cards) {
      ++cards;
      for (const auto& suggestion : card.suggestions) {
        const bool is_nsaid = suggestion.label.starts_with("Ibuprofen");
        const bool is_acetaminophen = suggestion.label.starts_with("Acetaminophen");
        const bool is_injection = suggestion.label.starts_with("Image-guided");
        const bool is_therapy = suggestion.label.starts_with("Referral for physical therapy");
        EXPECT_FALSE(is_held && (is_nsaid || is_acetaminophen || is_injection || is_therapy))
            << suggestion.label << ' ' << text;
        for (const char* id : {"NS01", "NS04", "NS06", "NS07\"", "NS08", "NS12", "NS13", "RF"}) {
          EXPECT_FALSE(is_nsaid && text.find(id) != std::string::npos) << id << text;
        }
        for (const char* id : {"AP02", "AP03", "RF"}) {
          EXPECT_FALSE(is_acetaminophen && text.find(id) != std::string::npos) << id << text;
        }
        for (const char* id : {"IJ01", "IJ02", "IJ05", "IJ07", "IJ08", "IJ12", "RF"}) {
          EXPECT_FALSE(is_injection && text.find(id) != std::string::npos) << id << text;
        }
      }
    }
  }
  EXPECT_GT(cards, 50U);
}

}  // namespace
