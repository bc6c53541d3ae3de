// The pages about our services, as the running program serves them, and that cards link to them.

#include <algorithm>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/json/document.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

namespace fs = std::filesystem;

const std::string kExamples = std::string{CDSS_SOURCE_DIR} + "/config/examples/";

std::set<std::string> matches(const std::string& text, const std::string& pattern) {
  std::set<std::string> found;
  const std::regex regex{pattern};
  for (std::sregex_iterator hit{text.begin(), text.end(), regex}, end; hit != end; ++hit) {
    found.insert((*hit)[1]);
  }
  return found;
}

/// The url of each card's source.
std::vector<std::string> source_urls(const std::string& body) {
  std::vector<std::string> urls;
  const auto document = Document::parse(body);
  EXPECT_TRUE(document && document->root().find("cards")) << body;
  if (document && document->root().find("cards")) {
    for (const View card : document->root().find("cards")->elements()) {
      urls.emplace_back(card.at("source")->text_or_empty("url"));
    }
  }
  return urls;
}

class EvidencePages : public ::testing::Test {
 protected:
  /// The ids of the services that have a page; each service of our own is to have one.
  std::set<std::string> services() {
    std::set<std::string> ids;
    const auto discovery = Document::parse(http_.get("/cds-services").body);
    EXPECT_TRUE(discovery);
    for (const View service : discovery->root().find("services")->elements()) {
      const std::string id{service.text_or_empty("id")};
      if (http_.get("/services/" + id).status == 200) {
        ids.insert(id);
      }
    }
    return ids;
  }

  RunningServer server_;
  HttpClient http_{server_.port()};
};

TEST_F(EvidencePages, AreServedAsHtmlThatRunsNothing) {
  const auto ids = services();
  EXPECT_TRUE(ids.contains("psoas-likelihood"));
  EXPECT_TRUE(ids.contains("hip-replacement"));
  for (const auto& id : ids) {
    SCOPED_TRACE(id);
    const auto page = http_.get("/services/" + id);
    for (const char* field : {"Content-Type: text/html; charset=utf-8",
                              "X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
                              "Content-Security-Policy: default-src 'none'; style-src 'sha256-"}) {
      EXPECT_NE(page.header.find(field), std::string::npos) << page.header;
    }
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    const auto targets = matches(page.body, "href=\"#([^\"]*)\"");
    const auto anchors = matches(page.body, " id=\"([^\"]*)\"");
    EXPECT_GT(targets.size(), 10U);
    EXPECT_TRUE(std::ranges::includes(anchors, targets));
    for (const char* words : {"decision support", "clinician", "not been validated",
                              "not a medical device", "Intended use", "Limits"}) {
      EXPECT_NE(page.body.find(words), std::string::npos) << words;
    }
    const auto head = http_.send("HEAD", "/services/" + id, "", "");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.body, "");
  }
}

TEST_F(EvidencePages, AreServedAsJsonWithSourcesThatAreThere) {
  for (const auto& id : services()) {
    SCOPED_TRACE(id);
    const auto page = http_.get("/services/" + id + ".json");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.header.find("Content-Type: application/json"), std::string::npos);
    const auto document = Document::parse(page.body);
    ASSERT_TRUE(document);
    const View root = document->root();
    EXPECT_EQ(root.text_or_empty("service"), id);
    std::set<std::string> known;
    for (const char* list : {"references", "facts"}) {
      ASSERT_TRUE(root.find(list));
      for (const View row : root.find(list)->elements()) {
        known.emplace(row.text_or_empty("id"));
      }
    }
    for (const auto& source : matches(page.body, R"re("(\[[0-9]+\]|S[0-4]-[0-9]{2})"[,\]])re")) {
      EXPECT_TRUE(known.contains(source)) << source;
    }
  }
}

TEST_F(EvidencePages, AreMissingForWhatIsNoService) {
  for (const char* path :
       {"/services", "/services/", "/services/.json", "/services/nobody", "/services/nobody.json",
        "/services/psoas-likelihood/", "/services/psoas-likelihood.html",
        "/services/psoas-likelihood.json.json", "/services/../services/psoas-likelihood"}) {
    EXPECT_EQ(http_.get(path).status, 404) << path;
  }
  for (const char* path : {"/services/psoas-likelihood", "/services/psoas-likelihood.json"}) {
    const auto answer = http_.post(path, "{}");
    EXPECT_EQ(answer.status, 405) << path;
    EXPECT_NE(answer.header.find("Allow: GET, HEAD"), std::string::npos) << answer.header;
  }
}

TEST_F(EvidencePages, AreWhatCardsLinkTo) {
  for (const std::string id : {"psoas-likelihood", "hip-replacement"}) {
    SCOPED_TRACE(id);
    const auto file = kExamples + id + ".json";
    const auto answer = http_.post("/cds-services/" + id, *read_file(file));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto urls = source_urls(answer.body);
    ASSERT_FALSE(urls.empty());
    const std::string expected = "http://127.0.0.1:8080/services/" + id;
    for (const auto& url : urls) {
      EXPECT_EQ(url, expected);
    }
    const auto run = run_program({"evaluate", "--service", id, file});
    EXPECT_EQ(source_urls(run.output), urls) << run.errors;
  }
}

/// A copy of the packages whose evidence file is spoiled: the hash in the manifest is that of the
/// new text, so that it is the evidence that is refused.
TEST(EvidencePackages, AreLeftOutWhenTheirEvidenceNamesWhatTheyLack) {
  const TemporaryFolder source;
  const fs::path build = CDSS_BINARY_DIR;
  fs::copy(build / "lib/psoas-cds/plugins/hip-replacement/knowledge", source.path() / "knowledge");
  auto text = *read_file(source.path() / "knowledge/evidence.json");
  const auto at = text.find("knowledge/references.json");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 25, "knowledge/nowhere.json");
  source.write("knowledge/evidence.json", text);
  const auto run = run_program(
      {"plugin", "describe", (build / "modules/hip_replacement.so").string(),
       (source.path() / "knowledge").string(), (source.path() / "hip-replacement").string()});
  EXPECT_EQ(run.status, 1);
  EXPECT_NE(run.errors.find("knowledge/evidence.json: references: names a file"), std::string::npos)
      << run.errors;
}

}  // namespace
}  // namespace cdss::test
