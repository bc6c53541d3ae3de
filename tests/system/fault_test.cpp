// A plugin that crashes, hangs or answers garbage costs its own calls only, while real calls are in
// flight on the same running program.

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/document.hpp"
#include "core/base/file.hpp"
#include "core/base/uuid.hpp"
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

TEST_F(FaultyPlugins, CostTheirOwnCallsOnlyWhileRealOnesAreInFlight) {
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

}  // namespace
}  // namespace cdss::test
