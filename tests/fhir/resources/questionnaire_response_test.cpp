#include "fhir/resources/questionnaire_response.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

TEST(QuestionnaireResponse, ListsItsItemsFlatWithTheirAnswers) {
  const auto document = json(R"({"resourceType": "QuestionnaireResponse", "id": "q",
    "status": "completed", "questionnaire": "https://example.org/Questionnaire/hip|1.2",
    "authored": "2024-05-06T07:08:09Z",
    "item": [
      {"linkId": "history", "item": [
        {"answer": [{"valueQuantity": {"value": 6, "code": "wk"}}], "linkId": "duration"},
        {"linkId": "pain", "answer": [
          {"valueBoolean": true, "item": [{"linkId": "side",
            "answer": [{"valueCoding": {"system": "http://snomed.info/sct", "code": "7771000"}},
                       {"valueString": "left"}]}]}]}]},
      {"linkId": "open"},
      {"linkId": "nothing", "answer": [{"extension": []}]},
      {"linkId": "count", "answer": {"valueInteger": 3}}]})");
  const auto response = QuestionnaireResponse::read(document.root());
  ASSERT_TRUE(response) << response.error().where;
  EXPECT_EQ(response->questionnaire, "https://example.org/Questionnaire/hip");
  EXPECT_TRUE(response->authored);
  std::string shown;
  for (const auto& item : response->items) {
    shown += std::string{item.link_id} + ':' + std::to_string(item.answers.size()) + ' ';
  }
  EXPECT_EQ(shown, "history:0 duration:1 pain:1 side:2 open:0 nothing:0 count:1 ");
  EXPECT_EQ(std::get<bool>(response->items[2].answers[0]), true);
  EXPECT_TRUE(std::get<CodeableConcept>(response->items[3].answers[0]).has(snomed("7771000")));
  EXPECT_EQ(std::get<std::int64_t>(response->items[6].answers[0]), 3);
}

TEST(QuestionnaireResponse, OfStu3NamesItsQuestionnaireByReference) {
  const auto document = json(R"({"resourceType": "QuestionnaireResponse", "status": "completed",
    "questionnaire": {"reference": "Questionnaire/hip"}})");
  const auto response = QuestionnaireResponse::read(document.root());
  ASSERT_TRUE(response);
  EXPECT_EQ(response->questionnaire, "Questionnaire/hip");
}

TEST(QuestionnaireResponse, IsRefusedWithThePathOfTheItem) {
  const struct {
    const char* item;
    Errc code;
    const char* where;
  } rows[] = {
      {R"({"text": "no link"})", Errc::missing, "item[0].linkId"},
      {R"("x")", Errc::malformed, "item[0]"},
      {R"({"linkId": "a", "answer": ["x"]})", Errc::malformed, "item[0].answer[0]"},
      {R"({"linkId": "a", "answer": [{"valueBoolean": "yes"}]})", Errc::malformed,
       "item[0].answer[0].valueBoolean"},
      {R"({"linkId": "a", "item": [{"linkId": 3}]})", Errc::malformed, "item[0].item[0].linkId"},
  };
  for (const auto& [item, code, where] : rows) {
    SCOPED_TRACE(item);
    const auto document =
        json(std::string{
                 R"({"resourceType": "QuestionnaireResponse", "status": "completed", "item": [)"} +
             item + "]}");
    const auto response = QuestionnaireResponse::read(document.root());
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, code);
    EXPECT_EQ(response.error().where, where);
  }
}

}  // namespace
}  // namespace cdss::fhir
