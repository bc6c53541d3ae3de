#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::rules::DraftKind;
using cdss::rules::Site;
using cdss::test::Body;
using cdss::test::coded_draft;
using cdss::test::medicine_draft;
using cdss::test::service_draft;
using cdss::test::Session;

TEST(Drafts, AreMedicinesByCodeOrByName) {
  const struct {
    std::string draft;
    const char* medicine_class;
    bool is_one;
  } rows[] = {
      {coded_draft("m", "310965"), "nsaid", true},
      {medicine_draft("m", "Ibuprofen 200 MG Oral Tablet"), "nsaid", true},
      {medicine_draft("m", "Aleve"), "nsaid", true},
      {medicine_draft("m", "diclofenac 1 % topical gel"), "nsaid", false},
      {medicine_draft("m", "Ibuprofen 200 mg soft gel capsule"), "nsaid", true},
      {medicine_draft(
           "m", "ibuprofen 800 mg",
           R"(,"dosageInstruction":[{"text":"stop diclofenac gel, stop if eye swells"}])"),
       "nsaid", true},
      {medicine_draft("m", "ketorolac 0.5 % ophthalmic solution"), "nsaid", false},
      {medicine_draft("m", "Tylenol"), "acetaminophen", true},
      {medicine_draft("m", "Percocet"), "acetaminophen", true},
      {medicine_draft("m", "Percocet"), "opioid", true},
      {medicine_draft("m", "fentanyl patch"), "opioid", true},
      {medicine_draft("m", "cyclobenzaprine 5 mg"), "muscle_relaxant", true},
      {medicine_draft("m", "pregabalin"), "gabapentinoid", true},
      {medicine_draft("m", "amoxicillin"), "nsaid", false},
      {medicine_draft("m", "Co-codamol 8/500 tablets"), "acetaminophen", true},
      {medicine_draft("m", "Co-codamol 8/500 tablets"), "opioid", true},
      {medicine_draft("m", "co-dydramol"), "acetaminophen", true},
      {medicine_draft("m", "co-dydramol"), "opioid", true},
      {medicine_draft("m", "dexibuprofen 400 mg"), "nsaid", true},
      {medicine_draft("m", "nimesulide"), "nsaid", true},
      {medicine_draft("m", "lornoxicam"), "nsaid", true},
      {medicine_draft("m", "tenoxicam"), "nsaid", true},
      {medicine_draft("m", "meclofenamate sodium"), "nsaid", true},
      {medicine_draft("m", "parecoxib 40 mg"), "nsaid", true},
      {medicine_draft("m", "Advil Liqui-Gel 200 mg"), "nsaid", true},
      {medicine_draft("m", "Advil Liqui-Gels"), "nsaid", true},
      {medicine_draft("m", "ibuprofen 5 % gel"), "nsaid", false},
  };
  for (const auto& row : rows) {
    const std::vector<std::string> one{row.draft};
    const Session session{one};
    ASSERT_EQ(session.drafts.size(), 1U);
    EXPECT_EQ(session.drafts[0].is_medicine_of(row.medicine_class), row.is_one) << row.draft;
  }
}

TEST(Drafts, ThatAreSelectedAreJudgedAndTheOthersAreBackground) {
  const auto a = medicine_draft("a", "ibuprofen");
  const auto b = service_draft("b", "MRI hip");
  const Session select{{a, b}, {"ServiceRequest/b"}};
  ASSERT_EQ(select.drafts.size(), 2U);
  EXPECT_FALSE(select.drafts[0].is_judged);
  EXPECT_TRUE(select.drafts[1].is_judged);
  EXPECT_EQ(select.drafts[1].reference, "ServiceRequest/b");
  const Session sign{{a, b}};
  EXPECT_TRUE(sign.drafts[0].is_judged);
  EXPECT_TRUE(sign.drafts[1].is_judged);
  const Session wrong_type{{a, b}, {"MedicationRequest/b"}};
  EXPECT_FALSE(wrong_type.drafts[1].is_judged);
}

