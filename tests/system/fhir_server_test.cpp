// The FHIR server of the tests answers as one of an EHR would, and fails as it is told: what tests
// with it rest on.

#include "tests/system/fhir_server.hpp"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "tests/gzip.hpp"
#include "tests/system/ehr.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kSynthea = std::filesystem::path{CDSS_TEST_DATA} / "synthea/patients";

/// A client of the FHIR server, with its token.
class FhirServerTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (FhirServer::missing().empty()) {
      charts = files_in(kSynthea, ".ndjson.gz");
      charts.resize(6);
      ehr = new FhirServer{charts};
    }
  }
  static void TearDownTestSuite() { delete ehr; }

  void SetUp() override {
    if (ehr == nullptr) {
      GTEST_SKIP() << FhirServer::missing();
    }
    ehr->behave("{}");
    ehr->forget();
    http_ = std::make_unique<HttpClient>(ehr->port());
    http_->set_fields(FhirServer::authorization());
  }

  /// What stands at a path below the base, parsed; the document stays until the next call.
  View get(const std::string& path) {
    answer_ = http_->get(path);
    auto document = Document::parse(answer_.body);
    EXPECT_TRUE(document) << path << ": " << answer_.status << ' ' << answer_.body;
    document_ = std::make_unique<Document>(*std::move(document));
    return document_->root();
  }

  /// Type and id of the resource, or of each in a Bundle.
  static std::multiset<std::string> names(View resource) {
    const auto name = [](View one) {
      return std::string{one.text_or_empty("resourceType")} + '/' +
             std::string{one.text_or_empty("id")};
    };
    if (resource.text_or_empty("resourceType") != "Bundle") {
      return {name(resource)};
    }
    std::multiset<std::string> all;
    if (const auto entries = resource.find("entry")) {
      for (const View entry : entries->elements()) {
        all.insert(name(*entry.at("resource")));
      }
    }
    return all;
  }

  /// Path and query of the link to the next page; empty when there is none.
  static std::string next_of(View bundle) {
    const View links = *bundle.at("link");
    for (const View link : links.elements()) {
      if (link.text_or_empty("relation") == "next") {
        const auto url = link.text_or_empty("url");
        return std::string{url.substr(url.find("/fhir"))};
      }
    }
    return "";
  }

  static std::vector<std::filesystem::path> charts;
  static FhirServer* ehr;
  std::unique_ptr<HttpClient> http_;
  HttpAnswer answer_;
  std::unique_ptr<Document> document_;
};

std::vector<std::filesystem::path> FhirServerTest::charts;
FhirServer* FhirServerTest::ehr = nullptr;

/// The prefetch templates of the first service.
std::vector<std::string> templates() {
  const RunningServer server;
  const auto discovery = Document::parse(HttpClient{server.port()}.get("/cds-services").body);
  EXPECT_TRUE(discovery);
  const View services = *discovery->root().at("services");
  const View prefetch = *(*services.elements().begin()).at("prefetch");
  std::vector<std::string> all;
  for (const Member key : prefetch.members()) {
    all.emplace_back(key.value.raw_text());
  }
  return all;
}

/// A template filled in for a patient.
std::string query_for(std::string prefetch_template, const std::string& patient) {
  constexpr std::string_view kToken = "{{context.patientId}}";
  return prefetch_template.replace(prefetch_template.find(kToken), kToken.size(), patient);
}

TEST_F(FhirServerTest, FindsTheSameInAChartAsTheChartItself) {
  const auto wanted = templates();
  std::size_t found = 0;
  for (const auto& file : charts) {
    const Chart chart{lines_of_gzip(file)};
    for (const auto& prefetch_template : wanted) {
      const auto query = query_for(prefetch_template, chart.patient_id());
      SCOPED_TRACE(query);
      const auto expected = Document::parse(chart.answer(query));
      ASSERT_TRUE(expected);
      const auto given = names(get("/fhir/" + query));
      EXPECT_EQ(given, names(expected->root()));
      found += given.size();
    }
  }
  EXPECT_GT(found, 100U) << "the charts are not empty";
}

