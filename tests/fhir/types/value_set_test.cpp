#include "fhir/types/value_set.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/fhir/codings.hpp"
#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

ValueSet value_set(const std::string& members) {
  const auto document = json(R"({"resourceType": "ValueSet", )" + members + '}');
  return *ValueSet::read(document.root());  // owns its texts: the document may go
}

const std::string kHip = R"("compose": {"include": [
  {"system": "http://snomed.info/sct", "concept": [{"code": "52734007"}, {"code": "239872002"}]},
  {"system": "http://loinc.org", "concept": [{"code": "72514-3", "display": "Pain"}]},
  {"system": "http://hl7.org/fhir/sid/icd-10-cm",
   "filter": [{"property": "concept", "op": "is-a", "value": "M76.1"}]},
  {"system": "http://hl7.org/fhir/sid/icd-10-cm",
   "filter": [{"property": "concept", "op": "is-a", "value": "M16"}]},
  {"system": "http://hl7.org/fhir/sid/icd-10-cm", "concept": [{"code": "Z96.64"}]},
  {"system": "urn:oid:2.16.840.1.113883.6.4",
   "filter": [{"property": "concept", "op": "is-a", "value": "0SR9"}]}],
 "exclude": [
  {"system": "http://hl7.org/fhir/sid/icd-10-cm", "concept": [{"code": "M16.9"}]},
  {"system": "http://hl7.org/fhir/sid/icd-10-cm",
   "filter": [{"property": "concept", "op": "is-a", "value": "M16.5"}]}]})";

TEST(ValueSet, ContainsACodeOnlyInItsSystem) {
  const auto set = value_set(kHip);
  const struct {
    Coding coding;
    bool contained;
  } rows[] = {
      {snomed("52734007"), true},  {snomed("239872002"), true},   {snomed("52734007 "), false},
      {loinc("52734007"), false},  {{{}, "52734007", {}}, false}, {{kSnomed, {}, {}}, false},
      {loinc("72514-3"), true},    {icd10cm("M76.1"), true},      {icd10cm("M76.12"), true},
      {icd10cm("M7612"), true},    {icd10cm("m76.12"), true},     {icd10cm("M76"), false},
      {icd10cm("M76.2"), false},   {icd10cm("M16"), true},        {icd10cm("M16.11"), true},
      {icd10cm("M16.9"), false},   {icd10cm("M16.50"), false},    {icd10cm("M17.1"), false},
      {icd10cm("M1"), false},      {icd10cm("Z96.64"), true},     {icd10cm("Z96.641"), false},
      {icd10pcs("M76.12"), false}, {icd10pcs("0SR9019"), true},   {icd10pcs("0SRB019"), false},
  };
  for (const auto& [coding, contained] : rows) {
    SCOPED_TRACE(std::string{coding.system} + ' ' + std::string{coding.code});
    EXPECT_EQ(set.contains(coding), contained);
  }
}

