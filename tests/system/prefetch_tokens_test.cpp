// Prefetch templates with the tokens of CDS Hooks 3.0: in a package that is served, called by a
// client that sends what they ask for, by one that does not, and evaluated at the command line.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "tests/gzip.hpp"
#include "tests/system/fhir_access.hpp"

namespace cdss::test {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kService = "prefetch-tokens";
const fs::path kPackages = fs::path{CDSS_BINARY_DIR} / "tests/prefetch_tokens";

std::string plugins(const fs::path& folder = kPackages) {
  return R"("plugins": {"workers": 1, "folder": ")" + folder.string() + "\"}";
}

/// What the plugin says of each key, from the answer to a call.
std::string told(const std::string& body, const char* key) {
  const auto document = Document::parse(body);
  const auto extension = document ? document->root().find("extension") : std::nullopt;
  const auto assessment = extension ? extension->find("org.psoas-cds.assessment") : std::nullopt;
  return std::string{assessment ? assessment->text_or_empty(key) : body};
}

/// The encounters that the resources of a searchset name.
std::set<std::string> encounters_of(const std::string& searchset) {
  std::set<std::string> ids;
  const auto document = Document::parse(searchset);
  const auto entries = document ? document->root().find("entry") : std::nullopt;
  if (entries) {
    for (const View entry : entries->elements()) {
      const auto encounter = entry.at("resource")->find("encounter");
      const auto reference = encounter ? encounter->text_or_empty("reference") : "";
      if (reference.starts_with("Encounter/")) {
        ids.emplace(reference.substr(std::string_view{"Encounter/"}.size()));
      }
    }
  }
  return ids;
}

