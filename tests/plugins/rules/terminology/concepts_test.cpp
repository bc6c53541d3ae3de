#include "plugins/rules/terminology/concepts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::test::ShippedRules;

/// Names of the concepts that one code stands for.
std::vector<std::string> meanings(std::string_view system, std::string_view code) {
  const auto& concepts = ShippedRules::get().concepts();
  cdss::fhir::CodeableConcept codeable_concept;
  codeable_concept.codings.push_back({system, code, {}});
  std::vector<std::string> names;
  for (const auto& match : concepts.of(codeable_concept)) {
    EXPECT_TRUE(concepts.has(match.id, codeable_concept));
    if (!concepts.name(match.id).starts_with("side_")) {
      names.push_back(concepts.name(match.id));
    }
  }
  return names;
}

constexpr std::string_view kSnomed = "http://snomed.info/sct";
constexpr std::string_view kIcd = "http://hl7.org/fhir/sid/icd-10-cm";
constexpr std::string_view kPcs = "http://www.cms.gov/Medicare/Coding/ICD10";

TEST(Concepts, MatchBySystemAndCodeAndIcdByPrefix) {
  const struct {
    const char* evidence;  ///< row of the clinical knowledge
    std::string_view system;
    const char* code;
    std::vector<std::string> names;
  } rows[] = {
      {"a.1 groin_pain", kSnomed, "102570003", {"groin_pain"}},
      {"code alone is not enough", kIcd, "102570003", {}},
      {"no system", "", "102570003", {}},
      {"unknown code", kSnomed, "102570004", {}},
      {"a.1 M76.1- by prefix", kIcd, "M76.12", {"psoas_tendinitis"}},
      {"a.1 M76.1- itself", kIcd, "M76.1", {"psoas_tendinitis"}},
      {"dot and case mean nothing in ICD", kIcd, "m7612", {"psoas_tendinitis"}},
      {"M76.2 is another", kIcd, "M76.2", {}},
      {"a.1 M70.7- is not iliopsoas bursitis", kIcd, "M70.71", {"other_hip_bursitis"}},
      {"a.1 281352004", kSnomed, "281352004", {"iliopsoas_bursitis"}},
      {"a.1 S76.01-", kIcd, "S76.011D", {"hip_flexor_strain"}},
      {"j.1 sequela never counts", kIcd, "S76.011S", {}},
      {"R10.2- of 2026", kIcd, "R10.23", {"pelvic_pain"}},
      {"j.3 0SR9 by prefix", kPcs, "0SR90JZ", {"total_hip_arthroplasty"}},
      {"j.3 0SRB by prefix", kPcs, "0SRB0EZ", {"total_hip_arthroplasty"}},
      {"j.3 0SRA is partial", kPcs, "0SRA009", {"partial_hip_arthroplasty"}},
      {"knee replacement", kPcs, "0SRC0J9", {}},
      {"j.3 T84.50 names no joint", kIcd, "T84.50XA", {"prosthetic_joint_infection_unspecified"}},
      {"j.3 T84.51-", kIcd, "T84.51XD", {"prosthetic_hip_infection"}},
      {"j.3 T84.02- of the knee", kIcd, "T84.022A", {}},
      {"j.2 M51.16", kIcd, "M51.16", {"lumbar_disc_disorder", "lumbar_disc_with_radiculopathy"}},
      {"j.2 M51.26 is no competitor", kIcd, "M51.26", {"lumbar_disc_disorder"}},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_THAT(meanings(row.system, row.code), testing::UnorderedElementsAreArray(row.names));
  }
}

TEST(Concepts, OfAMeaningInTwoSystemsStandOnce) {
  cdss::fhir::CodeableConcept codeable_concept;
  codeable_concept.codings.push_back({kSnomed, "49218002", {}});
  codeable_concept.codings.push_back({kIcd, "M25.559", {}});
  EXPECT_EQ(ShippedRules::get().concepts().of(codeable_concept).size(), 1U);
}

TEST(Concepts, AreRefusedWithoutAName) {
  const auto bundle = cdss::test::parsed(
      R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"ValueSet",
      "compose":{"include":[{"system":"http://snomed.info/sct","concept":[{"code":"1"}]}]}}}]})");
  const cdss::View views[] = {bundle.root()};
  EXPECT_FALSE(cdss::rules::Concepts::read(views));
}

}  // namespace