TEST(ValueSet, KeepsAPrefixWhoseNeighboursBeginAlike) {
  const auto prefix = [](const char* value) {
    return std::string{R"({"system": "http://hl7.org/fhir/sid/icd-10-cm", "filter":
      [{"property": "concept", "op": "is-a", "value": ")"} +
           value + "\"}]}";
  };
  const auto set = value_set(R"("compose": {"include": [)" + prefix("M7") + ',' + prefix("M76.1") +
                             ',' + prefix("M76.10") + ',' + prefix("M80") + "]}");
  EXPECT_TRUE(set.contains(icd10cm("M79.65")));
  EXPECT_TRUE(set.contains(icd10cm("M76.11")));
  EXPECT_TRUE(set.contains(icd10cm("M80.0")));
  EXPECT_FALSE(set.contains(icd10cm("M81")));
  EXPECT_FALSE(set.contains(icd10cm("M6")));
}

TEST(ValueSet, OfAWholeSystemContainsEachOfItsCodes) {
  const auto set = value_set(R"("compose": {"include": [{"system": "urn:ours"}],
    "exclude": [{"system": "urn:ours", "concept": [{"code": "x"}]}]})");
  EXPECT_TRUE(set.contains({"urn:ours", "anything", {}}));
  EXPECT_FALSE(set.contains({"urn:ours", "x", {}}));
  EXPECT_FALSE(set.contains({"urn:other", "anything", {}}));
}

TEST(ValueSet, IsItsExpansionWhereThereIsOne) {
  const auto set = value_set(R"("compose": {"include": [{"system": "http://loinc.org"}]},
    "expansion": {"contains": [
      {"system": "http://snomed.info/sct", "code": "1", "contains": [
        {"system": "http://snomed.info/sct", "code": "2"},
        {"system": "http://snomed.info/sct", "code": "3", "abstract": true, "contains": [
          {"system": "http://snomed.info/sct", "code": "4", "abstract": false}]}]},
      {"display": "a group", "contains": [{"system": "http://snomed.info/sct", "code": "5"}]}]})");
  std::string contained;
  for (const char* const code : {"1", "2", "3", "4", "5", "6"}) {
    contained += set.contains(snomed(code)) ? code : "-";
  }
  EXPECT_EQ(contained, "12-45-");
  EXPECT_FALSE(set.contains(loinc("1")));
}

TEST(ValueSet, WithNothingInItContainsNothing) {
  EXPECT_FALSE(value_set(R"("status": "active")").contains(snomed("1")));
  EXPECT_FALSE(value_set(R"("compose": {"include": []})").contains(snomed("1")));
  EXPECT_FALSE(value_set(R"("compose": {"include": [{"system": "http://snomed.info/sct"}]},
    "expansion": {"total": 0})")
                   .contains(snomed("1")));
}

TEST(ValueSet, RefusesWhatItWouldMisread) {
  const struct {
    const char* include;
    Errc code;
  } rows[] = {
      {R"({"concept": [{"code": "1"}]})", Errc::missing},
      {R"({"system": "http://loinc.org", "concept": [{"display": "x"}]})", Errc::missing},
      {R"({"system": "http://loinc.org", "concept": ["x"]})", Errc::malformed},
      {R"({"system": "http://loinc.org", "concept": {"code": "x"}})", Errc::malformed},
      {R"({"valueSet": ["urn:x"]})", Errc::unsupported},
      {R"({"system": "http://snomed.info/sct",
           "filter": [{"property": "concept", "op": "is-a", "value": "1"}]})",
       Errc::unsupported},
      {R"({"system": "http://hl7.org/fhir/sid/icd-10-cm",
           "filter": [{"property": "code", "op": "regex", "value": "M.*"}]})",
       Errc::unsupported},
      {R"({"system": "http://hl7.org/fhir/sid/icd-10-cm",
           "filter": [{"property": "concept", "op": "is-a", "value": "M1"},
                      {"property": "concept", "op": "is-a", "value": "M2"}]})",
       Errc::unsupported},
      {R"({"system": "http://hl7.org/fhir/sid/icd-10-cm",
           "filter": [{"property": "concept", "op": "is-a", "value": "."}]})",
       Errc::malformed},
      {R"({"system": "http://hl7.org/fhir/sid/icd-10-cm", "concept": [{"code": "M16"}],
           "filter": [{"property": "concept", "op": "is-a", "value": "M1"}]})",
       Errc::malformed},
  };
  for (const auto& [include, code] : rows) {
    SCOPED_TRACE(include);
    const auto document = json(
        std::string{R"({"resourceType": "ValueSet", "compose": {"include": [)"} + include + "]}}");
    const auto set = ValueSet::read(document.root());
    ASSERT_FALSE(set);
    EXPECT_EQ(set.error().code, code);
    EXPECT_TRUE(set.error().where.starts_with("compose.include[0]")) << set.error().where;
  }
}

TEST(ValueSet, RefusesAnotherResource) {
  const auto document = json(R"({"resourceType": "CodeSystem"})");
  EXPECT_FALSE(ValueSet::read(document.root()));
}

}  // namespace
}  // namespace cdss::fhir
