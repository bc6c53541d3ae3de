#include "tests/plugins/treatment_escalation/order_hooks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using cdss::hooks::ActionType;
using cdss::hooks::Card;
using cdss::hooks::Indicator;
using cdss::test::Call;
using cdss::test::icd;
using cdss::test::keys_of;
using cdss::test::medicine_draft;
using cdss::test::order_call;
using cdss::test::RecordBuilder;
using cdss::test::service_draft;
using cdss::test::order_hooks::evaluate;
using cdss::test::order_hooks::kEgfr;
using cdss::test::order_hooks::kEgfrUnit;
using cdss::test::order_hooks::kIbuprofen;
using cdss::test::order_hooks::kMan;
using cdss::test::order_hooks::pain;
using cdss::test::order_hooks::possible;
using cdss::test::order_hooks::replaced;
using cdss::treatment_escalation::TreatmentEscalation;
using testing::HasSubstr;
using testing::Not;

TEST(OrderHooks, GiveACardForADraftThatTheRecordSpeaksAgainst) {
  const struct {
    const char* what;
    RecordBuilder record;
    std::string draft;
    const char* card_kind;  // "" for no card
    Indicator indicator;
  } rows[] = {
      {"nothing known against it", pain(), kIbuprofen, "", Indicator::info},
      {"eGFR 29", RecordBuilder{}.result(kEgfr, "29", kEgfrUnit), kIbuprofen, "draft-nsaid-avoid",
       Indicator::warning},
      {"eGFR 30", RecordBuilder{}.result(kEgfr, "30", kEgfrUnit), kIbuprofen,
       "draft-nsaid-withhold", Indicator::warning},
      {"eGFR 60", RecordBuilder{}.result(kEgfr, "60", kEgfrUnit), kIbuprofen, "", Indicator::info},
      {"warfarin", pain().medication("warfarin"), kIbuprofen, "draft-nsaid-avoid",
       Indicator::warning},
      {"warfarin, stopped", pain().medication("warfarin", "stopped"), kIbuprofen, "",
       Indicator::info},
      {"a second NSAID", pain().medication("naproxen"), kIbuprofen, "draft-nsaid-avoid",
       Indicator::warning},
      {"allergy", pain().allergy("1191"), kIbuprofen, "draft-nsaid-avoid", Indicator::warning},
      {"haematoma", pain().condition(icd("M79.81")), kIbuprofen, "draft-nsaid-red-flag",
       Indicator::critical},
      {"haematoma, resolved",
       pain().condition({.system = std::string{cdss::test::kIcdUri},
                         .code = "M79.81",
                         .clinical_status = "resolved"}),
       kIbuprofen, "", Indicator::info},
      {"prosthesis", replaced(), service_draft("d1", "MRI right hip"), "draft-mri-metal",
       Indicator::warning},
      {"prosthesis, protocol stated", replaced(), service_draft("d1", "MARS MRI right hip"), "",
       Indicator::info},
      {"no prosthesis", pain(), service_draft("d1", "MRI right hip"), "", Indicator::info},
      {"band possible", possible(), medicine_draft("d1", "tramadol 50 mg"),
       "draft-opioid-outside-ladder", Indicator::warning},
      {"no pain", RecordBuilder{}, medicine_draft("d1", "tramadol 50 mg"), "", Indicator::info},
      {"raised CRP", pain().result("1988-5", "30", "mg/L"),
       service_draft("d1", "Ultrasound-guided iliopsoas injection"), "draft-injection-avoid",
       Indicator::warning},
      {"psoas abscess", pain().condition(icd("K68.12")),
       service_draft("d1", "Ultrasound-guided iliopsoas injection"), "draft-injection-red-flag",
       Indicator::critical},
      {"fracture", pain().condition(icd("S72.011A")), service_draft("d1", "Physical therapy"),
       "draft-therapy-red-flag", Indicator::critical},
      {"first presentation", possible(), service_draft("d1", "Endoscopic iliopsoas tenotomy"),
       "draft-surgery-skips-step", Indicator::warning},
      {"psoas abscess and prednisone", pain().condition(icd("K68.12")),
       medicine_draft("d1", "prednisone 20 mg"), "draft-steroid-red-flag", Indicator::critical},
      {"haematoma and an epidural", pain().condition(icd("M79.81")),
       service_draft("d1", "Epidural steroid injection"), "draft-injection-red-flag",
       Indicator::critical},
      {"raised CRP and a vaccine", pain().result("1988-5", "30", "mg/L"),
       service_draft("d1", "influenza vaccine injection"), "", Indicator::info},
      {"raised CRP and contrast", pain().result("1988-5", "30", "mg/L"),
       service_draft("d1", "CT abdomen with contrast injection"), "", Indicator::info},
      {"a blood count", replaced(), service_draft("d1", "Complete blood count"), "",
       Indicator::info},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const auto cards = evaluate(row.record, {row.draft});
    ASSERT_EQ(cards.size(), row.card_kind[0] == '\0' ? 0U : 1U);
    if (!cards.empty()) {
      EXPECT_EQ(cards[0].card_kind, row.card_kind);
      EXPECT_EQ(cards[0].indicator, row.indicator);
    }
  }
}

