#include "core/evidence/evidence_page.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include <gmock/gmock.h>

#include "core/evidence/evidence_inputs.hpp"
#include "core/evidence/evidence_links.hpp"
#include "core/json/document.hpp"
#include "core/plugin/make_package.hpp"
#include "core/plugin/sha256.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::evidence {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kHostile =
    R"(<script>alert(1)</script>\"><img src=x onerror='a'>&amp;\u0001)";
constexpr const char* kEscaped =
    "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img src=x "
    "onerror=&#39;a&#39;&gt;&amp;amp;\xEF\xBF\xBD";

/// `text` with X replaced by a text that tries to become markup.
std::string hostile(std::string text) {
  for (auto at = text.find("XX"); at != std::string::npos; at = text.find("XX")) {
    text.replace(at, 2, kHostile);
  }
  return text;
}

const std::string kDeclaration = hostile(R"json({"id":"tester","version":"1.0.0",
  "services":[{"id":"tester","hooks":["patient-view"],"title":"Title XX","description":"About XX",
    "usageRequirements":"Use XX","needs":[
      {"key":"patient","resource":"Patient","level":"required"},
      {"key":"results","resource":"Observation","query":"code=http://loinc.org|1988-5"}],
    "required":[["patient","results"]]},
   {"id":"mute","hooks":["patient-view"],"title":"Mute","description":"Without a page"}],
  "options":{"days":{"type":"integer","default":90,"minimum":1,"maximum":365,"unit":"d",
                     "description":"Days XX","source":"[1] XX"}},
  "source":{"developer":"Dev XX","intended_use":"Tests"}})json");
const std::string kEvidence = hostile(R"json({"services":["tester"],"statement":"Statement XX",
  "intended_use":["Use [1] XX, and `fever` XX"],"population":["RF01 XX"],"logic":["L XX"],
  "limits":["M XX"],"references":"knowledge/papers.json","facts":"knowledge/facts.json",
  "tables":[{"id":"score","title":"Score XX","intro":"Intro XX","note":"about","file":"knowledge/score.json",
    "rows":"rows","columns":[{"member":"id","title":"Rule XX"},{"member":"text","title":"Text"},
      {"member":"points","title":"Points"},{"member":"on","title":"On"},
      {"member":"sources","title":"Sources"}]}]})json");
const std::string kScore = hostile(R"json({"about":"About rows XX","rows":[
  {"id":"fever","text":"Fever XX","points":-0.50,"on":true,"sources":["[1]","S0-01","ours","XX"]},
  {"id":"RF01","text":"see fever","points":2,"sources":["fever"]},
  {"id":"XX","text":["Stretch [1].","Rest."],"points":0,"on":false,"sources":[]}]})json");
const std::string kPapers = hostile(
    R"json({"note":"Note XX","references":[{"id":"[1]","text":"Paper XX","access":"a XX"}]})json");
const std::string kFacts =
    hostile(R"json({"facts":[{"id":"S0-01","text":"It hurts XX","used":["fever","XX"]},
  {"id":"XX","text":"as [1] says","left_out":"Why XX"}]})json");

class EvidencePageTest : public testing::Test {
 protected:
  EvidencePageTest() {
    std::string pattern = fs::temp_directory_path() / "cdss-test-XXXXXX";
    root_ = ::mkdtemp(pattern.data());
    fs::create_directory(root_ / "knowledge");
    write("tester.so", "not opened here");
    write("knowledge/evidence.json", kEvidence);
    write("knowledge/score.json", kScore);
    write("knowledge/papers.json", kPapers);
    write("knowledge/facts.json", kFacts);
    const auto made = plugin::make_package(kDeclaration, root_ / "tester.so", root_ / "knowledge",
                                           root_ / "out/tester");
    EXPECT_TRUE(made) << made.error().where << ' ' << made.error().message;
    auto package = plugin::Package::load(root_ / "out/tester");
    EXPECT_TRUE(package);
    const auto added = catalogue_.add(std::make_shared<const plugin::Package>(*std::move(package)));
    EXPECT_TRUE(added) << added.error().where << ' ' << added.error().message;
    const server::HostedService& tester = *catalogue_.find("tester");
    page_ = EvidencePage::make(*tester.package, *tester.declaration, options_.root());
  }
  ~EvidencePageTest() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  EvidencePageTest(const EvidencePageTest&) = delete;
  EvidencePageTest& operator=(const EvidencePageTest&) = delete;

  void write(const std::string& file, const std::string& text) const {
    std::ofstream{root_ / file, std::ios::binary} << text;
  }

  fs::path root_;
  server::ServiceRegistry catalogue_{"https://cds.example.org/base"};
  Document options_ = *Document::parse(R"({"days": 30})");
  EvidencePage page_;
};

