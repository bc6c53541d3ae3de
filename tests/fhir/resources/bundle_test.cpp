#include "fhir/resources/bundle.hpp"

#include <string>

#include <gtest/gtest.h>

#include "fhir/resources/condition.hpp"
#include "fhir/resources/operation_outcome.hpp"
#include "fhir/resources/patient.hpp"
#include "fhir/resources/read_all.hpp"
#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

TEST(Bundle, IsReadWithItsLinksAndModes) {
  const auto document = json(R"({"resourceType": "Bundle", "type": "searchset", "total": 12,
    "link": [{"relation": "self", "url": "https://a"}, {"relation": "next", "url": "https://b"}],
    "entry": [
      {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient"}, "search": {"mode": "match"}},
      {"resource": {"resourceType": "Medication"}, "search": {"mode": "include"}},
      {"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}},
      {"resource": null, "search": {"mode": "new"}}, {}]})");
  const auto bundle = Bundle::read(document.root());
  ASSERT_TRUE(bundle);
  EXPECT_EQ(bundle->bundle_type, "searchset");
  EXPECT_EQ(bundle->total, 12);
  EXPECT_EQ(bundle->next, "https://b");
  ASSERT_EQ(bundle->entries.size(), 5U);
  EXPECT_EQ(bundle->entries[0].full_url, "urn:uuid:1");
  for (std::size_t i = 0; i < bundle->entries.size(); ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(bundle->entries[i].is_outcome, i == 2);
    EXPECT_EQ(bundle->entries[i].resource.has_value(), i < 3);
  }
}

TEST(Bundle, BearsWhatClientsWriteAndRefusesWhatIsNoBundle) {
  const struct {
    const char* text;
    bool read;
    const char* where;
  } rows[] = {
      {R"({"resourceType": "Bundle"})", true, ""},
      {R"({"resourceType": "Bundle", "entry": null, "total": null})", true, ""},
      {R"({"resourceType": "Bundle", "entry": {"resource": {}}})", true, ""},
      {R"({"resourceType": "Bundle", "entry": ["x"]})", false, "entry[0]"},
      {R"({"resourceType": "Bundle", "entry": [{"resource": 1}]})", false, "entry[0].resource"},
      {R"({"resourceType": "Bundle", "total": "1"})", false, "total"},
      {R"({"resourceType": "Bundle", "link": ["x"]})", false, "link[0]"},
      {R"({"resourceType": "Bundle", "type": 1})", false, "type"},
  };
  for (const auto& [text, read, where] : rows) {
    SCOPED_TRACE(text);
    const auto document = json(text);
    const auto bundle = Bundle::read(document.root());
    ASSERT_EQ(bundle.has_value(), read);
    if (!bundle) {
      EXPECT_EQ(bundle.error().where, where);
    }
  }
}

TEST(ReadAll, TakesTheEntriesOfItsTypeAndCountsTheBrokenOnes) {
  const auto document = json(R"({"resourceType": "Bundle", "entry": [
    {"resource": {"resourceType": "Condition", "id": "a"}},
    {"resource": {"resourceType": "Patient", "id": "p"}},
    {"resource": {"resourceType": "Condition", "id": "b", "onsetDateTime": "spring"}},
    {"resource": {"resourceType": "Condition", "id": "c"}, "search": {"mode": "include"}},
    {"resource": {"resourceType": "Condition", "id": "d"}, "search": {"mode": "outcome"}},
    {"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}},
    {"resource": null}, 7, null,
    {"resource": {"resourceType": "Bundle", "entry": [
      {"resource": {"resourceType": "Condition", "id": "e"}}]}}]})");
  const auto read = read_all<Condition>(document.root());
  std::string ids;
  for (const auto& condition : read.values) {
    ids += condition.id;
  }
  EXPECT_EQ(ids, "ace");
  ASSERT_EQ(read.refused.size(), 1U);
  EXPECT_EQ(read.refused[0].where, "entry[2].resource.onsetDateTime");
  EXPECT_EQ(read_all<Patient>(document.root()).values.size(), 1U);
}

TEST(ReadAll, TakesASingleResourceAndNothingFromOtherJson) {
  const struct {
    const char* text;
    std::size_t values, refused;
  } rows[] = {
      {R"({"resourceType": "Condition", "id": "a"})", 1, 0},
      {R"({"resourceType": "Condition", "code": 1})", 0, 1},
      {R"({"resourceType": "Patient"})", 0, 0},
      {R"({"resourceType": "Bundle", "entry": {"resource": {"resourceType": "Condition"}}})", 1, 0},
      {R"({"resourceType": "Bundle"})", 0, 0},
      {R"({"resourceType": "Bundle", "entry": "x"})", 0, 0},
      {"{}", 0, 0},
      {"null", 0, 0},
      {"[]", 0, 0},
  };
  for (const auto& [text, values, refused] : rows) {
    SCOPED_TRACE(text);
    const auto document = json(text);
    const auto read = read_all<Condition>(document.root());
    EXPECT_EQ(read.values.size(), values);
    EXPECT_EQ(read.refused.size(), refused);
  }
}

TEST(OperationOutcome, IsAFailureWhenOneIssueIs) {
  const struct {
    const char* severity;
    bool failure;
  } rows[] = {{"fatal", true},        {"error", true},    {"warning", false},
              {"information", false}, {"success", false}, {"new", true}};
  for (const auto& [severity, failure] : rows) {
    SCOPED_TRACE(severity);
    const auto document = json(R"({"resourceType": "OperationOutcome", "issue": [
      {"severity": "information", "code": "informational"},
      {"severity": ")" + std::string{severity} +
                               R"(", "code": "not-found", "diagnostics": "d"}]})");
    const auto outcome = OperationOutcome::read(document.root());
    ASSERT_TRUE(outcome);
    ASSERT_EQ(outcome->issues.size(), 2U);
    EXPECT_EQ(outcome->is_failure(), failure);
  }
}

}  // namespace
}  // namespace cdss::fhir