TEST(OrderHooks, ForbidAnNsaidFromTheThirtiethWeekOfPregnancy) {
  const auto indicator = [](const char* week) {
    const auto cards = evaluate(pain().condition(icd(week)), {kIbuprofen},
                                R"({"resourceType":"Patient","id":"p","gender":"female",
                                "birthDate":"1996-05-01"})");
    return cards.at(0).card_kind == "draft-nsaid-avoid" ? cards[0].indicator : Indicator::info;
  };
  EXPECT_EQ(indicator("Z3A.30"), Indicator::critical);
  EXPECT_EQ(indicator("Z3A.29"), Indicator::warning);
}

TEST(OrderHooks, SuggestAcetaminophenOnlyWhenThatIsFreeAndKnown) {
  const auto offers_it = [](const std::vector<Card>& cards) {
    EXPECT_EQ(cards.size(), 1U);
    bool offers = false;
    for (const auto& suggestion : cards.at(0).suggestions) {
      for (const auto& action : suggestion.actions) {
        offers = offers || action.type == ActionType::create;
      }
    }
    return offers;
  };
  const auto kidney = [] { return RecordBuilder{}.result(kEgfr, "27", kEgfrUnit); };
  EXPECT_TRUE(offers_it(evaluate(kidney(), {kIbuprofen})));
  EXPECT_FALSE(offers_it(evaluate(kidney().condition(icd("K70.30")), {kIbuprofen})));
  EXPECT_FALSE(offers_it(evaluate(kidney().allergy("161"), {kIbuprofen})));
  EXPECT_FALSE(offers_it(evaluate(kidney().medication("Tylenol"), {kIbuprofen})));
  EXPECT_FALSE(offers_it(evaluate(kidney().condition(icd("F10.21")), {kIbuprofen})));
  EXPECT_FALSE(offers_it(evaluate(kidney().condition(icd("M54.50")), {kIbuprofen})));
  EXPECT_TRUE(offers_it(
      evaluate(kidney().condition(icd("M54.50")).condition(icd("M25.551")), {kIbuprofen})));
  EXPECT_FALSE(offers_it(evaluate(kidney().condition(icd("M87.051")), {kIbuprofen})));  // RF13
  EXPECT_FALSE(offers_it(evaluate(
      kidney(), {kIbuprofen}, R"({"resourceType":"Patient","id":"p","birthDate":"2014-05-01"})")));
  EXPECT_FALSE(
      offers_it(evaluate(kidney(), {kIbuprofen}, R"({"resourceType":"Patient","id":"p"})")));
  EXPECT_FALSE(offers_it(evaluate(keys_of(kidney(), kMan), order_call({kIbuprofen}),
                                  R"({"suggest_medicines":false})")));
  auto keys = keys_of(kidney(), kMan);
  for (auto& key : keys) {
    if (key.name == "allergies") {
      key = {"allergies", cdss_key_unavailable, "", "was refused"};
    }
  }
  const auto unknown = evaluate(keys, order_call({kIbuprofen}));
  EXPECT_FALSE(offers_it(unknown));
  EXPECT_THAT(unknown.at(0).detail, HasSubstr("allergies"));
}

