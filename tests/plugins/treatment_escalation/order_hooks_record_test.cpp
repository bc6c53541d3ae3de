// Drafts held against what is taken, injured or not known in the record.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/treatment_escalation/order_hooks.hpp"

namespace {

using cdss::hooks::Indicator;
using cdss::test::icd;
using cdss::test::keys_of;
using cdss::test::medicine_draft;
using cdss::test::order_call;
using cdss::test::RecordBuilder;
using cdss::test::service_draft;
using cdss::test::order_hooks::evaluate;
using cdss::test::order_hooks::kIbuprofen;
using cdss::test::order_hooks::kMan;
using cdss::test::order_hooks::pain;
using cdss::test::order_hooks::replaced;
using testing::HasSubstr;

std::string acetaminophen(const char* id, int mg, const char* status = "draft") {
  return R"({"resourceType":"MedicationRequest","id":")" + std::string{id} + R"(","status":")" +
         status + R"(","intent":"order","subject":{"reference":"Patient/p"},
    "medicationCodeableConcept":{"text":"acetaminophen"},"dosageInstruction":[{"timing":
    {"repeat":{"frequency":4,"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":
    {"unit":"mg","value":)" +
         std::to_string(mg) + "}}]}]}";
}

TEST(OrderHooks, LookMedicationsUpAmongThoseThatCameWithTheRecord) {
  const std::string draft = R"({"resourceType":"MedicationRequest","id":"d1","status":"draft",
    "intent":"order","subject":{"reference":"Patient/p"},"authoredOn":"06/01/2024",
    "medicationReference":{"reference":"Medication/i"}})";
  const std::string medication =
      R"({"resourceType":"Medication","id":"i","code":{"text":"ibuprofen 400 mg"}})";
  const std::string warfarin = R"({"resourceType":"MedicationRequest","id":"w","status":"active",
    "intent":"order","subject":{"reference":"Patient/p"},
    "medicationCodeableConcept":{"text":"warfarin"}})";
  using Resources = std::vector<std::string>;
  for (const bool is_with_orders : {true, false}) {
    auto keys = keys_of(pain(), kMan);
    for (auto& key : keys) {
      if (key.name == "medications") {
        key.json = RecordBuilder::bundle(is_with_orders ? Resources{warfarin, medication}
                                                        : Resources{warfarin});
      } else if (key.name == "statements" && !is_with_orders) {
        key = {"statements", cdss_key_present, RecordBuilder::bundle({medication}), ""};
      }
    }
    const auto cards = evaluate(keys, order_call({draft}));
    ASSERT_EQ(cards.size(), 1U);
    EXPECT_EQ(cards[0].card_kind, "draft-nsaid-avoid");
  }
}

