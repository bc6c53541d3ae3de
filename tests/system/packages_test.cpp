// What a bad package or option costs at the start of the running program.

#include <fstream>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

namespace fs = std::filesystem;

/// A copy of the packages of the build, to be spoiled.
class PackagesTest : public ::testing::Test {
 protected:
  PackagesTest() {
    fs::copy(fs::path{CDSS_BINARY_DIR} / "lib/psoas-cds/plugins", folder_.path(),
             fs::copy_options::recursive);
  }

  std::string settings(const std::string& options = "{}") const {
    return R"("plugins": {"folder": ")" + folder_.path().string() + R"("}, "plugin_options": )" +
           options;
  }

  /// Replaces `what` by `with` in a file of a package.
  void spoil(const std::string& file, const std::string& what, const std::string& with) const {
    const auto path = folder_.path() / file;
    auto text = *read_file(path);
    const auto at = text.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    text.replace(at, what.size(), with);
    std::ofstream{path, std::ios::binary} << text;
  }

  /// Starts the server and expects hip-replacement to be left out, and psoas-likelihood to serve.
  void expect_left_out(const std::string& options = "{}") const {
    const RunningServer server{settings(options)};
    HttpClient http{server.port()};
    const auto discovery = http.get("/cds-services");
    EXPECT_EQ(discovery.status, 200);
    EXPECT_EQ(discovery.body.find("hip-replacement"), std::string::npos) << discovery.body;
    EXPECT_NE(discovery.body.find("psoas-likelihood"), std::string::npos) << discovery.body;
    EXPECT_NE(server.log().find("plugin_load_failed"), std::string::npos) << server.log();
    EXPECT_EQ(http.get("/livez").status, 200);
    const auto ready = http.get("/readyz");
    EXPECT_EQ(ready.status, 503);
    EXPECT_NE(ready.body.find("plugin hip"), std::string::npos) << ready.body;
  }

  TemporaryFolder folder_;
};

TEST_F(PackagesTest, ADamagedFileCostsItsPluginOnly) {
  spoil("hip-replacement/knowledge/tha_status.json", "{", " {");
  expect_left_out(R"({"hip-replacement": {"show": "always"}})");
}

TEST_F(PackagesTest, AManifestThatBreaksCdsHooksCostsItsPluginOnly) {
  spoil("hip-replacement/manifest.json", "appointment-book", "appointment-look");
  expect_left_out();
}

TEST_F(PackagesTest, AMissingManifestCostsItsPluginOnly) {
  fs::remove(folder_.path() / "hip-replacement/manifest.json");
  expect_left_out();
}

TEST_F(PackagesTest, AFolderThatOthersCanWriteCostsItsPluginOnly) {
  fs::permissions(folder_.path() / "hip-replacement", fs::perms::others_write,
                  fs::perm_options::add);
  expect_left_out();
}

TEST_F(PackagesTest, AFolderNotNamedAfterItsPluginIsLeftOut) {
  fs::rename(folder_.path() / "hip-replacement", folder_.path() / "hip");
  expect_left_out();
}

TEST_F(PackagesTest, OfTwoThatOfferOneServiceNeitherIsServed) {
  fs::copy(folder_.path() / "hip-replacement", folder_.path() / "a-thief",
           fs::copy_options::recursive);
  spoil("a-thief/manifest.json", R"("id":"hip-replacement")", R"("id":"a-thief")");
  expect_left_out();
  const TemporaryFolder config;
  config.write("client.json", R"({"id": "test"})");
  const auto file = config.write(
      "settings.json",
      R"({"public_url": "http://127.0.0.1", "clients": ["client.json"], )" + settings() + "}");
  const auto checked = run_program({"check-config", "--config", file.string()});
  EXPECT_EQ(checked.status, 1);
  for (const auto* line :
       {"plugin a-thief: offers the service hip-replacement, as hip-replacement does",
        "plugin hip-replacement: offers the service hip-replacement, as a-thief does"}) {
    EXPECT_NE(checked.errors.find(line), std::string::npos) << checked.errors;
  }
}

TEST_F(PackagesTest, AWrongOptionStopsTheStartWithASentence) {
  const struct {
    const char* options;
    const char* says;
  } rows[] = {
      {R"({"hip-replacement": {"shw": "always"}})", "plugin_options.hip-replacement: shw"},
      {R"({"hip-replacement": {"show": "sometimes"}})", "plugin_options.hip-replacement: show"},
      {R"({"no-such": {}})", "plugin_options.no-such"},
  };
  const TemporaryFolder config;
  config.write("client.json", R"({"id": "test"})");
  for (const auto& [options, says] : rows) {
    SCOPED_TRACE(options);
    const auto file = config.write(
        "settings.json", R"({"public_url": "http://127.0.0.1", "clients": ["client.json"], )"
                         R"("listen": {"port": 0}, "admin": {"enabled": false}, )" +
                             settings(options) + "}");
    const auto run = run_program({"serve", "--config", file.string()});
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.errors.find(says), std::string::npos) << run.errors;
  }
}

}  // namespace
}  // namespace cdss::test
