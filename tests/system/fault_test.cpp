// A plugin that crashes, hangs or answers garbage costs its own calls only, while real calls are in
// flight on the same running program.

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/base/uuid.hpp"
#include "core/json/document.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

namespace fs = std::filesystem;

/// The packages of the build and the faulty ones, in one folder.
class AllPackages : public TemporaryFolder {
 public:
  AllPackages() {
    const fs::path build = CDSS_BINARY_DIR;
    fs::copy(build / "lib/psoas-cds/plugins", path(), fs::copy_options::recursive);
    fs::copy(build / "tests/faulty", path(), fs::copy_options::recursive);
  }
};

std::string call_of(const std::string& instance) {
  return R"({"hook": "patient-view", "hookInstance": ")" + instance +
         R"(", "context": {"userId": "Practitioner/1", "patientId": "p1"}, "prefetch": {}})";
}

class FaultyPlugins : public ::testing::Test {
 protected:
  /// `count` calls of a service, one after another, each judged by `judge(instance, answer)`.
  template <class Judge>
  void call_many(const std::string& service, int count, Judge judge) {
    HttpClient http{server_.port()};
    for (int i = 0; i < count; ++i) {
      const std::string instance = new_uuid();
      judge(instance, http.post("/cds-services/" + service, call_of(instance)));
    }
  }

  void expect_status(const std::string& service, int count, int status) {
    call_many(service, count, [&](const std::string&, const HttpAnswer& answer) {
      EXPECT_EQ(answer.status, status) << service << ": " << answer.body;
      EXPECT_NE(answer.body.find("OperationOutcome"), std::string::npos) << answer.body;
    });
  }

  AllPackages packages_;
  RunningServer server_{R"("plugins": {"workers": 2, "folder": ")" + packages_.path().string() +
                        R"("})"};
};

TEST_F(FaultyPlugins, ERR_06_CostTheirOwnCallsOnlyWhileRealOnesAreInFlight) {
  const auto example =
      read_file(fs::path{CDSS_SOURCE_DIR} / "config/examples/hip-replacement.json");
  ASSERT_TRUE(example);
  std::atomic<bool> stop{false};
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      HttpClient http{server_.port()};
      while (!stop) {
        const auto answer = http.post("/cds-services/hip-replacement", *example);
        EXPECT_EQ(answer.status, 200) << answer.body;
        EXPECT_NE(answer.body.find("\"summary\""), std::string::npos);
        ++good;
      }
    });
  }
  std::vector<std::thread> faults;
  faults.emplace_back([this] { expect_status("faulty-crash", 25, 500); });
  faults.emplace_back([this] { expect_status("faulty-hang", 8, 504); });
  faults.emplace_back([this] { expect_status("faulty-garbage", 50, 500); });
  faults.emplace_back([this] { expect_status("faulty-silent", 50, 500); });
  faults.emplace_back([this] {
    call_many("faulty-sometimes", 60, [](const std::string& instance, const HttpAnswer& answer) {
      EXPECT_EQ(answer.status, instance.back() >= 'a' ? 500 : 200) << answer.body;
    });
  });
  for (auto& thread : faults) {
    thread.join();
  }
  stop = true;
  for (auto& thread : threads) {
    thread.join();
  }
  EXPECT_GT(good, 50);
  EXPECT_TRUE(server_.is_running());
  HttpClient http{server_.port()};
  EXPECT_EQ(http.get("/livez").status, 200);
  EXPECT_EQ(server_.stop(), 0);
}

/// The cards of an answer: a fixed text in the place of the first, and the second as it was.
void expect_replaced(const std::string& body) {
  const auto document = Document::parse(body);
  ASSERT_TRUE(document) << body;
  const auto cards = document->root().at("cards");
  ASSERT_TRUE(cards && cards->size() == 2) << body;
  auto card = cards->elements().begin();
  EXPECT_EQ((*card).text_or_empty("summary"),
            "Red flag in the record: urgent review needed; details could not be shown");
  EXPECT_EQ((*card).text_or_empty("indicator"), "critical");
  EXPECT_EQ((*card).at("source")->text_or_empty("label"), "Psoas CDS, faulty-redflag");
  EXPECT_FALSE((*card).at("source")->find("url")) << "the package has no page";
  EXPECT_EQ((*card).at("extension")->at("org.psoas-cds.card")->text_or_empty("card_kind"),
            "red-flag-infection");
  ++card;
  EXPECT_EQ((*card).text_or_empty("summary"), "Good");
  EXPECT_EQ(body.find("secret words"), std::string::npos) << body;
}

