// The patient guard over calls and records that others wrote. Where they come from: README.md in
// tests/data/cdshooks and tests/data/synthea.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "core/record/patient_guard.hpp"
#include "fhir/compartment/patient_compartment.hpp"
#include "tests/gzip.hpp"

namespace cdss::record {
namespace {

std::string slurp(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// The requests with "Patient/" taken off the patient of the context and "Encounter/" off the
/// encounter, as some of them have it, which no version permits.
std::map<std::string, std::string> calls() {
  std::map<std::string, std::string> calls;
  const auto folder = std::filesystem::path{CDSS_TEST_DATA} / "cdshooks/requests";
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    std::string json = slurp(entry.path());
    for (const auto& [member, type] :
         {std::pair{"\"patientId\"", "\"Patient/"}, {"\"encounterId\"", "\"Encounter/"}}) {
      const auto key = json.find(member);
      const auto end = key == std::string::npos ? key : json.find('\n', key);
      const auto at = key == std::string::npos ? key : json.find(type, key);
      if (at != std::string::npos && at < end) {
        json.erase(at + 1, std::string_view{type}.size() - 1);
      }
    }
    calls.emplace(entry.path().filename(), std::move(json));
  }
  return calls;
}

TEST(PatientGuard, PF_45_FindsTheExamplesThatMixPatients) {
  // Three presets of a test kit have orders of another patient than their context.
  const std::set<std::string> expected{
      "order-dispatch__davinci-crd-test-kit-order-dispatch-hook-request_fba3cc.json "
      "context.task.for",
      "order-select__davinci-crd-test-kit-order-select-hook-request_99157e.json "
      "context.draftOrders.entry[0].resource.patient",
      "order-sign__davinci-crd-test-kit-order-sign-hook-request_a400c5.json "
      "context.draftOrders.entry[0].resource.patient",
      "patient-view__opioid-cds-r4-request-example-rec-10-patient-view-2-illicit-drugs_80a48f.json "
      "prefetch.?.entry[1].resource.subject",
  };
  std::set<std::string> mixed;
  std::size_t unmixed = 0;
  std::size_t in_part = 0;
  std::size_t unread = 0;
  for (const auto& [name, json] : calls()) {
    SCOPED_TRACE(name);
    const auto document = Document::parse(json);
    ASSERT_TRUE(document);
    const auto request = hooks::read_request(document->root());
    if (!request) {
      ++unread;
    } else if (const auto checked = check_patient(*request)) {
      ++(checked->is_empty() ? unmixed : in_part);
    } else {
      mixed.insert(name + ' ' + checked.error().where);
    }
  }
  EXPECT_EQ(mixed, expected);
  EXPECT_EQ(unmixed, 44U);
  EXPECT_EQ(in_part, 1U);  // the subject of its draft is a bare id, which names nobody
  EXPECT_EQ(unread, 5U);
}

/// What is left out of a record, by type.
std::map<std::string, int> left_out_by_type(const Document& document, std::string_view patient_id) {
  const auto nodes = fhir::check_patient_compartment(document.root(), {.id = patient_id},
                                                     fhir::Membership::undetermined);
  EXPECT_TRUE(nodes) << nodes.error().where << ' ' << nodes.error().message;
  std::map<std::string, int> excluded;
  for (const auto node : nodes ? *nodes : std::vector<std::uint32_t>{}) {
    const View entry{document.c_document(), node};
    ++excluded[std::string{entry.at("resource")->text_or_empty("resourceType")}];
  }
  return excluded;
}

TEST(PatientGuard, PF_45_ResolvesTheUrnsOfWholeRecords) {
  const auto folder = std::filesystem::path{CDSS_TEST_DATA} / "synthea/original-bundles";
  for (const auto& file : test::files_in(folder, ".json.gz")) {
    SCOPED_TRACE(file);
    const auto document = Document::parse(test::text_of_gzip(file));
    ASSERT_TRUE(document);
    std::string_view patient_id;
    for (const View entry : document->root().at("entry")->elements()) {
      const View resource = *entry.at("resource");
      if (resource.text_or_empty("resourceType") == "Patient") {
        patient_id = resource.text_or_empty("id");
      }
    }
    ASSERT_FALSE(patient_id.empty());
    EXPECT_EQ(left_out_by_type(*document, patient_id), (std::map<std::string, int>{}));
    EXPECT_FALSE(fhir::check_patient_compartment(document->root(), {.id = "another"},
                                                 fhir::Membership::undetermined));
  }
}

}  // namespace
}  // namespace cdss::record
