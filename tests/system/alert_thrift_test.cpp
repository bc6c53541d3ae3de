// Alert thrift: over the charts of 102 synthetic patients of a general practice (Synthea), none of
// whom has what the services look for, hardly a card may appear. Every card is listed with its
// reason, on the output and in tests/alert_thrift.md of the build folder.

#include <fstream>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "core/json/json_writer.hpp"
#include "tests/gzip.hpp"
#include "tests/system/ehr.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

constexpr std::size_t kPatients = 102;
/// Cards of one service at one of its hooks, over all patients: 2 in 100.
constexpr std::size_t kMostCards = 2;

/// A card, and what the service knew when it gave it.
struct Shown {
  std::string patient;
  std::string indicator;
  std::string summary;
  std::string assessment;
};

/// All cards of one service at one hook.
struct Tally {
  std::size_t calls = 0;
  std::size_t likely = 0;
  std::vector<Shown> cards;
};

using Tallies = std::map<std::string, Tally>;  // by "service, hook"

void read_answer(const HttpAnswer& answer, const std::string& patient, Tally& tally) {
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto document = Document::parse(answer.body);
  ASSERT_TRUE(document) << answer.body;
  const auto cards = document->root().at("cards");
  const auto extension = document->root().at("extension");
  ASSERT_TRUE(cards && extension) << answer.body;
  const View assessment = *extension->at("org.psoas-cds.assessment");
  std::string reason;
  json::append_value(reason, assessment);
  ++tally.calls;
  tally.likely += assessment.text_or_empty("band") == "likely" ? 1 : 0;
  for (const View card : cards->elements()) {
    tally.cards.push_back({patient, std::string{card.text_or_empty("indicator")},
                           std::string{card.text_or_empty("summary")}, reason});
  }
}

Tallies call_for_all_patients(std::size_t& patients) {
  const RunningServer server;
  HttpClient http{server.port()};
  const auto discovery = Document::parse(http.get("/cds-services").body);
  EXPECT_TRUE(discovery);
  Tallies tallies;
  for (const auto& file :
       files_in(std::filesystem::path{CDSS_TEST_DATA} / "synthea/patients", ".ndjson.gz")) {
    const Chart chart{lines_of_gzip(file)};
    ++patients;
    const View services = *discovery->root().at("services");
    for (const View service : services.elements()) {
      const std::string id{service.text_or_empty("id")};
      const std::string name = id + ", " + std::string{service.text_or_empty("hook")};
      SCOPED_TRACE(name + " for patient " + chart.patient_id());
      read_answer(http.post("/cds-services/" + id, make_call(chart, service)), chart.patient_id(),
                  tallies[name]);
    }
  }
  return tallies;
}

std::string report(const Tallies& tallies) {
  std::string out = "# Cards for " + std::to_string(kPatients) + " patients without need of one\n";
  for (const auto& [name, tally] : tallies) {
    out += "\n## " + name + ": " + std::to_string(tally.cards.size()) + " cards in " +
           std::to_string(tally.calls) + " calls\n\n";
    for (const Shown& card : tally.cards) {
      out += "* " + card.indicator + ", " + card.summary + "\n  patient " + card.patient + ": `" +
             card.assessment + "`\n";
    }
  }
  return out;
}

TEST(AlertThrift, LeavesPatientsWithoutNeedInPeace) {
  std::size_t patients = 0;
  const Tallies tallies = call_for_all_patients(patients);
  const std::string text = report(tallies);
  std::cout << text;
  std::ofstream{std::filesystem::path{CDSS_BINARY_DIR} / "tests/alert_thrift.md"} << text;
  EXPECT_EQ(patients, kPatients);
  EXPECT_EQ(tallies.size(), 8U) << "three services at their hooks";
  for (const auto& [name, tally] : tallies) {
    SCOPED_TRACE(name);
    EXPECT_EQ(tally.calls, kPatients);
    EXPECT_EQ(tally.likely, 0U);
    EXPECT_LE(tally.cards.size(), kMostCards);
  }
}

}  // namespace
}  // namespace cdss::test
