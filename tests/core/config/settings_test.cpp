#include "core/config/settings.hpp"

#include <gtest/gtest.h>

#include "tests/core/config/folder.hpp"

namespace cdss::config {
namespace {

namespace fs = std::filesystem;

class SettingsFile : public ::testing::Test {
 protected:
  SettingsFile() {
    folder_.write("client.json", R"({"id": "here", "authentication": "none", "explain": true})");
  }

  /// A file with `members` beside the two that are required.
  fs::path write(const std::string& members) const {
    return folder_.write("settings.json", R"({"public_url": "http://127.0.0.1:8080/",
      "clients": ["client.json"])" + (members.empty() ? "" : ", " + members) +
                                              "}");
  }
  Result<Settings> read(const std::string& members) const { return Settings::read(write(members)); }

  Folder folder_;
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
  EXPECT_EQ(settings->listen.tls_certificate, (folder_.path() / "a.pem").string());
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

TEST_F(SettingsFile, TakesAPublicUrlAsClientsWriteItAndSaysWhatToWrite) {
  const struct {
    const char* url;
    const char* message;  // null: it is taken
  } rows[] = {
      {"https://cds.example.org", nullptr},
      {"https://cds.example.org/", nullptr},
      {"https://cds.example.org:8443/cds", nullptr},
      {"http://[::1]:8080", nullptr},
      {"https://", "must be an http or https URL of a host"},
      {"https://user@cds.example.org", "must be an http or https URL of a host"},
      {"https://cds.example.org?x", "must be an http or https URL of a host"},
      {"https://cds.example.org#x", "must be an http or https URL of a host"},
      {"ftp://cds.example.org", "must be an http or https URL of a host"},
      {"cds.example.org", "must be an http or https URL of a host"},
      {"https://cds.example.org:443", "must be written https://cds.example.org"},
      {"http://cds.example.org:80/x", "must be written http://cds.example.org/x"},
      {"https://CDS.example.org", "must be written https://cds.example.org"},
      {"HTTPS://cds.example.org/X", "must be written https://cds.example.org/X"},
  };
  for (const auto& [url, message] : rows) {
    SCOPED_TRACE(url);
    const auto settings = Settings::read(folder_.write(
        "url.json", R"({"clients": ["client.json"], "public_url": ")" + std::string{url} + "\"}"));
    ASSERT_EQ(settings.has_value(), message == nullptr);
    if (!settings) {
      EXPECT_TRUE(settings.error().where.ends_with(": public_url")) << settings.error().where;
      EXPECT_TRUE(settings.error().message.starts_with(message)) << settings.error().message;
    }
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

TEST_F(SettingsFile, RefusesAClientWithoutIdOrWithAnotherWayToAuthenticate) {
  folder_.write("client.json", R"({"authentication": "none"})");
  EXPECT_FALSE(read(""));
  folder_.write("client.json", R"({"id": "x", "authentication": "basic"})");
  const auto settings = read("");
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error().code, Errc::out_of_range);
}

TEST_F(SettingsFile, TellsAllThatIsWrongAtOnceAndWhere) {
  folder_.write("client.json", R"({"authentication": "jwt", "mode": "off"})");
  std::vector<Error> faults;
  const fs::path file = write(R"("listen": {"port": -1, "prot": 1}, "lisen": {})");
  Settings::read(file, faults);
  ASSERT_EQ(faults.size(), 4U) << text_of(faults);
  EXPECT_EQ(faults[0].where, file.string() + ": lisen");
  EXPECT_EQ(faults[1].where, file.string() + ": listen.port");
  EXPECT_EQ(faults[2].where, file.string() + ": listen.prot");
  EXPECT_EQ(faults[3].where, (folder_.path() / "client.json").string() + ": mode");
}

TEST_F(SettingsFile, SEC_01_ServesBeyondThisMachineOverTlsUnlessAProxyEndsIt) {
  folder_.write("client.json", R"({"id": "c", "authentication": "jwt", "issuers": ["https://ehr"],
    "jwks_urls": ["https://ehr/jwks"]})");
  const auto refused = read(R"("listen": {"address": "0.0.0.0"})");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().where.ends_with(": listen.address"));
  EXPECT_NE(refused.error().message.find("allow_plain_http"), std::string::npos);
  EXPECT_TRUE(read(R"("listen": {"address": "0.0.0.0", "allow_plain_http": true})"));
  EXPECT_TRUE(
      read(R"("listen": {"address": "::", "tls_certificate": "c.pem", "tls_key": "k.pem"})"));
}

TEST_F(SettingsFile, SEC_04_ServesOpenClientsOnThisMachineOnly) {
  for (const char* client : {R"({"id": "c"})", R"({"id": "c", "authentication": "jwt",
          "issuers": ["https://sandbox.cds-hooks.org"], "jwks_urls": ["https://sandbox/jwks"]})"}) {
    SCOPED_TRACE(client);
    folder_.write("client.json", client);
    const auto refused = read(R"("listen": {"address": "0.0.0.0", "allow_plain_http": true})");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("client c"), std::string::npos);
    EXPECT_TRUE(read(""));
  }
}

}  // namespace
}  // namespace cdss::config