TEST(OrderHooks, AskForTheMarkersAgainAfterAnOperation) {
  const auto asks = [](int days_ago) {
    auto record = pain();
    record.procedure({.system = std::string{cdss::test::kSnomedUri},
                      .code = "443435007",
                      .performed = R"("performedDateTime":")" + cdss::test::day(60) + '"'});
    record.result("1988-5", "4", "mg/L", days_ago).result("30341-2", "12", "mm/h", days_ago);
    const auto cards = evaluate(record, {service_draft("s", "US-guided hip injection")});
    EXPECT_EQ(cards.size(), 1U);
    return std::ranges::any_of(cards.at(0).suggestions, [](const auto& one) {
      return one.label.find("C-reactive") != std::string::npos;
    });
  };
  EXPECT_TRUE(asks(61));
  EXPECT_FALSE(asks(60));
}

TEST(OrderHooks, HoldTheIbuprofenAgainstLowDoseAspirinAndNeverTheAspirin) {
  for (const bool is_ibuprofen_first : {true, false}) {
    const auto ibuprofen = medicine_draft(is_ibuprofen_first ? "a" : "b", "ibuprofen 400 mg");
    const auto aspirin = medicine_draft(is_ibuprofen_first ? "b" : "a", "aspirin 81 mg");
    const auto cards = evaluate(keys_of(pain(), kMan), order_call({ibuprofen, aspirin}));
    ASSERT_EQ(cards.size(), 1U);
    EXPECT_EQ(cards[0].card_kind, "draft-nsaid-avoid");
    EXPECT_THAT(cards[0].detail, HasSubstr("NS12"));
    EXPECT_THAT(cards[0].detail, HasSubstr("NS05"));
    EXPECT_THAT(cards[0].detail,
                HasSubstr(is_ibuprofen_first ? "MedicationRequest/a" : "MedicationRequest/b"));
  }
  auto record = pain();
  record.medication("ibuprofen 400 mg");
  const auto cards = evaluate(record, {medicine_draft("b", "aspirin 81 mg")});
  ASSERT_EQ(cards.size(), 1U);
  EXPECT_TRUE(cards[0].suggestions.empty());
}

TEST(OrderHooks, LeaveOutWhatTheDraftReplaces) {
  const auto kinds = [](const std::string& draft, const std::string& order,
                        const std::string& statement = {}) {
    auto keys = keys_of(pain(), kMan);
    for (auto& key : keys) {
      if (key.name == "medications") {
        key.json = RecordBuilder::bundle({order});
      } else if (key.name == "statements" && !statement.empty()) {
        key = {"statements", cdss_key_present, RecordBuilder::bundle({statement}), ""};
      }
    }
    std::vector<std::string> found;
    for (const auto& card : evaluate(keys, order_call({draft}))) {
      found.push_back(card.card_kind);
    }
    return found;
  };
  const auto with = [](std::string json, const std::string& more) {
    return json.insert(json.rfind('}'), more);
  };
  const auto statement = [](const std::string& medicine, const std::string& more) {
    return R"({"resourceType":"MedicationStatement","id":"t","status":"active",
      "subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":")" +
           medicine + "\"}" + more + "}";
  };
  using testing::ElementsAre;
  using testing::IsEmpty;
  const auto old = acetaminophen("old", 750, "active");
  const auto renewal = acetaminophen("new", 750);
  const std::string prior =
      R"(,"priorPrescription":{"reference":"https://ehr.example/fhir/MedicationRequest/old"})";
  EXPECT_THAT(kinds(renewal, old), ElementsAre("draft-acetaminophen-sum"));
  EXPECT_THAT(kinds(with(renewal, prior), old), IsEmpty());
  EXPECT_THAT(
      kinds(with(renewal, R"(,"priorPrescription":{"reference":"MedicationRequest/x"})"), old),
      ElementsAre("draft-acetaminophen-sum"));
  for (const char* member : {"basedOn", "derivedFrom"}) {
    const auto source = R"(,")" + std::string{member} + R"(":[{"reference":"MedicationRequest/)";
    EXPECT_THAT(kinds(kIbuprofen, old, statement("ibuprofen", source + R"(d1"}])")), IsEmpty());
    EXPECT_THAT(kinds(kIbuprofen, old, statement("ibuprofen", source + R"(d2"}])")),
                ElementsAre("draft-nsaid-avoid"));
  }
}

