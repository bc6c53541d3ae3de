// The configuration that is shipped: it reads, its schemas and manual are current, and a profile
// that a site must fill in cannot be used by accident.

#include <algorithm>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/base/ip_address.hpp"
#include "core/config/settings.hpp"
#include "core/json/json_writer.hpp"
#include "tests/core/config/folder.hpp"

namespace cdss::config {
namespace {

namespace fs = std::filesystem;

const fs::path kConfig = fs::path{CDSS_SOURCE_DIR} / "config";
const fs::path kFixtures = fs::path{CDSS_TEST_DATA} / "clients";

/// A JSON file without its white space.
std::string compact(const fs::path& file) {
  const auto document = read_json_file(file);
  EXPECT_TRUE(document) << file;
  std::string text;
  if (document) {
    json::append_value(text, document->root());
  }
  return text;
}

/// Elements that the faults name, e.g. "issuers".
std::vector<std::string> elements_of(const std::vector<Error>& faults) {
  std::vector<std::string> elements;
  for (const Error& fault : faults) {
    elements.push_back(fault.where.substr(fault.where.rfind(' ') + 1));
  }
  return elements;
}

TEST(Shipped, DevelopmentConfigurationReadsAndIsOpenToThisMachineOnly) {
  const auto settings = Settings::read(kConfig / "development.json");
  ASSERT_TRUE(settings) << settings.error().where << ' ' << settings.error().message;
  ASSERT_EQ(settings->clients.size(), 1U);
  const Client& client = settings->clients.front();
  EXPECT_EQ(client.id, "development");
  EXPECT_TRUE(client.explain);
  EXPECT_TRUE(client.allows_origin("http://localhost:3000"));
  EXPECT_TRUE(is_loopback_address(settings->listen.address));
  EXPECT_FALSE(settings->listen.allow_open_network);
}

TEST(Shipped, SchemasAndManualAreCurrent) {
  EXPECT_EQ(compact(kConfig / "psoas-cds.schema.json"), settings_schema())
      << "make it anew from: psoas-cds check-config --schema";
  EXPECT_EQ(compact(kConfig / "client.schema.json"), client_schema())
      << "make it anew from: psoas-cds check-config --client-schema";
  EXPECT_NE(read_file(kConfig / "README.md")->find(settings_manual()), std::string::npos)
      << "paste the output of: psoas-cds check-config --manual";
}

TEST(Shipped, TemplatesAreRefusedUntilASiteFillsThemIn) {
  const struct {
    const char* id;
    std::vector<std::string> to_fill_in;
  } rows[] = {
      {"development", {}},
      {"sandbox", {}},
      {"bahmni", {}},
      {"strict", {"issuers", "jwks_urls"}},
      {"epic", {"issuers", "jwks_urls"}},
      {"inferno", {"issuers", "jwks_urls"}},
      {"oracle", {"jwks_urls", "tenants"}},
  };
  std::size_t shipped = 0;
  for (const auto& file : fs::directory_iterator{kConfig / "clients"}) {
    shipped += file.path().extension() == ".json" ? 1 : 0;
  }
  EXPECT_EQ(shipped, std::size(rows));
  for (const auto& [id, to_fill_in] : rows) {
    SCOPED_TRACE(id);
    std::vector<Error> faults;
    const Client client = Client::read(kConfig / "clients" / (std::string{id} + ".json"), faults);
    EXPECT_EQ(client.id, id);
    EXPECT_FALSE(client.description.empty());
    EXPECT_EQ(elements_of(faults), to_fill_in) << text_of(faults);
    EXPECT_EQ(client.mode, Mode::enforce);
  }
}

TEST(Shipped, ProfilesThatAnyoneCanUseStayOnThisMachine) {
  const Folder folder;
  for (const char* id : {"development", "sandbox", "bahmni"}) {
    SCOPED_TRACE(id);
    const auto settings = Settings::read(folder.write(
        "settings.json",
        R"({"public_url": "https://cds.example.org", "clients": [")" +
            (kConfig / "clients").string() + '/' + id +
            R"(.json"], "listen": {"address": "0.0.0.0", "allow_plain_http": true}})"));
    ASSERT_FALSE(settings);
    EXPECT_NE(settings.error().message.find("allow_open_network"), std::string::npos);
  }
}

/// A template with these lines filled in, as a site would.
std::string filled_in(std::string profile, std::string_view issuer, std::string_view jku,
                      std::string_view tenant) {
  for (const auto& [blank, text] : {std::pair{R"("issuers": [])", issuer},
                                    {R"("jwks_urls": [])", jku},
                                    {R"("tenants": [])", tenant}}) {
    const std::string member{blank};
    if (const auto at = profile.find(member); at != std::string::npos) {
      profile.replace(at, member.size(),
                      member.substr(0, member.size() - 1) + '"' + std::string{text} + "\"]");
    }
  }
  return profile;
}

TEST(Shipped, TemplatesTakeTheTokensOfTheirClientsOnceFilledIn) {
  const Folder folder;
  for (const char* id : {"strict", "epic", "oracle", "inferno"}) {
    SCOPED_TRACE(id);
    const auto token = read_json_file(kFixtures / id / "jwt.json");
    ASSERT_TRUE(token);
    const View header = *token->root().find("header");
    const View claims = *token->root().find("claims");
    const auto issuer = *claims.find("iss")->string();
    const auto jku = *header.find("jku")->string();
    std::vector<Error> faults;
    const Client client = Client::read(
        folder.write("client.json",
                     filled_in(*read_file(kConfig / "clients" / (std::string{id} + ".json")),
                               issuer, jku, claims.text_or_empty("tenant"))),
        faults);
    ASSERT_TRUE(faults.empty()) << text_of(faults);
    EXPECT_EQ(client.issuers, std::vector<std::string>{std::string{issuer}});
    EXPECT_EQ(client.jwks_urls, std::vector<std::string>{std::string{jku}});
    EXPECT_NE(std::ranges::find(client.algorithms, *header.find("alg")->string()),
              client.algorithms.end());
    EXPECT_LE(*claims.find("exp")->integer() - *claims.find("iat")->integer(), client.token_age_s);
    EXPECT_FALSE(client.is_open());
  }
}

TEST(Shipped, EachProfileHasARequestOfItsClientsShape) {
  for (const auto& file : fs::directory_iterator{kConfig / "clients"}) {
    const auto request = read_json_file(kFixtures / file.path().stem() / "request.json");
    ASSERT_TRUE(request) << file.path();
    std::vector<Error> faults;
    const Client profile = Client::read(file.path(), faults);
    const View body = request->root();
    EXPECT_TRUE(body.find("hook"));
    EXPECT_EQ(body.find("hookInstance").has_value(),
              !profile.tolerates(Leniency::no_hook_instance));
    EXPECT_EQ(body.find("context").has_value(), !profile.tolerates(Leniency::no_context));
    EXPECT_TRUE(body.find("prefetch")->find("patient"));
  }
}

}  // namespace
}  // namespace cdss::config