TEST(Drafts, REQ_19_AreReadInTheShapesThatClientsSend) {
  const std::string drug = R"("medicationCodeableConcept":{"coding":{"system":
    "http://www.nlm.nih.gov/research/umls/rxnorm","code":"5640"}})";
  const std::string context = R"({"hook":"order-sign","context":{"patientId":"p","draftOrders":)";
  const std::string order =
      R"({"resourceType":"MedicationRequest","id":"m","status":"draft",)" + drug + "}";
  const std::string medication =
      R"({"resource":{"resourceType":"Medication","id":"d","code":{"text":"ibuprofen"}}})";
  const std::string bodies[] = {
      context + R"({"resourceType":"Bundle","entry":[{"resource":)" + order + "}]}}}",
      context + R"({"resourceType":"Bundle","entry":{"resource":)" + order + "}}}}",
      context + R"({"resourceType":"Bundle","entry":[{},null,{"resource":)" + order + "}]}}}",
      context + order + "}}",
      context + R"({"resourceType":"Bundle","entry":[{"resource":)" +
          R"({"resourceType":"MedicationOrder","id":"m","status":"draft",)" + drug + "}}]}}}",
      context + R"({"resourceType":"Bundle","entry":[{"resource":)" +
          R"({"resourceType":"MedicationRequest","id":"m",)" + drug + "}}]}}}",
      context + R"({"resourceType":"Bundle","entry":[)" + medication + R"(,{"resource":)" +
          R"({"resourceType":"MedicationRequest","id":"m","status":"draft",)" +
          R"("medicationReference":{"reference":"Medication/d"}}}]}}})",
  };
  for (const auto& body : bodies) {
    SCOPED_TRACE(body);
    const Session session{Body{body}};
    ASSERT_EQ(session.drafts.size(), 1U);
    EXPECT_TRUE(session.drafts[0].is_medicine_of("nsaid"));
  }
}

TEST(Drafts, AreRecognisedThoughAMemberIsBroken) {
  const auto referring = [](const std::string& more) {
    return R"({"resourceType":"MedicationRequest","id":"m","status":"draft",)"
           R"("medicationReference":{"reference":"Medication/d"})" +
           more + "}";
  };
  const std::string medication =
      R"({"resourceType":"Medication","id":"d","code":{"text":"ibuprofen"}})";
  const std::string rxnorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
  const auto coded = [&](const std::string& coding, const std::string& more = {}) {
    return R"({"resourceType":"MedicationRequest","id":"m","status":"draft",)"
           R"("medicationCodeableConcept":{"coding":)" +
           coding + more + "}}";
  };
  const std::string orders[] = {
      referring(R"(,"authoredOn":"06/01/2024")"),
      referring(R"(,"authoredOn":"2024-06-01T10:00:00+0000")"),
      referring(R"(,"doNotPerform":"false")"),
      referring(R"(,"intent":7,"subject":"Patient/p")"),
      coded(R"([{"system":")" + rxnorm + R"(","code":5640}])", R"(,"text":"ibuprofen")"),
      coded(R"([{"system":"urn:x","code":1},{"system":")" + rxnorm + R"(","code":"5640"}])"),
      coded(R"([{"system":")" + rxnorm + R"(","code":5640,"display":"ibuprofen"}])"),
      R"({"resourceType":"MedicationRequest","id":"m","authoredOn":"x","contained":[)"
      R"({"resourceType":"Medication","id":"c","code":{"text":"ibuprofen"}}],)"
      R"("medicationReference":{"reference":"#c"}})",
      R"({"resourceType":"MedicationRequest","id":"m","authoredOn":"x",)"
      R"("medication":{"reference":{"reference":"Medication/d"}}})",
      R"({"resourceType":"MedicationRequest","id":"m",)"
      R"("medicationReference":{"reference":"Medication/other","display":"ibuprofen"}})",
  };
  for (const auto& order : orders) {
    const Session session{{order, medication}};
    ASSERT_EQ(session.drafts.size(), 1U) << order;
    EXPECT_TRUE(session.drafts[0].is_medicine_of("nsaid")) << order;
  }
  const Session service{std::vector<std::string>{
      R"({"resourceType":"ServiceRequest","id":"s","code":{"coding":[{"code":36020}],"text":)"
      R"("MRI of the hip"},"bodySite":[{"coding":[{"code":3}]},{"text":"left hip"}]})"}};
  EXPECT_EQ(service.drafts.at(0).kind, DraftKind::mri);
  EXPECT_EQ(service.drafts[0].site, Site::hip);
}