TEST(OrderHooks, AddUpTheAcetaminophenOfDraftsAndOfTheRecord) {
  const auto kinds = [](const std::vector<std::string>& drafts,
                        const std::vector<std::string>& orders,
                        const std::vector<std::string>& statements = {}) {
    auto keys = keys_of(pain(), kMan);
    for (auto& key : keys) {
      if (key.name == "medications") {
        key.json = RecordBuilder::bundle(orders);
      } else if (key.name == "statements") {
        key = {"statements", cdss_key_present, RecordBuilder::bundle(statements), ""};
      }
    }
    std::vector<std::string> found;
    for (const auto& card : evaluate(keys, order_call(drafts))) {
      found.push_back(card.card_kind);
    }
    return found;
  };
  const auto a = acetaminophen("a", 500);
  const auto statement = [](int mg) {
    return R"({"resourceType":"MedicationStatement","id":"t","status":"active",
      "subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":"acetaminophen"},
      "dosage":[{"timing":{"code":{"text":"QID"}},"doseAndRate":[{"doseQuantity":{"unit":"mg",
      "value":)" +
           std::to_string(mg) + "}}]}]}";
  };
  using testing::ElementsAre;
  EXPECT_THAT(kinds({a, acetaminophen("b", 501)}, {}), ElementsAre("draft-acetaminophen-sum"));
  EXPECT_THAT(kinds({a, acetaminophen("b", 500)}, {}), ElementsAre("draft-acetaminophen-twice"));
  EXPECT_THAT(kinds({a}, {acetaminophen("x", 501, "active")}),
              ElementsAre("draft-acetaminophen-sum"));
  EXPECT_THAT(kinds({a}, {acetaminophen("x", 500, "active")}),
              ElementsAre("draft-acetaminophen-twice"));
  EXPECT_THAT(kinds({a}, {acetaminophen("x", 501, "stopped")}), testing::IsEmpty());
  EXPECT_THAT(kinds({a}, {acetaminophen("a", 501, "active")}), testing::IsEmpty());  // itself
  EXPECT_THAT(kinds({a}, {acetaminophen("x", 500, "active")}, {statement(500)}),
              ElementsAre("draft-acetaminophen-twice"));  // the same tablets
  EXPECT_THAT(kinds({a}, {acetaminophen("x", 500, "active")}, {statement(501)}),
              ElementsAre("draft-acetaminophen-sum"));
}

TEST(OrderHooks, HoldAnAnticoagulantAgainstAnNsaidAndAnNsaidAgainstAKidneyInjury) {
  const auto apixaban = medicine_draft("d2", "apixaban 5 mg");
  const auto cards = evaluate(pain().medication("naproxen"), {apixaban});
  ASSERT_EQ(cards.size(), 1U);
  EXPECT_EQ(cards[0].card_kind, "draft-anticoagulant-nsaid");
  EXPECT_EQ(cards[0].indicator, Indicator::warning);
  EXPECT_THAT(cards[0].detail,
              HasSubstr("- an NSAID is taken (NS04; naproxen (MedicationRequest/"));
  EXPECT_TRUE(cards[0].suggestions.empty());
  EXPECT_TRUE(evaluate(pain().medication("naproxen", "stopped"), {apixaban}).empty());
  const auto kidney = evaluate(pain().condition(icd("N17.9")), {kIbuprofen});
  ASSERT_EQ(kidney.size(), 1U);
  EXPECT_EQ(kidney[0].card_kind, "draft-nsaid-avoid");
  EXPECT_THAT(kidney[0].detail, HasSubstr("(NS15; acute kidney injury (Cond"));
}

TEST(OrderHooks, AskForCrpAndEsrAsTheLadderDoes) {
  const auto injection = service_draft("d1", "Ultrasound-guided hip injection");
  const struct {
    const char* what;
    RecordBuilder record;
    bool is_asked;
  } rows[] = {
      {"no prosthesis", pain(), false},
      {"neither known", replaced(), true},
      {"both known", replaced().result("1988-5", "3", "mg/L").result("30341-2", "8", "mm/h"),
       false},
      {"CRP below 15, which tells no side of 10",
       replaced().result("1988-5", "<15", "mg/L").result("30341-2", "8", "mm/h"), true},
      {"CRP below 10", replaced().result("1988-5", "<10", "mg/L").result("30341-2", "8", "mm/h"),
       false},
      {"partial replacement",
       pain().procedure({.system = std::string{cdss::test::kPcsUri}, .code = "0SRR0J9"}), true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    bool is_asked = false;
    for (const auto& card : evaluate(row.record, {injection})) {
      is_asked =
          is_asked || card.detail.find("CRP and ESR of the last 90 days") != std::string::npos;
    }
    EXPECT_EQ(is_asked, row.is_asked);
  }
}

}  // namespace
