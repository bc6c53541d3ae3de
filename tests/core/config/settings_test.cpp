#include "core/config/settings.hpp"

#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/base/json_writer.hpp"

namespace cdss::config {
namespace {

namespace fs = std::filesystem;

/// A folder of its own with a client profile in it, gone at the end of the test.
class SettingsFile : public ::testing::Test {
 protected:
  SettingsFile() {
    char name[] = "/tmp/cdss-settings-XXXXXX";
    folder_ = mkdtemp(name);
    write("client.json", R"({"id": "here", "authentication": "none", "explain": true})");
  }
  ~SettingsFile() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, std::string_view text) const {
    std::ofstream{folder_ / name} << text;
    return folder_ / name;
  }

  /// Settings with `members` beside the two that are required.
  Result<Settings> read(const std::string& members) const {
    return Settings::read(write("settings.json", R"({"public_url": "http://127.0.0.1:8080/",
      "clients": ["client.json"])" + (members.empty() ? "" : ", " + members) +
                                                     "}"));
  }

  fs::path folder_;
};

TEST_F(SettingsFile, ReadsDefaultsAndAClient) {
  const auto settings = read("");
  ASSERT_TRUE(settings) << settings.error().where << ' ' << settings.error().message;
  EXPECT_EQ(settings->public_url, "http://127.0.0.1:8080");
  EXPECT_EQ(settings->listen.address, "127.0.0.1");
  EXPECT_EQ(settings->listen.port, 8080);
  ASSERT_EQ(settings->clients.size(), 1U);
  EXPECT_EQ(settings->clients[0].id, "here");
  EXPECT_TRUE(settings->clients[0].explain);
}

TEST_F(SettingsFile, ReadsSectionsAndStartsRelativePathsAtTheFile) {
  const auto settings =
      read(R"("listen": {"port": 0, "threads": 3, "tls_certificate": "a.pem", "tls_key": "/b.pem"},
    "plugins": {"folder": "../packages", "workers": 5}, "plugin_options": {"hip-replacement": {"show": "always"}},
    "disabled_plugins": ["a", "b"])");
  ASSERT_TRUE(settings) << settings.error().where << ' ' << settings.error().message;
  EXPECT_EQ(settings->listen.threads, 3);
  EXPECT_EQ(settings->listen.tls_certificate, (folder_ / "a.pem").string());
  EXPECT_EQ(settings->listen.tls_key, "/b.pem");
  EXPECT_EQ(settings->plugins.folder, "/tmp/packages");
  EXPECT_EQ(settings->plugin_options.at("hip-replacement"), R"({"show":"always"})");
  EXPECT_EQ(settings->disabled_plugins, (std::vector<std::string>{"a", "b"}));
}

TEST_F(SettingsFile, RefusesWhatItCannotKeepAndNamesTheElement) {
  const struct {
    const char* members;
    const char* where;
    Errc code;
  } rows[] = {
      {R"("listen": {"port": 65536})", "listen.port", Errc::out_of_range},
      {R"("listen": {"port": -1})", "listen.port", Errc::out_of_range},
      {R"("listen": {"port": "80"})", "listen.port", Errc::malformed},
      {R"("listen": {"prot": 80})", "listen.prot", Errc::unsupported},
      {R"("listen": [])", "listen", Errc::malformed},
      {R"("listen": {"address": "localhost"})", "listen.address", Errc::malformed},
      {R"("lisen": {})", "lisen", Errc::unsupported},
      {R"("listen": {"tls_key": "k.pem"})", "listen", Errc::unsupported},
      {R"("limits": {"body_bytes": 1})", "limits.body_bytes", Errc::out_of_range},
      {R"("admin": {"address": "0.0.0.0"})", "admin.address", Errc::unsupported},
      {R"("plugin_options": {"x": 1})", "plugin_options.x", Errc::malformed},
      {R"("disabled_plugins": "x")", "disabled_plugins", Errc::malformed},
      {R"("disabled_plugins": ["x", 1])", "disabled_plugins[1]", Errc::malformed},
      {R"("disabled_plugins": ["x", "x"])", "disabled_plugins[1]", Errc::malformed},
      {R"("clients": ["client.json"])", "clients", Errc::malformed},
  };
  for (const auto& [members, where, code] : rows) {
    SCOPED_TRACE(members);
    const auto settings = read(members);
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().code, code);
    EXPECT_TRUE(settings.error().where.ends_with(where)) << settings.error().where;
  }
}

TEST_F(SettingsFile, RefusesToReachBeyondThisMachineUnlessTold) {
  const auto refused = read(R"("listen": {"address": "0.0.0.0"})");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("allow_open_network"), std::string::npos);
  EXPECT_TRUE(read(R"("listen": {"address": "0.0.0.0", "allow_open_network": true})"));
  EXPECT_TRUE(read(R"("listen": {"address": "127.8.9.1"})"));
  EXPECT_TRUE(read(R"("listen": {"address": "::1"})"));
}

TEST(Settings, KnowsTheAddressesOfThisMachine) {
  for (const char* address :
       {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1", "::ffff:127.255.0.9"}) {
    EXPECT_TRUE(is_loopback(address)) << address;
  }
  for (const char* address : {"0.0.0.0", "::", "10.0.0.1", "128.0.0.1", "::2", "::ffff:10.0.0.1",
                              "::127.0.0.1", "localhost", "127.1", "", "127.0.0.1 "}) {
    EXPECT_FALSE(is_loopback(address)) << address;
  }
}

TEST_F(SettingsFile, RefusesAClientWithoutIdOrWithAnotherWayToAuthenticate) {
  write("client.json", R"({"authentication": "none"})");
  EXPECT_FALSE(read(""));
  write("client.json", R"({"id": "x", "authentication": "basic"})");
  const auto settings = read("");
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().code, Errc::out_of_range);
}

TEST(Settings, WhatIsShippedReadsAndItsSchemaAndManualAreCurrent) {
  const fs::path config = fs::path{CDSS_SOURCE_DIR} / "config";
  const auto settings = Settings::read(config / "development.json");
  EXPECT_TRUE(settings) << settings.error().where << ' ' << settings.error().message;
  const auto schema = read_json_file(config / "psoas-cds.schema.json");
  ASSERT_TRUE(schema);
  std::string shipped;
  json::append_value(shipped, schema->root());
  EXPECT_EQ(shipped, settings_schema()) << "make it anew from: psoas-cds check-config --schema";
  EXPECT_NE(read_file(config / "README.md")->find(settings_manual()), std::string::npos)
      << "paste the output of: psoas-cds check-config --manual";
}

}  // namespace
}  // namespace cdss::config