TEST_F(EvidencePageTest, EscapesEveryTextOfThePackage) {
  for (const char* before :
       {"Title ",    "About ", "Use ",   "Days ",  "[1]</a> ",  "Dev ",        "Statement ",
        "RF01</a> ", "L ",     "M ",     "Score ", "Intro ",    "About rows ", "Rule ",
        "Fever ",    "Note ",  "Paper ", "a ",     "It hurts ", "Why "}) {
    EXPECT_THAT(page_.html, HasSubstr(std::string{before} + kEscaped));
  }
  // What is left of the page are tags of ours, whose attributes hold no bracket.
  static const std::set<std::string> kTags{"!DOCTYPE html",
                                           "html",
                                           "head",
                                           "meta",
                                           "title",
                                           "style",
                                           "body",
                                           "main",
                                           "h1",
                                           "h2",
                                           "p",
                                           "div",
                                           "dl",
                                           "dt",
                                           "dd",
                                           "code",
                                           "a",
                                           "nav",
                                           "ul",
                                           "li",
                                           "table",
                                           "thead",
                                           "tbody",
                                           "tr",
                                           "th",
                                           "td",
                                           "br",
                                           "wbr"};
  static const std::regex kTag{
      R"re(<(/?)([a-z0-9]+|!DOCTYPE html)((?: (?:aria-label|charset|class|content|data-title|href|id|)re"
      R"re(lang|name|role|scope)="[^"<>]*")*)>)re"};
  std::size_t tags = 0;
  for (std::sregex_iterator tag{page_.html.begin(), page_.html.end(), kTag}, end; tag != end;
       ++tag) {
    EXPECT_TRUE(kTags.contains((*tag)[2].str())) << tag->str();
    ++tags;
  }
  EXPECT_EQ(tags, static_cast<std::size_t>(std::ranges::count(page_.html, '<')));
  EXPECT_EQ(tags, static_cast<std::size_t>(std::ranges::count(page_.html, '>')));
}

std::set<std::string> all_of(const std::string& html, const std::string& pattern) {
  std::set<std::string> found;
  const std::regex regex{pattern};
  for (std::sregex_iterator hit{html.begin(), html.end(), regex}, end; hit != end; ++hit) {
    EXPECT_TRUE(found.insert((*hit)[1]).second || pattern.starts_with("href")) << hit->str();
  }
  return found;
}

TEST_F(EvidencePageTest, LinksWhatIsOnThePageAndNothingElse) {
  const auto ids = all_of(page_.html, " id=\"([^\"]*)\"");
  for (const auto& target : all_of(page_.html, "href=\"#([^\"]*)\"")) {
    EXPECT_TRUE(ids.contains(target)) << target;
  }
  for (const char* id : {"ref-1", "S0-01", "fever", "RF01", "table-score", "section-limits"}) {
    EXPECT_TRUE(ids.contains(id)) << id;
  }
  EXPECT_THAT(page_.html, HasSubstr("Use <a href=\"#ref-1\">[1]</a>"));
  EXPECT_THAT(page_.html, HasSubstr("<code><a href=\"#fever\">fever</a></code>"));
  EXPECT_THAT(page_.html, HasSubstr("<p><a href=\"#RF01\">RF01</a> "));
  EXPECT_THAT(page_.html, HasSubstr(">see fever</td>")) << "a word is no link";
  EXPECT_THAT(page_.html,
              HasSubstr("<a href=\"#ref-1\">[1]</a>, <a href=\"#S0-01\">S0-01</a>, ours, "));
  EXPECT_THAT(page_.html, HasSubstr("as <a href=\"#ref-1\">[1]</a> says"));
}

TEST_F(EvidencePageTest, SetsEachSentenceOfAListApart) {
  EXPECT_THAT(page_.html, HasSubstr("<p>Stretch <a href=\"#ref-1\">[1]</a>.</p>\n<p>Rest.</p>"));
}

TEST_F(EvidencePageTest, HasNoScriptAndNamesItsStyleInThePolicy) {
  const auto begin = page_.html.find("<style>") + 7;
  const auto style = page_.html.substr(begin, page_.html.find("</style>") - begin);
  const std::string policy = "default-src 'none'; style-src 'sha256-" +
                             plugin::sha256_base64(style) +
                             "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  EXPECT_EQ(EvidencePage::content_security_policy(), policy);
  EXPECT_THAT(page_.html, Not(HasSubstr("style=")));
}