TEST_F(FhirServerTest, GivesPagesThatTogetherAreTheWholeAnswer) {
  const Chart chart{lines_of_gzip(charts[0])};
  const std::string query = "/fhir/Observation?patient=" + chart.patient_id();
  const auto whole = names(get(query));
  ASSERT_GT(whole.size(), 14U);
  ehr->behave(R"({"pageSize": 7})");
  std::multiset<std::string> joined;
  int pages = 0;
  for (std::string path = query; !path.empty(); ++pages) {
    const View page = get(path);
    ASSERT_EQ(answer_.status, 200);
    const auto some = names(page);
    ASSERT_LE(some.size(), 7U);
    joined.insert(some.begin(), some.end());
    path = next_of(page);
  }
  EXPECT_EQ(joined, whole);
  EXPECT_EQ(static_cast<std::size_t>(pages), (whole.size() + 6) / 7);
}

TEST_F(FhirServerTest, TakesASearchAsAForm) {
  const Chart chart{lines_of_gzip(charts[0])};
  const std::string form = "patient=" + chart.patient_id();
  const auto expected = names(get("/fhir/Condition?" + form));
  const auto answer =
      http_->post("/fhir/Condition/_search", form, "application/x-www-form-urlencoded");
  ASSERT_EQ(answer.status, 200);
  const auto document = Document::parse(answer.body);
  ASSERT_TRUE(document);
  EXPECT_EQ(names(document->root()), expected);
  EXPECT_THAT(expected, ::testing::Not(IsEmpty()));
  EXPECT_EQ(ehr->asked().back().form, form);
}

TEST_F(FhirServerTest, AnswersNobodyWithoutTheTokenAndWritesDownWhoCame) {
  const Chart chart{lines_of_gzip(charts[0])};
  const std::string path = "/fhir/Patient/" + chart.patient_id();
  HttpClient stranger{ehr->port()};
  EXPECT_EQ(stranger.get(path).status, 401);
  stranger.set_fields("Authorization: Bearer x\r\n");
  EXPECT_EQ(stranger.get(path).status, 401);
  EXPECT_EQ(http_->get(path).status, 200);
  EXPECT_EQ(http_->get("/fhir/Patient/nobody").status, 404);
  const auto asked = ehr->asked();
  ASSERT_THAT(asked, SizeIs(4));
  EXPECT_FALSE(asked[0].token);
  EXPECT_FALSE(asked[1].token);
  EXPECT_TRUE(asked[2].token);
  EXPECT_EQ(asked[2].url, path);
  ehr->forget();
  EXPECT_THAT(ehr->asked(), IsEmpty());
}

TEST_F(FhirServerTest, FailsAsItIsTold) {
  const struct {
    const char* fault;
    int status;        // 0: no whole answer
    const char* text;  // what is in the answer
  } rows[] = {
      {"cut", 0, ""},
      {"close", 0, ""},
      {"not_json", 200, R"("entry": [)"},
      {"wrong_media", 200, "<html>"},
      {"wrong_type", 200, R"("Binary")"},
      {"outcome", 200, R"("OperationOutcome")"},
      {"401", 401, R"("OperationOutcome")"},
      {"403", 403, R"("OperationOutcome")"},
      {"404", 404, R"("OperationOutcome")"},
      {"429", 429, R"("OperationOutcome")"},
      {"500", 500, R"("OperationOutcome")"},
      {"503", 503, R"("OperationOutcome")"},
      {"redirect", 302, ""},
      {"foreign_patient", 200, "Patient/somebody-else"},
      {"foreign_next", 200, "/fhir?page=2"},
      {"loop", 200, "/fhir/Condition?patient=p\""},
      {"endless", 200, "/fhir/Condition?patient=p&page=1\""},
  };
  for (const auto& [fault, status, text] : rows) {
    SCOPED_TRACE(fault);
    ehr->behave(std::string{R"({"only": "Condition", "fault": ")"} + fault + "\"}");
    HttpClient http{ehr->port()};
    http.set_fields(FhirServer::authorization());
    const auto answer = http.get("/fhir/Condition?patient=p");
    EXPECT_EQ(answer.status, status);
    EXPECT_THAT(answer.body, ::testing::HasSubstr(text));
    EXPECT_EQ(http.get("/fhir/Procedure?patient=p").status, 200) << "only conditions fail";
  }
}

}  // namespace
}  // namespace cdss::test