std::set<std::string> split(std::string_view list) {
  std::set<std::string> parts;
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    parts.emplace(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

/// FHIR's date, so many days before today. The program has no other clock than the test.
std::string days_ago(int days) {
  const std::chrono::year_month_day date{
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) -
      std::chrono::days{days}};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

class PrefetchTokens : public FhirAccessTest {
 protected:
  void SetUp() override {
    FhirAccessTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    server_ =
        std::make_unique<RunningServer>(plugins() + ", " + kPatientSettings, "", client_of(*ehr));
    caller_ = std::make_unique<Caller>(*server_);
    while (needed().size() < 2 || needed().size() > 30) {
      ASSERT_LT(++chart_, charts.size()) << "no chart has a few encounters";
    }
  }

  std::string who() const { return patient(chart_); }

  /// The encounters that conditions and procedures of the patient name.
  std::set<std::string> needed() {
    auto ids = encounters_of(as_ehr_->get("/fhir/Condition?patient=" + who()).body);
    ids.merge(encounters_of(as_ehr_->get("/fhir/Procedure?patient=" + who()).body));
    return ids;
  }

  /// The EHR resolves the tokens by itself.
  Answer resolved() {
    return [this](std::string_view key, const std::string&) -> std::optional<std::string> {
      if (key == "patient") {
        return as_ehr_->get("/fhir/Patient/" + who()).body;
      }
      if (key == "role") {
        return std::nullopt;
      }
      std::string query = key == "conditions"   ? "Condition"
                          : key == "procedures" ? "Procedure"
                          : key == "earlier"    ? "Observation"
                                                : "Encounter";
      query += "?patient=" + who();
      if (key == "earlier") {
        query += "&date=lt" + days_ago(90);
      } else if (key == "encounters") {
        std::string ids;
        for (const auto& id : needed()) {
          ids += (ids.empty() ? "" : ",") + id;
        }
        query += "&_id=" + ids;
      }
      return as_ehr_->get("/fhir/" + query).body;
    };
  }

  std::size_t chart_ = 0;
  std::unique_ptr<RunningServer> server_;
};

TEST_F(PrefetchTokens, PF_09_PF_10_PF_12_PF_15_AreListedAsTheyAre) {
  const View prefetch = *caller_->offer(kService).at("prefetch");
  std::string keys;
  for (const Member key : prefetch.members()) {
    keys += std::string{key.name} + ' ';
  }
  EXPECT_EQ(keys, "patient earlier conditions procedures encounters role ");
  EXPECT_EQ(prefetch.text_or_empty("earlier"),
            "Observation?patient={{context.patientId}}&date=lt{{today() - 90 days}}");
  EXPECT_EQ(prefetch.text_or_empty("encounters"),
            "Encounter?patient={{context.patientId}}&_id="
            "{{%conditions.entry.resource.encounter.resolve().ofType(Encounter).id|"
            "%procedures.entry.resource.encounter.resolve().ofType(Encounter).id}}");
}

TEST_F(PrefetchTokens, PF_09_PF_10_PF_11_PF_12_PF_15_PF_17_PF_31_AreFetchedInTwoRounds) {
  const auto ids = needed();
  ehr->forget();
  const auto answer = call(kService, who(), nothing());
  EXPECT_EQ(answer.status, 200) << answer.body;
  const auto asked = ehr->asked();
  ASSERT_EQ(asked.size(), 5U) << "the client's user has no role to read";
  const std::string patient_is = "?patient=" + who();
  std::set<std::string> first;
  for (std::size_t i = 0; i < 4; ++i) {
    first.insert(asked[i].url);
  }
  EXPECT_EQ(first, (std::set<std::string>{
                       "/fhir/Patient/" + who(),
                       "/fhir/Observation" + patient_is + "&date=lt" + days_ago(90),
                       "/fhir/Condition" + patient_is, "/fhir/Procedure" + patient_is}));
  const std::string last = "/fhir/Encounter" + patient_is + "&_id=";
  ASSERT_TRUE(asked[4].url.starts_with(last)) << asked[4].url;
  EXPECT_EQ(split(asked[4].url.substr(last.size())), ids);
  EXPECT_EQ(told(answer.body, "encounters"), "present " + std::to_string(ids.size()));
  EXPECT_THAT(told(answer.body, "earlier"), HasSubstr("present"));
  EXPECT_EQ(told(answer.body, "role"), "unavailable");
}

TEST_F(PrefetchTokens, PF_48_AreReadAsAClientSendsThem) {
  const auto fetched = call(kService, who(), nothing());
  const auto body = make_call(who(), caller_->offer(kService), resolved());
  ehr->forget();
  const auto sent = caller_->call(kService, body);
  EXPECT_EQ(sent.status, 200) << sent.body;
  EXPECT_THAT(ehr->asked(), IsEmpty());
  for (const char* key : {"patient", "earlier", "conditions", "procedures", "encounters", "role"}) {
    EXPECT_EQ(told(sent.body, key), told(fetched.body, key)) << key;
  }
  // What the second round needs may be sent, and what it asks for not.
  const auto half = call(kService, who(), without({"encounters"}, resolved()));
  EXPECT_EQ(told(half.body, "encounters"), told(sent.body, "encounters"));
}

TEST_F(PrefetchTokens, PF_18_AreNotNeeded) {
  const auto body = make_call(who(), caller_->offer(kService),
                              without({"earlier", "encounters", "role"}, resolved()));
  const auto answer = caller_->call(kService, body);
  EXPECT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(told(answer.body, "conditions"), HasSubstr("present"));
  EXPECT_EQ(told(answer.body, "earlier"), "unavailable");
  EXPECT_EQ(told(answer.body, "encounters"), "unavailable");
}

TEST_F(PrefetchTokens, PF_09_PF_10_PF_12_AreResolvedOverARecord) {
  const TemporaryFolder folder;
  folder.write("client.json", R"({"id": "test", "explain": true})");
  const auto config =
      folder
          .write("settings.json",
                 R"({"public_url": "http://127.0.0.1", "clients": ["client.json"], )" + plugins() +
                     "}")
          .string();
  std::string record;
  for (const auto& line : lines_of_gzip(charts[chart_])) {
    record += line + '\n';
  }
  const auto file = folder.write("record.ndjson", record).string();
  const std::vector<std::string> evaluate{"evaluate", "--service", std::string{kService},
                                          "--config", config};
  const auto run = [&](std::vector<std::string> more) {
    auto arguments = evaluate;
    arguments.insert(arguments.end(), more.begin(), more.end());
    const auto finished = run_program(arguments);
    EXPECT_EQ(finished.status, 0) << finished.errors;
    return finished.output;
  };
  const auto answer = run({"--patient", file});
  EXPECT_EQ(told(answer, "encounters"), "present " + std::to_string(needed().size()));
  const auto request = folder.write("request.json", run({"--patient", file, "--show-request"}));
  const auto again = run({request.string()});
  const auto fetched = call(kService, who(), nothing());
  for (const char* key : {"patient", "earlier", "conditions", "procedures", "encounters"}) {
    EXPECT_EQ(told(answer, key), told(fetched.body, key)) << key;
    EXPECT_EQ(told(again, key), told(fetched.body, key)) << key;
  }
}

TEST(PrefetchTokenPackage, PF_04_PF_09_PF_10_PF_11_PF_12_PF_13_PF_16_PF_17_IsRefusedByName) {
  const struct {
    const char* what;
    const char* with;
    const char* says;
  } rows[] = {
      {R"("prefetchTokens":"fhirpath",)", "", "neither context.field nor a user token"},
      {"today() - 90 days", "today() - 3 months", "something else than whole days"},
      {"ofType(Encounter)", "ofType(Visit)", "no resource type of FHIR R4"},
      {"encounter.resolve()", "encounter.first()", "a function other than ofType, resolve"},
      {"%conditions.entry", "%role.entry", "does not stand before it"},
      {"%conditions.entry", "%encounters.entry", "does not stand before it"},
      {"%conditions.entry", "%my-key.entry", "no plain identifier"},
      {"&_id={{", "&_id=x{{", "no whole search value"},
      {"PractitionerRole/{{userPractitionerRoleId}}",
       "PractitionerRole?practitioner={{%encounters.entry.id}}", "needs another key itself"},
  };
  for (const auto& [what, with, says] : rows) {
    SCOPED_TRACE(with);
    const TemporaryFolder packages;
    fs::copy(kPackages, packages.path(), fs::copy_options::recursive);
    const auto manifest = packages.path() / kService / "manifest.json";
    auto text = *read_file(manifest);
    const auto at = text.find(what);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, std::string_view{what}.size(), with);
    std::ofstream{manifest, std::ios::binary} << text;
    const TemporaryFolder folder;
    folder.write("client.json", R"({"id": "test"})");
    const auto config = folder.write(
        "settings.json", R"({"public_url": "http://127.0.0.1", "clients": ["client.json"], )" +
                             plugins(packages.path()) + "}");
    const auto finished = run_program({"evaluate", "--service", std::string{kService}, "--config",
                                       config.string(), "request.json"});
    EXPECT_EQ(finished.status, 1);
    EXPECT_THAT(finished.errors, HasSubstr(says));
    EXPECT_THAT(finished.errors, HasSubstr("services[0]"));
  }
}

}  // namespace
}  // namespace cdss::test