TEST_F(EvidencePageTest, SaysTheSameAsJson) {
  const auto document = Document::parse(page_.json);
  ASSERT_TRUE(document) << page_.json;
  const View root = document->root();
  const auto one = [](View parent, std::string_view name) {
    return *parent.at(name)->elements().begin();
  };
  EXPECT_EQ(root.text_or_empty("service"), "tester");
  EXPECT_EQ(root.text_or_empty("knowledge").size(), 64U);
  EXPECT_THAT(std::string{root.text_or_empty("statement")}, HasSubstr("<script>"));
  const View row = one(one(root, "tables"), "rows");
  EXPECT_EQ(row.at("points")->raw_text(), "-0.50");
  EXPECT_TRUE(row.at("on")->is_boolean());
  EXPECT_EQ(row.at("sources")->size(), 4U);
  EXPECT_EQ(root.at("inputs")->size(), 2U);
  EXPECT_EQ(one(root, "options").text_or_empty("default"), "90");
  EXPECT_EQ(one(root, "options").text_or_empty("allowed"), "1 to 365 d");
  EXPECT_EQ(one(root, "options").text_or_empty("here"), "30");
  EXPECT_EQ(root.at("sourceAttributes")->text_or_empty("intended_use"), "Tests");
  EXPECT_EQ(root.at("facts")->size(), 2U);
  EXPECT_EQ(root.at("references")->size(), 1U);
  EXPECT_EQ(root.at("files")->size(), 4U);
  EXPECT_THAT(page_.html, HasSubstr("<td data-title=\"On this server\">30</td>"));
}

TEST_F(EvidencePageTest, IsLinkedToOnlyWhereAClientMayGo) {
  EXPECT_EQ(catalogue_.find("tester")->page_url, "https://cds.example.org/base/services/tester");
  EXPECT_THAT(catalogue_.find("tester")->link_hosts, testing::ElementsAre("cds.example.org"));
  EXPECT_EQ(catalogue_.find("mute")->page_url, "");
  const struct {
    const char* public_url;
    const char* page;
  } rows[] = {
      {"http://127.0.0.1:8080", "http://127.0.0.1:8080/services/tester"},
      {"http://cds.example.org", ""},
      {"https://user@cds.example.org", ""},
      {"", ""},
  };
  for (const auto& [public_url, page] : rows) {
    server::ServiceRegistry other{public_url};
    ASSERT_TRUE(other.add(catalogue_.find("tester")->package));
    EXPECT_EQ(other.find("tester")->page_url, page) << public_url;
  }
}

TEST(EvidenceInputs, PutAQueryInWords) {
  const struct {
    plugin::Need need;
    const char* words;
  } rows[] = {
      {{"p", "Patient", "", plugin::Level::required}, "The patient"},
      {{"c", "Condition", "", plugin::Level::wanted}, "All Condition resources of the patient"},
      {{"o", "Observation", "code=http://loinc.org|1988-5,http://loinc.org|4537-7&status=final",
        plugin::Level::wanted},
       "Observation resources of the patient with code: LOINC 1988-5 or 4537-7, and status: final"},
      {{"o", "Observation", "code=https://example.org/s|", plugin::Level::wanted},
       "Observation resources of the patient with code: any of https://example.org/s"},
      {{"o", "Observation", "code=1,2,3,4,5,6,7", plugin::Level::wanted},
       "Observation resources of the patient with code: one of 7 values"},
      {{"o", "Observation", "flag", plugin::Level::wanted},
       "Observation resources of the patient with flag: "},
  };
  for (const auto& [need, words] : rows) {
    EXPECT_EQ(words_of(need), words);
  }
}

TEST(EvidenceLinks, FindIdsInProse) {
  Anchors anchors;
  for (const char* id : {"[7]", "S2-06", "RF01", "posture", "[7]"}) {
    anchors.add(id);
  }
  const struct {
    const char* text;
    const char* html;
  } rows[] = {
      {"", ""},
      {"posture [7]", "posture <a href=\"#ref-7\">[7]</a>"},
      {"[7], [8] [ [7", "<a href=\"#ref-7\">[7]</a>, [8] [ [7"},
      {"S2-06.", "<a href=\"#S2-06\">S2-06</a>."},
      {"RF01-", "<a href=\"#RF01\">RF01</a>-"},
      {"xRF01 RF012 RF0", "xRF01 RF012 RF0"},
      {"`posture` `<b>` `open",
       "<code><a href=\"#posture\">posture</a></code> "
       "<code>&lt;b&gt;</code> `open"},
      {"a_b \xC3\xA4[7]", "a_b \xC3\xA4<a href=\"#ref-7\">[7]</a>"},
  };
  for (const auto& [text, html] : rows) {
    Html out;
    write_prose(out, text, anchors);
    EXPECT_EQ(out.written(), html);
  }
  EXPECT_EQ(anchors.add("[7]"), "ref-7-3");
  EXPECT_EQ(anchors.add("a b<c>"), "a-b-c-");
}

}  // namespace
}  // namespace cdss::evidence
