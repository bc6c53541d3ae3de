// The patient guard over calls that others wrote. Where they come from:
// tests/data/cdshooks/README.md.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/base/document.hpp"
#include "core/record/patient_record.hpp"

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
  std::size_t unread = 0;
  for (const auto& [name, json] : calls()) {
    SCOPED_TRACE(name);
    const auto document = Document::parse(json);
    ASSERT_TRUE(document);
    const auto request = hooks::read_request(document->root());
    if (!request) {
      ++unread;
    } else if (const auto checked = check_patient(*request)) {
      ++unmixed;
    } else {
      mixed.insert(name + ' ' + checked.error().where);
    }
  }
  EXPECT_EQ(mixed, expected);
  EXPECT_EQ(unmixed, 45U);
  EXPECT_EQ(unread, 5U);
}

}  // namespace
}  // namespace cdss::record
