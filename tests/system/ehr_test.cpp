// Acts as an EHR towards the running program: reads discovery, resolves each prefetch template over
// the charts of real test patients, calls every service on every hook, and reads the answers.

#include "tests/system/ehr.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>

#include <gtest/gtest.h>

#include "tests/gzip.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

const std::filesystem::path kData = CDSS_TEST_DATA;

/// What came back about one patient, over all services and hooks.
struct Seen {
  int calls = 0;
  int cards = 0;
  std::string tha_flag;  ///< of hip-replacement
  std::string band;      ///< of psoas-likelihood
};

class Ehr : public ::testing::Test {
 protected:
  Ehr() : http_{server_.port()} {
    const auto answer = http_.get("/cds-services");
    EXPECT_EQ(answer.status, 200);
    auto document = Document::parse(answer.body);
    EXPECT_TRUE(document);
    discovery_ = std::make_unique<Document>(*std::move(document));
    EXPECT_EQ(discovery_->root().at("services")->size(), 8U) << answer.body << server_.log();
  }

  Seen call_everything(const Chart& chart) {
    Seen seen;
    for (const View service : discovery_->root().at("services")->elements()) {
      const std::string id{service.text_or_empty("id")};
      SCOPED_TRACE(id + " at " + std::string{service.text_or_empty("hook")} + " for patient " +
                   chart.patient_id());
      const auto answer = http_.post("/cds-services/" + id, make_call(chart, service));
      read(id, answer, seen);
      ++seen.calls;
    }
    return seen;
  }

  static void read(const std::string& service, const HttpAnswer& answer, Seen& seen) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto document = Document::parse(answer.body);
    ASSERT_TRUE(document) << document.error().message;
    const auto cards = document->root().at("cards");
    ASSERT_TRUE(cards && cards->is_array());
    seen.cards += static_cast<int>(cards->size());
    const auto extension = document->root().at("extension");
    ASSERT_TRUE(extension) << "the test client is shown assessments";
    const auto assessment = extension->at("org.psoas-cds.assessment");
    ASSERT_TRUE(assessment);
    EXPECT_EQ(assessment->text_or_empty("knowledge").size(), 64U);
    if (service == "hip-replacement") {
      const std::string flag{assessment->text_or_empty("thaFlag")};
      EXPECT_TRUE(seen.tha_flag.empty() || seen.tha_flag == flag) << "hooks differ";
      seen.tha_flag = flag;
    } else if (service == "psoas-likelihood") {
      const std::string band{assessment->text_or_empty("band")};
      EXPECT_TRUE(seen.band.empty() || seen.band == band) << "hooks differ";
      seen.band = band;
    }
  }

  /// Calls everything for each chart file of a folder and prints what was seen.
  std::vector<Seen> call_for_files(const char* folder) {
    std::vector<Seen> all;
    for (const auto& file : files_in(kData / folder, ".ndjson.gz")) {
      all.push_back(call_everything(Chart{lines_of_gzip(file)}));
    }
    return all;
  }

  static void print(const char* title, const std::vector<Seen>& all) {
    std::map<std::string, int> counts;
    int calls = 0;
    int cards = 0;
    for (const Seen& seen : all) {
      ++counts["thaFlag " + seen.tha_flag];
      ++counts["band " + seen.band];
      calls += seen.calls;
      cards += seen.cards;
    }
    std::cout << title << ": " << all.size() << " patients, " << calls << " calls, " << cards
              << " cards";
    for (const auto& [name, count] : counts) {
      std::cout << "; " << name << ' ' << count;
    }
    std::cout << '\n';
  }

  static bool is_flagged(const Seen& seen) {
    return seen.tha_flag == "pathway" || seen.tha_flag == "pathway_early";
  }

  RunningServer server_;
  HttpClient http_;
  std::unique_ptr<Document> discovery_;
};

TEST_F(Ehr, FindsNoHipReplacementAndNoLikelyBandInTheOriginalPatients) {
  const auto all = call_for_files("synthea/patients");
  print("originals", all);
  EXPECT_EQ(all.size(), 102U);
  for (const Seen& seen : all) {
    EXPECT_EQ(seen.tha_flag, "none");
    EXPECT_NE(seen.band, "likely");
    EXPECT_FALSE(seen.band.empty());
  }
}

TEST_F(Ehr, FlagsEveryPatientWithAGraftedTotalHipReplacement) {
  const auto all = call_for_files("synthea/derived-thr");
  print("grafted", all);
  EXPECT_EQ(all.size(), 16U);
  EXPECT_TRUE(std::ranges::all_of(all, is_flagged));
}

TEST_F(Ehr, FlagsEveryMeasureCaseWithAHipReplacement) {
  std::vector<Seen> with;
  std::vector<Seen> without;
  for (const auto& file : files_in(kData / "ecqm", ".ndjson.gz")) {
    for (const auto& bundle : lines_of_gzip(file)) {
      const bool replaced = bundle.find("\"0SR9") != std::string::npos ||
                            bundle.find("\"0SRA") != std::string::npos ||
                            bundle.find("\"0SRB") != std::string::npos;
      (replaced ? with : without).push_back(call_everything(Chart::of_bundle(bundle)));
    }
  }
  print("measure cases with a hip replacement", with);
  print("measure cases without", without);
  EXPECT_EQ(with.size(), 40U);
  EXPECT_EQ(with.size() + without.size(), 104U);
  EXPECT_TRUE(std::ranges::all_of(with, is_flagged));
}

}  // namespace
}  // namespace cdss::test