TEST_F(FaultyPlugins, LoseNoRedFlagThatMayNotBeShown) {
  HttpClient http{server_.port()};
  const auto answer = http.post("/cds-services/faulty-redflag", call_of(new_uuid()));
  EXPECT_EQ(answer.status, 200) << answer.body;
  expect_replaced(answer.body);
  const std::string log = server_.log();
  EXPECT_NE(log.find("\"safety_urgent_card_replaced\",\"service\":\"faulty-redflag\",\"count\":1"),
            std::string::npos)
      << log;
  EXPECT_EQ(log.find("ecret words"), std::string::npos) << log;
}

TEST_F(FaultyPlugins, LoseNoRedFlagWithoutAServerEither) {
  const TemporaryFolder folder;
  folder.write("client.json", R"({"id": "test", "explain": true})");
  const auto request = folder.write("request.json", call_of(new_uuid())).string();
  const auto config = folder.write("settings.json", R"({"public_url": "http://127.0.0.1",
    "clients": ["client.json"], "plugins": {"folder": ")" +
                                                        packages_.path().string() + R"("}})");
  const auto run = run_program(
      {"evaluate", "--service", "faulty-redflag", "--config", config.string(), request});
  EXPECT_EQ(run.status, 0) << run.errors;
  expect_replaced(run.output);
  EXPECT_NE(run.errors.find("replaced by a fixed text: cards[0].detail"), std::string::npos)
      << run.errors;
}

TEST(APluginThatCrashesWhenOpened, KeepsTheServerFromBeingReadyUntilItIsDisabled) {
  const TemporaryFolder folder;
  const fs::path build = CDSS_BINARY_DIR;
  fs::create_directory(folder.path() / "plugins");
  for (const auto* const package :
       {"lib/psoas-cds/plugins/hip-replacement", "tests/faulty/faulty-open"}) {
    fs::copy(build / package, folder.path() / "plugins" / fs::path{package}.filename(),
             fs::copy_options::recursive);
  }
  const std::string plugins =
      R"("plugins": {"folder": ")" + (folder.path() / "plugins").string() + R"("})";
  const auto example =
      read_file(fs::path{CDSS_SOURCE_DIR} / "config/examples/hip-replacement.json");
  ASSERT_TRUE(example);
  const struct {
    std::string settings;
    int ready;
    int call;
    const char* logged;
  } rows[] = {
      {plugins, 503, 503, R"("event":"plugin_started","plugin":"faulty-open")"},
      {plugins + R"(, "disabled_plugins": ["faulty-open"])", 200, 404,
       R"("event":"plugin_disabled","plugin":"faulty-open")"},
  };
  for (const auto& [settings, ready, call, logged] : rows) {
    SCOPED_TRACE(settings);
    const RunningServer server{settings};
    HttpClient http{server.port()};
    EXPECT_EQ(http.get("/livez").status, 200);
    EXPECT_EQ(http.get("/readyz").status, ready);
    EXPECT_EQ(http.post("/cds-services/hip-replacement", *example).status, 200);
    EXPECT_EQ(http.get("/cds-services").body.find("faulty-open") == std::string::npos, call == 404);
    EXPECT_EQ(http.post("/cds-services/faulty-open", call_of(new_uuid())).status, call);
    EXPECT_NE(server.log().find(logged), std::string::npos) << server.log();
  }
  folder.write("client.json", R"({"id": "test"})");
  const auto file = folder.write(
      "settings.json", R"({"public_url": "http://127.0.0.1", "clients": ["client.json"], )" +
                           rows[1].settings + "}");
  const auto checked = run_program({"check-config", "--config", file.string()});
  EXPECT_EQ(checked.status, 0) << checked.errors;
  EXPECT_NE(checked.output.find("plugin faulty-open is disabled"), std::string::npos)
      << checked.output;
}

}  // namespace
}  // namespace cdss::test
