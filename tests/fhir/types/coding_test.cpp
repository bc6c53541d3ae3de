#include "fhir/types/coding.hpp"

#include <gtest/gtest.h>

#include "fhir/types/codeable_concept.hpp"
#include "tests/fhir/codings.hpp"
#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

TEST(Coding, KnowsACodeSystemByItsOtherNames) {
  const struct {
    std::string_view written, canonical;
  } rows[] = {
      {"urn:oid:2.16.840.1.113883.6.96", kSnomed},
      {"urn:oid:2.16.840.1.113883.6.1", kLoinc},
      {"urn:oid:2.16.840.1.113883.6.88", kRxNorm},
      {"urn:oid:2.16.840.1.113883.6.12", kCpt},
      {"urn:oid:2.16.840.1.113883.6.90", kIcd10Cm},
      {"urn:oid:2.16.840.1.113883.6.4", kIcd10Pcs},
      {"http://hl7.org/fhir/sid/icd-10-pcs", kIcd10Pcs},
      {"http://hl7.org/fhir/sid/icd-10-cm", kIcd10Cm},
      {"http://snomed.info/sct", kSnomed},
      {"https://snomed.info/sct", kSnomed},
      {"http://snomed.info/sct/", kSnomed},
      {"http://loinc.org/", kLoinc},
      {"https://loinc.org/", kLoinc},
      {"https://hl7.org/fhir/sid/icd-10-cm", kIcd10Cm},
      {"http://hl7.org/fhir/sid/icd-10-cm/", kIcd10Cm},
      {"http://hl7.org/fhir/sid/icd-10", kIcd10},
      {"http://hl7.org/fhir/sid/icd-10/", kIcd10},
      {"urn:oid:2.16.840.1.113883.6.3", kIcd10},
      {"http://fhir.de/CodeSystem/bfarm/icd-10-gm", kIcd10},
      {"https://www.nlm.nih.gov/research/umls/rxnorm/", kRxNorm},
      {"https://unitsofmeasure.org", kUcum},
      {"http://snomed.info/sct//", "http://snomed.info/sct//"},
      {"ftp://snomed.info/sct", "ftp://snomed.info/sct"},
      {"http://snomed.info/sctx", "http://snomed.info/sctx"},
      {"urn:oid:2.16.840.1.113883.6.9", "urn:oid:2.16.840.1.113883.6.9"},
      {"", ""},
  };
  for (const auto& [written, canonical] : rows) {
    SCOPED_TRACE(written);
    EXPECT_EQ(canonical_system(written), canonical);
  }
}

TEST(Coding, IsTheSameWhenSystemAndCodeAre) {
  const struct {
    Coding a, b;
    bool same;
  } rows[] = {
      {snomed("52734007"), snomed("52734007"), true},
      {snomed("52734007"), snomed("5273400"), false},
      {snomed("52734007"), loinc("52734007"), false},
      {{kSnomed, "52734007", "Total hip"}, {kSnomed, "52734007", "Hip, total"}, true},
      {{{}, "52734007", {}}, {{}, "52734007", {}}, false},
      {{kSnomed, {}, {}}, {kSnomed, {}, {}}, false},
      {icd10cm("M76.12"), icd10cm("m7612"), true},
      {icd10cm("M76.12"), icd10cm("M76.1"), false},
      {icd10cm("M76.1"), icd10cm("M76.12"), false},
      {icd10pcs("0SR9019"), icd10pcs("0sr9019"), true},
      {loinc("72514-3"), loinc("72514-3"), true},
      {rxnorm("A"), rxnorm("a"), false},
  };
  for (const auto& [a, b, same] : rows) {
    SCOPED_TRACE(std::string{a.code} + ' ' + std::string{b.code});
    EXPECT_EQ(a.same_as(b), same);
    EXPECT_EQ(b.same_as(a), same);
  }
}

TEST(CodeableConcept, ReadsCodingsUnderTheirCanonicalSystem) {
  const auto document = json(R"({
    "coding": [null, {"system": "urn:oid:2.16.840.1.113883.6.96", "code": "52734007",
                "display": 7, "userSelected": true}, {"code": "x"}],
    "text": "Hip replacement", "extension": [{"url": "u"}]})");
  const auto codeable_concept = read_codeable_concept(document.root());
  ASSERT_TRUE(codeable_concept);
  ASSERT_EQ(codeable_concept->codings.size(), 2U);
  EXPECT_TRUE(codeable_concept->has(snomed("52734007")));
  EXPECT_EQ(codeable_concept->codings[0].display, "");
  EXPECT_EQ(codeable_concept->codings[1].system, "");
  EXPECT_EQ(codeable_concept->words(), "Hip replacement");
}

TEST(CodeableConcept, BearsAnObjectWhereAnArrayBelongs) {
  const auto document =
      json(R"({"coding": {"system": "http://loinc.org", "code": "1-2", "display": "One"}})");
  const auto codeable_concept = read_codeable_concept(document.root());
  ASSERT_TRUE(codeable_concept);
  EXPECT_TRUE(codeable_concept->has(loinc("1-2")));
  EXPECT_EQ(codeable_concept->words(), "One");
  const auto several = read_codeable_concepts(document.root());
  ASSERT_TRUE(several);
  EXPECT_TRUE(any_has(*several, loinc("1-2")));
  EXPECT_FALSE(any_has(*several, loinc("1-3")));
}

TEST(CodeableConcept, RefusesWhatWouldHideACode) {
  const struct {
    const char* text;
    const char* where;
  } rows[] = {
      {R"("52734007")", ""},
      {R"({"coding": ["52734007"]})", "coding[0]"},
      {R"({"coding": [{"code": 52734007}]})", "coding[0].code"},
      {R"({"coding": [{}, {"system": {}}]})", "coding[1].system"},
      {R"({"coding": "x"})", "coding"},
      {R"({"coding": [{"code": "a\u0000b"}]})", "coding[0].code"},
  };
  for (const auto& [text, where] : rows) {
    SCOPED_TRACE(text);
    const auto document = json(text);
    const auto codeable_concept = read_codeable_concept(document.root());
    ASSERT_FALSE(codeable_concept);
    EXPECT_EQ(codeable_concept.error().code, Errc::malformed);
    EXPECT_EQ(codeable_concept.error().where, where);
  }
}

}  // namespace
}  // namespace cdss::fhir
