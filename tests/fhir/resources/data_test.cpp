// Every resource of the example records is read, but for those that a table below explains.

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "fhir/resources/allergy_intolerance.hpp"
#include "fhir/resources/bundle.hpp"
#include "fhir/resources/condition.hpp"
#include "fhir/resources/medication.hpp"
#include "fhir/resources/medication_request.hpp"
#include "fhir/resources/medication_statement.hpp"
#include "fhir/resources/observation.hpp"
#include "fhir/resources/operation_outcome.hpp"
#include "fhir/resources/patient.hpp"
#include "fhir/resources/procedure.hpp"
#include "fhir/resources/questionnaire_response.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/value_set.hpp"
#include "tests/fhir/json.hpp"
#include "tests/gzip.hpp"

namespace cdss::fhir {
namespace {

const std::filesystem::path kData{CDSS_TEST_DATA};

/// How many resources of each type were read, and which were not.
struct Tally {
  std::map<std::string_view, std::size_t> read;
  std::vector<std::string> refused;  ///< "file Type/id path"
};

/// A resource of the records that cannot be read, and why that is right.
struct Refusal {
  const char* resource;  ///< as in Tally::refused
  const char* reason;
};

/// All else in these records is read. A new row needs a reason that a reader of FHIR accepts.
constexpr Refusal kRefusals[] = {
    {"examples.ndjson Observation/trachcare focus",
     "it tells of the mother of the patient, who learned to change a tube"},
};

template <class T>
void try_as(View resource, std::string_view type, const std::string& file, Tally& tally) {
  if (type != T::kType) {
    return;
  }
  const auto read = T::read(resource);
  if (read) {
    ++tally.read[T::kType];
    return;
  }
  tally.refused.push_back(file + ' ' + std::string{type} + '/' +
                          std::string{resource.text_or_empty("id")} + ' ' + read.error().where);
}

template <class... Types>
void try_each(View resource, const std::string& file, Tally& tally) {
  const auto type = resource_type(resource);
  (try_as<Types>(resource, type, file, tally), ...);
}

void try_resource(View resource, const std::string& file, Tally& tally) {
  try_each<Patient, Condition, Observation, Procedure, Medication, MedicationRequest,
           MedicationStatement, AllergyIntolerance, QuestionnaireResponse, Bundle,
           OperationOutcome>(resource, file, tally);
}

/// Reads each line as a document, and each resource of it: the Bundle, and what is in it.
void try_lines(const std::vector<std::string>& lines, const std::string& file, Tally& tally) {
  for (const auto& line : lines) {
    const auto document = Document::parse(line);
    ASSERT_TRUE(document) << file << ' ' << document.error().where << ' '
                          << document.error().message;
    const View root = document->root();
    if (resource_type(root) == "Bundle") {
      try_resource(root, file, tally);
    }
    for_each_resource(root, [&](View resource) { try_resource(resource, file, tally); });
  }
}

Tally try_folder(const char* folder, std::string_view ending) {
  Tally tally;
  for (const auto& path : test::files_in(kData / folder, ending)) {
    const bool packed = path.extension() == ".gz";
    try_lines(packed ? test::lines_of_gzip(path) : test::lines_of(path), path.filename().string(),
              tally);
  }
  return tally;
}

using Counts = std::map<std::string_view, std::size_t>;

void expect_all_read(const Tally& tally, const Counts& counts) {
  for (const auto& refused : tally.refused) {
    EXPECT_TRUE(std::ranges::any_of(kRefusals, [&](const Refusal& row) {
      return row.resource == refused;
    })) << refused;
  }
  EXPECT_EQ(tally.read, counts);
}

TEST(Hl7Examples, AreAllRead) {
  expect_all_read(try_folder("hl7-r4", ".ndjson"), {{"AllergyIntolerance", 7},
                                                    {"Bundle", 31},
                                                    {"Condition", 16},
                                                    {"Medication", 24},
                                                    {"MedicationRequest", 42},
                                                    {"MedicationStatement", 8},
                                                    {"Observation", 206},
                                                    {"OperationOutcome", 7},
                                                    {"Patient", 52},
                                                    {"Procedure", 16},
                                                    {"QuestionnaireResponse", 5}});
}

TEST(SyntheaPatients, AreAllRead) {
  expect_all_read(try_folder("synthea/patients", ".ndjson.gz"), {{"AllergyIntolerance", 82},
                                                                 {"Condition", 1427},
                                                                 {"Medication", 163},
                                                                 {"MedicationRequest", 2686},
                                                                 {"Observation", 28642},
                                                                 {"Patient", 102},
                                                                 {"Procedure", 3379}});
}

TEST(SyntheaOriginalBundles, AreAllReadAndTheirOrdersNameAMedication) {
  Tally tally;
  std::size_t orders = 0;
  for (const auto& path : test::files_in(kData / "synthea/original-bundles", ".json.gz")) {
    const auto text = test::text_of_gzip(path);
    try_lines({text}, path.filename().string(), tally);
    const auto document = Document::parse(text);
    ASSERT_TRUE(document);
    for (const auto& order : read_all<MedicationRequest>(document->root()).values) {
      EXPECT_FALSE(order.medication.codings.empty()) << order.reference();
      ++orders;
    }
  }
  EXPECT_EQ(orders, 152U);
  expect_all_read(tally, {{"AllergyIntolerance", 10},
                          {"Bundle", 11},
                          {"Condition", 154},
                          {"Medication", 12},
                          {"MedicationRequest", 152},
                          {"Observation", 3397},
                          {"Patient", 11},
                          {"Procedure", 266}});
}

TEST(SyntheaPatientsWithAHipReplacement, AreAllRead) {
  expect_all_read(try_folder("synthea/derived-thr", ".ndjson.gz"), {{"Condition", 276},
                                                                    {"Medication", 108},
                                                                    {"MedicationRequest", 355},
                                                                    {"Observation", 6008},
                                                                    {"Patient", 16},
                                                                    {"Procedure", 572}});
}

TEST(QualityMeasureCases, AreAllRead) {
  expect_all_read(try_folder("ecqm", ".ndjson.gz"), {{"Bundle", 104},
                                                     {"Condition", 59},
                                                     {"MedicationRequest", 36},
                                                     {"Observation", 97},
                                                     {"Patient", 104},
                                                     {"Procedure", 72}});
}

/// Completed hip replacements in a line of a record, by system and code.
bool has_hip_replacement(View root, const ValueSet& hip_replacement) {
  const auto procedures = read_all<Procedure>(root);
  return std::ranges::any_of(procedures.values, [&](const Procedure& procedure) {
    return procedure.is_completed() && procedure.performed.has_day() &&
           std::ranges::any_of(procedure.code.codings, [&](const Coding& coding) {
             return hip_replacement.contains(coding);
           });
  });
}

TEST(HipReplacements, AreFoundInTheRecordsThatHaveOneAndInNoOther) {
  const auto document = json(R"({"resourceType": "ValueSet", "compose": {"include": [
    {"system": "http://snomed.info/sct", "concept": [{"code": "52734007"}]},
    {"system": "http://www.cms.gov/Medicare/Coding/ICD10",
     "filter": [{"property": "concept", "op": "is-a", "value": "0SR9"}]},
    {"system": "http://www.cms.gov/Medicare/Coding/ICD10",
     "filter": [{"property": "concept", "op": "is-a", "value": "0SRA"}]},
    {"system": "http://www.cms.gov/Medicare/Coding/ICD10",
     "filter": [{"property": "concept", "op": "is-a", "value": "0SRB"}]}]}})");
  const auto hip_replacement = ValueSet::read(document.root());
  ASSERT_TRUE(hip_replacement);
  const auto records_with = [&](const char* folder, bool by_file) {
    std::size_t records = 0;
    for (const auto& path : test::files_in(kData / folder, ".ndjson.gz")) {
      std::size_t found = 0;
      for (const auto& line : test::lines_of_gzip(path)) {
        const auto resource = Document::parse(line);
        found += resource && has_hip_replacement(resource->root(), *hip_replacement) ? 1 : 0;
      }
      records += by_file ? std::min<std::size_t>(found, 1) : found;
    }
    return records;
  };
  EXPECT_EQ(records_with("synthea/derived-thr", true), 16U);
  EXPECT_EQ(records_with("synthea/patients", true), 0U);
  EXPECT_EQ(records_with("ecqm", false), 40U);
}

}  // namespace
}  // namespace cdss::fhir