TEST(Drafts, AreOnlyOrdersThatAreStillToBeDone) {
  const auto with_status = [](const char* status) {
    return R"({"resourceType":"MedicationRequest","id":"m","status":")" + std::string{status} +
           R"(","medicationCodeableConcept":{"text":"ibuprofen"}})";
  };
  for (const char* status : {"draft", "active", "on-hold", "unknown"}) {
    EXPECT_EQ(Session{std::vector<std::string>{with_status(status)}}.drafts.size(), 1U) << status;
  }
  for (const char* status : {"completed", "stopped", "cancelled", "entered-in-error"}) {
    EXPECT_EQ(Session{std::vector<std::string>{with_status(status)}}.drafts.size(), 0U) << status;
  }
  const Session against{
      std::vector<std::string>{medicine_draft("m", "ibuprofen", R"(,"doNotPerform":true)")}};
  EXPECT_TRUE(against.drafts.empty());
  const Session other{
      std::vector<std::string>{R"({"resourceType":"NutritionOrder","id":"n"})", R"({"id":"x"})"}};
  EXPECT_TRUE(other.drafts.empty());
}

TEST(Drafts, WithoutAPlainIdHaveNoReference) {
  for (const char* id : {"", "a b", "<b>", ".."}) {
    const Session session{std::vector<std::string>{medicine_draft(id, "ibuprofen")}};
    ASSERT_EQ(session.drafts.size(), 1U);
    EXPECT_EQ(session.drafts[0].reference, "") << id;
  }
}

TEST(Drafts, OfAnotherHookAreNone) {
  for (const char* body : {R"({"hook":"patient-view","context":{"patientId":"p"}})",
                           R"({"hook":"order-sign"})", R"({"hook":"order-sign","context":{}})",
                           R"({"hook":"order-sign","context":{"draftOrders":[]}})", "{}"}) {
    EXPECT_TRUE(Session{Body{body}}.drafts.empty()) << body;
  }
}

TEST(Drafts, SayTheMostOfAcetaminophen) {
  const Session session{{medicine_draft("m", "Acetaminophen 500 MG Oral Tablet",
                                        R"(,"dosageInstruction":[{"timing":{"code":{"text":"Q4H"}},
                      "doseAndRate":[{"doseQuantity":{"value":2,"unit":"tablet"}}]}])"),
                         medicine_draft("n", "aspirin 81 mg"), medicine_draft("o", "aspirin")}};
  EXPECT_EQ(session.drafts.at(0).acetaminophen_per_day->mg, 6000);
  EXPECT_TRUE(session.drafts.at(1).is_low_dose_aspirin);
  EXPECT_FALSE(session.drafts.at(2).is_low_dose_aspirin);
}

TEST(Drafts, AreLowDoseAspirinOnlyByItsOwnStrength) {
  const struct {
    std::string draft;
    bool is_low_dose;
  } rows[] = {
      {medicine_draft("m", "aspirin 81 mg"), true},
      {medicine_draft("m", "Ecotrin 100 mg"), true},
      {medicine_draft("m", "aspirin 101 mg"), false},
      {medicine_draft("m", "aspirin 975 MG"), false},
      {medicine_draft("m", "Aspirin 325 MG Oral Tablet; clopidogrel 75 mg"), false},
      {medicine_draft("m", "aspirin / clopidogrel 75 mg"), false},
      {medicine_draft("m", "aspirin, low dose"), false},
      {medicine_draft("m", "aspirin 325 mg", R"(,"dosageInstruction":[{"text":"not 81 mg"}])"),
       false},
      {medicine_draft("m", "aspirin 81 mg",
                      R"(,"dosageInstruction":[{"timing":{"code":{"text":"QD"}},
                      "doseAndRate":[{"doseQuantity":{"value":1,"unit":"tablet"}}]}])"),
       true},
      {medicine_draft("m", "aspirin 81 mg",
                      R"(,"dosageInstruction":[{"timing":{"code":{"text":"Q6H"}},
                      "doseAndRate":[{"doseQuantity":{"value":4,"unit":"tablet"}}]}])"),
       false},
      {medicine_draft("m", "clopidogrel 75 mg"), false},
      {medicine_draft("m", "Ibuprofen 600 mg + aspirin 81 mg"), false},
      {medicine_draft("m", "Aspirin 81 mg / omeprazole 40 mg"), true},
  };
  for (const auto& row : rows) {
    const Session session{std::vector<std::string>{row.draft}};
    EXPECT_EQ(session.drafts.at(0).is_low_dose_aspirin, row.is_low_dose) << row.draft;
  }
}

}  // namespace