TEST(OrderHooks, WriteTheReplacementForThePatientOfTheCall) {
  const auto cards = evaluate(keys_of(RecordBuilder{}.result(kEgfr, "27", kEgfrUnit), kMan),
                              order_call({kIbuprofen}), R"({"intent":"order"})");
  ASSERT_EQ(cards.size(), 1U);
  ASSERT_FALSE(cards[0].suggestions.empty());
  const auto& actions = cards[0].suggestions[0].actions;
  ASSERT_EQ(actions.size(), 2U);
  EXPECT_EQ(actions[0].resource_id, "MedicationRequest/d1");
  EXPECT_THAT(actions[1].resource, HasSubstr(R"("intent":"order")"));
  EXPECT_THAT(actions[1].resource, HasSubstr(R"("subject":{"reference":"Patient/p"})"));
  EXPECT_THAT(actions[1].resource, HasSubstr(R"("requester":{"reference":"Practitioner/9"})"));
  EXPECT_THAT(cards[0].summary, HasSubstr("eGFR 27"));
}

TEST(OrderHooks, CountADraftAgainstTheOthersAndNotAgainstItself) {
  const auto naproxen = medicine_draft("d2", "naproxen 220 mg");
  EXPECT_EQ(evaluate(pain(), {kIbuprofen, naproxen}).size(), 1U);
  EXPECT_EQ(evaluate(pain(), {naproxen, kIbuprofen}).size(), 1U);
  EXPECT_EQ(evaluate(pain(), {kIbuprofen, medicine_draft("d3", "apixaban 5 mg")}).size(), 1U);
  // signed again after a change: the order of the record is the draft itself
  auto keys = keys_of(pain(), kMan);
  for (auto& key : keys) {
    if (key.name == "medications") {
      key.json = RecordBuilder::bundle({R"({"resourceType":"MedicationRequest","id":"d1",
        "status":"active","intent":"order","subject":{"reference":"Patient/p"},
        "medicationCodeableConcept":{"text":"ibuprofen"}})"});
    }
  }
  EXPECT_TRUE(evaluate(keys, order_call({kIbuprofen})).empty());
}

TEST(OrderHooks, JudgeWhatIsSelectedBesideTheOthers) {
  const auto naproxen = medicine_draft("d2", "naproxen 220 mg");
  const auto keys = keys_of(pain(), kMan);
  const auto first = evaluate(keys, order_call({kIbuprofen, naproxen}, {"MedicationRequest/d1"}));
  ASSERT_EQ(first.size(), 1U);
  EXPECT_THAT(first[0].detail, HasSubstr("`MedicationRequest/d1`"));
  EXPECT_TRUE(evaluate(keys, order_call({kIbuprofen}, {"MedicationRequest/x"})).empty());
}

TEST(OrderHooks, PutTheMostUrgentFirst) {
  auto record = replaced();
  record.condition(icd("M79.81"));
  const auto cards = evaluate(
      record, {service_draft("d1", "MRI right hip"), medicine_draft("d2", "ibuprofen 400 mg")});
  ASSERT_EQ(cards.size(), 2U);
  EXPECT_EQ(cards[0].indicator, Indicator::critical);
  EXPECT_EQ(cards[1].card_kind, "draft-mri-metal");
}

