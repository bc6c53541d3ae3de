#include <string>

#include <gtest/gtest.h>

#include "fhir/resources/medication_request.hpp"
#include "fhir/resources/medication_statement.hpp"
#include "fhir/resources/read_all.hpp"
#include "tests/fhir/codings.hpp"
#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

constexpr std::string_view kIbuprofen =
    R"({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "5640"}]})";

std::string order(std::string_view type, std::string_view members) {
  return R"({"resourceType": ")" + std::string{type} + R"(", "id": "m", "status": "active", )" +
         std::string{members} + '}';
}

TEST(MedicationOrder, FindsTheMedicationInEveryShape) {
  const std::string code{kIbuprofen};
  const std::string contained = R"("contained": [{"resourceType": "Medication", "id": "other"},
    {"resourceType": "Medication", "id": "med", "code": )" +
                                code + "}]";
  const std::string rows[] = {
      R"("medicationCodeableConcept": )" + code,
      R"("medication": {"concept": )" + code + '}',
      contained + R"(, "medicationReference": {"reference": "#med"})",
      R"("medicationReference": {"reference": "#med"}, )" + contained,
      R"("medication": {"reference": {"reference": "#med"}}, )" + contained,
  };
  for (const auto& members : rows) {
    SCOPED_TRACE(members);
    const auto request = json(order("MedicationRequest", members));
    const auto read = MedicationRequest::read(request.root());
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->medication.has(rxnorm("5640")));
    const auto statement = json(order("MedicationStatement", members));
    const auto taken = MedicationStatement::read(statement.root());
    ASSERT_TRUE(taken);
    EXPECT_TRUE(taken->medication.has(rxnorm("5640")));
  }
}

TEST(MedicationOrder, IsRefusedWhenItsContainedMedicationIsMalformed) {
  const auto document = json(order("MedicationRequest", R"("contained": [{"resourceType":
    "Medication", "id": "med", "code": 7}], "medicationReference": {"reference": "#med"})"));
  const auto read = MedicationRequest::read(document.root());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "contained[0].code");
}

TEST(MedicationOrder, KeepsAReferenceThatItCannotFollow) {
  for (const char* const reference : {"#elsewhere", "Medication/7", "urn:uuid:1"}) {
    SCOPED_TRACE(reference);
    const auto document =
        json(order("MedicationRequest",
                   R"("medicationReference": {"reference": ")" + std::string{reference} + "\"}"));
    const auto read = MedicationRequest::read(document.root());
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->medication.is_empty());
    EXPECT_EQ(read->medication_reference.text, reference);
  }
}

TEST(MedicationOrder, FindsTheMedicationElsewhereInTheBundle) {
  for (const char* const reference :
       {"Medication/7", "https://ehr.example/Medication/7", "urn:uuid:11"}) {
    SCOPED_TRACE(reference);
    const auto document =
        json(R"({"resourceType": "Bundle", "entry": [{"resource": )" +
             order("MedicationRequest",
                   R"("medicationReference": {"reference": ")" + std::string{reference} + "\"}") +
             R"(}, {"fullUrl": "urn:uuid:11", "search": {"mode": "include"}, "resource":
          {"resourceType": "Medication", "id": "7", "code": )" +
             std::string{kIbuprofen} + "}}]}");
    const auto read = read_all<MedicationRequest>(document.root());
    ASSERT_EQ(read.values.size(), 1U);
    EXPECT_TRUE(read.values[0].medication.has(rxnorm("5640")));
  }
}

TEST(MedicationOrder, DoesNotTakeAnotherMedicationOfTheBundle) {
  const auto document =
      json(R"({"resourceType": "Bundle", "entry": [{"resource": )" +
           order("MedicationRequest", R"("medicationReference": {"reference": "Medication/8"})") +
           R"(}, {"resource": {"resourceType": "Medication", "id": "7", "code": )" +
           std::string{kIbuprofen} + "}}]}");
  const auto read = read_all<MedicationRequest>(document.root());
  ASSERT_EQ(read.values.size(), 1U);
  EXPECT_TRUE(read.values[0].medication.is_empty());
}

TEST(MedicationRequest, ThatForbidsIsNeverActive) {
  const auto document = json(order("MedicationRequest", R"("doNotPerform": true)"));
  const auto read = MedicationRequest::read(document.root());
  ASSERT_TRUE(read);
  EXPECT_FALSE(read->is_active());
}

TEST(MedicationStatement, OfStu3SaysInTakenThatItIsNot) {
  const struct {
    const char* taken;
    bool active;
  } rows[] = {{"y", true}, {"n", false}, {"unk", true}, {"na", true}};
  for (const auto& [taken, active] : rows) {
    SCOPED_TRACE(taken);
    const auto document =
        json(order("MedicationStatement", R"("taken": ")" + std::string{taken} + '"'));
    const auto read = MedicationStatement::read(document.root());
    ASSERT_TRUE(read);
    EXPECT_EQ(read->is_active(), active);
  }
}

TEST(Medication, KeepsItsIngredientsInR4AndR5) {
  for (const std::string& item : {R"("itemCodeableConcept": )" + std::string{kIbuprofen},
                                  R"("item": {"concept": )" + std::string{kIbuprofen} + '}'}) {
    SCOPED_TRACE(item);
    const auto document = json(R"({"resourceType": "Medication", "ingredient": [{)" + item +
                               R"(}, {"itemReference": {"reference": "Substance/1"}}]})");
    const auto medication = Medication::read(document.root());
    ASSERT_TRUE(medication);
    ASSERT_EQ(medication->ingredient.size(), 1U);
    EXPECT_TRUE(medication->ingredient[0].has(rxnorm("5640")));
  }
}

}  // namespace
}  // namespace cdss::fhir