TEST(OrderHooks, LeaveItToTheHostWhichOfTooManyCardsStay) {
  auto record = replaced();
  record.condition(icd("M79.81"));
  std::vector<std::string> drafts;
  for (int i = 0; i < 40; ++i) {
    drafts.push_back(service_draft("s" + std::to_string(i), "MRI right hip"));
  }
  drafts.push_back(medicine_draft("m", "ibuprofen 400 mg"));  // the most urgent, read last
  const auto options = cdss::test::parsed("{}");
  const auto plugin =
      cdss::test::open_plugin<TreatmentEscalation>(cdss::test::escalation_knowledge(), options);
  ASSERT_TRUE(plugin);
  const auto body = order_call(drafts);
  const Call call{body, keys_of(record, kMan)};
  const auto answer = plugin->evaluate(call.request());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->cards.size(), cdss::hooks::kMostCards + 1);
  EXPECT_EQ(answer->cards.at(0).card_kind, "draft-nsaid-red-flag");
  EXPECT_EQ(answer->cards.at(1).card_kind, "draft-mri-metal");
  const cdss::hooks::CheckRules rules{.patient_id = "p", .link_hosts = {}};
  EXPECT_FALSE(cdss::hooks::check(*answer, rules));  // and the host counts it
}

TEST(OrderHooks, HoldAspirinOfMoreThanALowDoseAgainstTheKidney) {
  const auto kidney = RecordBuilder{}.result(kEgfr, "20", kEgfrUnit);
  EXPECT_EQ(evaluate(kidney, {medicine_draft("d1", "Aspirin 325 MG; clopidogrel 75 mg")}).size(),
            1U);
  EXPECT_EQ(evaluate(kidney, {medicine_draft("d1", "aspirin 975 MG")}).size(), 1U);
  EXPECT_TRUE(evaluate(kidney, {medicine_draft("d1", "aspirin 75 MG")}).empty());
}

TEST(OrderHooks, OfferAnEmergencyReferralForAHaematoma) {
  const auto cards = evaluate(pain().condition(icd("M79.81")), {kIbuprofen});
  ASSERT_EQ(cards.size(), 1U);
  EXPECT_THAT(cards[0].suggestions.at(0).actions.at(1).resource, HasSubstr("Emergency referral"));
}

TEST(OrderHooks, SayNothingOfOneWhoHasDied) {
  EXPECT_TRUE(evaluate(RecordBuilder{}.result(kEgfr, "27", kEgfrUnit), {kIbuprofen},
                       R"({"resourceType":"Patient","id":"p","birthDate":"1976-05-01",
                           "deceasedBoolean":true})")
                  .empty());
}

TEST(OrderHooks, KeepHostileTextOutOfTheCard) {
  const auto cards =
      evaluate(RecordBuilder{}.result(kEgfr, "27", kEgfrUnit),
               {medicine_draft("d1", "ibuprofen <img src=x onerror=alert(1)> [a](javascript:b)")});
  ASSERT_EQ(cards.size(), 1U);
  for (const auto& text : {cards[0].summary, cards[0].detail}) {
    EXPECT_THAT(text, Not(HasSubstr("onerror")));
    EXPECT_THAT(text, Not(HasSubstr("javascript")));
  }
}

TEST(OrderHooks, BearDraftsOfEveryShape) {
  const auto keys = keys_of(pain(), kMan);
  for (const char* drafts :
       {"null", "[]", "{}", R"({"resourceType":"Bundle"})",
        R"({"resourceType":"Bundle","entry":[null,{},{"resource":null},{"resource":{}}]})",
        R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"MedicationRequest"}}]})",
        R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"ServiceRequest",
            "code":7,"bodySite":"x","note":[[]],"reasonReference":[null]}}]})",
        R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"MedicationRequest",
            "medicationCodeableConcept":{"text":"tylenol"},"dosageInstruction":[[],{"timing":[],
            "doseAndRate":[{"doseQuantity":{"value":1e300,"unit":"mg"}}]}]}}]})"}) {
    const auto body = R"({"hook":"order-sign","context":{"patientId":"p","draftOrders":)" +
                      std::string{drafts} + "}}";
    const bool has_dose = body.find("doseAndRate") != std::string::npos;  // said to be not read
    EXPECT_EQ(evaluate(keys, body).size(), has_dose ? 1U : 0U) << drafts;
  }
}

}  // namespace
