#include "core/config/client.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/core/config/client_file.hpp"

namespace cdss::config {
namespace {

TEST_F(ClientFile, IsStrictUnlessItSaysOtherwise) {
  std::vector<Error> faults;
  const Client client = read_jwt("", faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  EXPECT_EQ(client.algorithms, (std::vector<std::string>{"ES384", "RS384"}));
  EXPECT_EQ(client.token_age_s, 3600);
  EXPECT_EQ(client.clock_skew_s, 60);
  EXPECT_EQ(client.replay, Replay::refuse);
  EXPECT_EQ(client.mode, Mode::enforce);
  EXPECT_EQ(client.cds_hooks_version, CdsHooksVersion::v2_0);
  EXPECT_TRUE(client.leniencies.empty());
  EXPECT_TRUE(client.tenants.empty());
  EXPECT_TRUE(client.cors_origins.empty());
  EXPECT_FALSE(client.is_open());
  EXPECT_TRUE(client.cautions().empty());
}

TEST_F(ClientFile, SUG_10_AClientTakesOnlyTheFeaturesItsProfileNames) {
  std::vector<Error> faults;
  const Client unknown = read_jwt("", faults);
  const Client known =
      read_jwt(R"("features": ["action_selection_behavior", "system_actions_extension"])", faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  EXPECT_TRUE(known.takes(Feature::action_selection_behavior));
  EXPECT_TRUE(known.takes(Feature::system_actions_extension));
  EXPECT_FALSE(known.takes(Feature::system_actions));
  EXPECT_FALSE(unknown.takes(Feature::action_selection_behavior));
}

TEST_F(ClientFile, SYS_04_SystemActionsAreOffUntilTheyAreAgreed) {
  std::vector<Error> faults;
  EXPECT_FALSE(read_jwt("", faults).takes(Feature::system_actions));
  EXPECT_TRUE(read_jwt(R"("features": ["system_actions"])", faults).takes(Feature::system_actions));
  EXPECT_TRUE(faults.empty()) << text_of(faults);
}

TEST_F(ClientFile, EXT_06_ExtensionsAreOffUntilTheyAreAgreed) {
  std::vector<Error> faults;
  EXPECT_FALSE(read_jwt("", faults).explain);
  EXPECT_TRUE(read_jwt(R"("explain": true)", faults).explain);
}

TEST_F(ClientFile, JWT_07_TakesOnlyTheAlgorithmsOfItsList) {
  std::vector<Error> faults;
  const Client client = read_jwt(R"("algorithms": ["PS512", "ES256"])", faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  EXPECT_EQ(client.algorithms, (std::vector<std::string>{"PS512", "ES256"}));
  for (const char* algorithm : {"none", "None", "HS256", "HS384", "EdDSA", "es384", ""}) {
    SCOPED_TRACE(algorithm);
    faults.clear();
    read_jwt(R"("algorithms": [")" + std::string{algorithm} + R"("])", faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_TRUE(faults[0].where.ends_with(": algorithms[0]")) << faults[0].where;
    EXPECT_EQ(faults[0].code, Errc::out_of_range);
  }
}

TEST_F(ClientFile, RefusesWhatItCannotKeepAndNamesTheElement) {
  const struct {
    const char* members;
    const char* where;
    Errc code;
  } rows[] = {
      {R"("authentication": "basic")", "authentication", Errc::out_of_range},
      {R"("issuer": "https://ehr")", "issuer", Errc::unsupported},
      {R"("token_age_s": 0)", "token_age_s", Errc::out_of_range},
      {R"("token_age_s": 86401)", "token_age_s", Errc::out_of_range},
      {R"("clock_skew_s": 301)", "clock_skew_s", Errc::out_of_range},
      {R"("clock_skew_s": -1)", "clock_skew_s", Errc::out_of_range},
      {R"("replay": "on")", "replay", Errc::out_of_range},
      {R"("replay_window_s": 0)", "replay_window_s", Errc::out_of_range},
      {R"("mode": "off")", "mode", Errc::out_of_range},
      {R"("cds_hooks_version": "1.1")", "cds_hooks_version", Errc::out_of_range},
      {R"("cds_hooks_version": 2.0)", "cds_hooks_version", Errc::malformed},
      {R"("features": ["telepathy"])", "features[0]", Errc::out_of_range},
      {R"("leniencies": ["typ_missing", "typ_missing"])", "leniencies[1]", Errc::malformed},
      {R"("leniencies": "typ_missing")", "leniencies", Errc::malformed},
      {R"("issuers": [" "])", "issuers[0]", Errc::malformed},
      {R"("issuers": [7])", "issuers[0]", Errc::malformed},
      {R"("services": ["Hip Replacement"])", "services[0]", Errc::malformed},
      {R"("issuers": ["https://ehr"])", "issuers", Errc::unsupported},
      {R"("jwks_urls": ["https://ehr/jwks"])", "jwks_urls", Errc::unsupported},
      {R"("tenants": ["a"])", "tenants", Errc::unsupported},
      {R"("certificate_names": ["ehr.example.org"])", "certificate_names", Errc::unsupported},
      {R"("cds_hooks_version": "1.0", "features": ["system_actions"])", "features",
       Errc::unsupported},
  };
  for (const auto& [members, where, code] : rows) {
    SCOPED_TRACE(members);
    std::vector<Error> faults;
    read(members, faults);
    ASSERT_EQ(faults.size(), 1U) << text_of(faults);
    EXPECT_EQ(faults[0].where, (folder_.path() / "client.json").string() + ": " + where);
    EXPECT_EQ(faults[0].code, code);
    EXPECT_FALSE(faults[0].message.empty());
    EXPECT_FALSE(faults[0].message.ends_with('.'));
  }
}

TEST_F(ClientFile, NeedsATenantWhereTheIssuerSignsForEveryCustomer) {
  const struct {
    const char* members;
    bool is_refused;
  } rows[] = {
      {R"("issuers": ["https://cds-hooks.cerner.com"])", true},
      {R"("issuers": ["https://cds-hooks.cerner.com/"], "tenants": [])", true},
      {R"("issuers": ["https://CDS-hooks.Cerner.com"])", true},
      {R"("issuers": ["https://cds-hooks.sandboxcerner.com"])", true},
      {R"("issuers": ["https://ehr.example.org", "https://cds-hooks.cerner.com"])", true},
      {R"("issuers": ["https://cds-hooks.cerner.com"], "tenants": ["ec2458f2"])", false},
      {R"("issuers": ["https://ehr.example.org"])", false},
  };
  for (const auto& [members, is_refused] : rows) {
    SCOPED_TRACE(members);
    std::vector<Error> faults;
    read(R"("authentication": "jwt", "jwks_urls": ["https://ehr.example.org/jwks"], )" +
             std::string{members},
         faults);
    ASSERT_EQ(faults.size(), is_refused ? 1U : 0U) << text_of(faults);
    if (is_refused) {
      EXPECT_EQ(faults[0].code, Errc::missing);
      EXPECT_TRUE(faults[0].where.ends_with(": tenants")) << faults[0].where;
    }
  }
}

TEST_F(ClientFile, RefusesAnIdThatCouldNotStandInALog) {
  for (const char* id :
       {"", "Upper", "a b", "-a", "a_b", "a\\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    SCOPED_TRACE(id);
    std::vector<Error> faults;
    Client::read(folder_.write("id.json", R"({"id": ")" + std::string{id} + R"("})"), faults);
    ASSERT_EQ(faults.size(), 1U) << text_of(faults);
    EXPECT_TRUE(faults[0].where.ends_with(": id"));
  }
}

TEST_F(ClientFile, TellsAllThatIsWrongAtOnce) {
  std::vector<Error> faults;
  read(R"("token_age_s": 0, "mode": "off", "surprise": 1)", faults);
  EXPECT_EQ(faults.size(), 3U) << text_of(faults);
  faults.clear();
  read(R"("authentication": "jwt", "cors_origins": ["*"])", faults);
  EXPECT_EQ(faults.size(), 3U) << text_of(faults);  // issuer, keys, origin
}

TEST_F(ClientFile, NeedsAnIssuerAndKeysForAJwt) {
  const struct {
    const char* members;
    std::vector<std::string> missing;
  } rows[] = {
      {R"("authentication": "jwt")", {"issuers", "jwks_urls"}},
      {R"("authentication": "jwt", "issuers": [], "jwks_urls": [])", {"issuers", "jwks_urls"}},
      {R"("authentication": "jwt", "issuers": ["https://ehr"])", {"jwks_urls"}},
      {R"("authentication": "jwt", "jwks_urls": ["https://ehr/jwks"])", {"issuers"}},
      {R"("authentication": "jwt_and_certificate", "jwks_urls": ["https://ehr/jwks"])",
       {"issuers", "certificate_sha256"}},
      {R"("authentication": "certificate")", {"certificate_sha256"}},
  };
  for (const auto& [members, missing] : rows) {
    SCOPED_TRACE(members);
    std::vector<Error> faults;
    read(members, faults);
    ASSERT_EQ(faults.size(), missing.size()) << text_of(faults);
    for (std::size_t i = 0; i < missing.size(); ++i) {
      EXPECT_EQ(faults[i].code, Errc::missing);
      EXPECT_TRUE(faults[i].where.ends_with(": " + missing[i])) << faults[i].where;
    }
  }
  std::vector<Error> faults;
  read_jwt(R"("algorithms": [])", faults);
  ASSERT_EQ(faults.size(), 1U) << text_of(faults);
  EXPECT_TRUE(faults[0].where.ends_with(": algorithms"));
}

TEST_F(ClientFile, JWT_24_FetchesKeysOverHttpsAndHttpOnlyOnThisMachineWhenToldSo) {
  const struct {
    const char* url;
    bool strict;
    bool told_so;
  } rows[] = {
      {"https://ehr.example.org/jwks.json", true, true},
      {"https://ehr.example.org:8443/a/b?c=d", true, true},
      {"https://[::1]:8443/jwks", true, true},
      {"http://127.0.0.1:4567/jwks", false, true},
      {"http://localhost/jwks", false, true},
      {"http://[::1]/jwks", false, true},
      {"http://ehr.example.org/jwks", false, false},
      {"http://127.0.0.2/jwks", false, false},
      {"http://localhost.example.org/jwks", false, false},
      {"https://user@ehr.example.org/jwks", false, false},
      {"https://ehr.example.org/jwks#a", false, false},
      {"https://EHR.example.org:443/jwks", true, true},
      {"https://fhir_server.example.org/jwks", true, true},
      {"https://127.1/jwks", false, false},
      {"ehr.example.org/jwks", false, false},
      {"file:///etc/jwks", false, false},
      {"https://", false, false},
  };
  for (const auto& [url, strict, told_so] : rows) {
    for (const bool tell : {false, true}) {
      SCOPED_TRACE(std::string{url} + (tell ? ", told so" : ""));
      std::vector<Error> faults;
      read(R"("authentication": "jwt", "issuers": ["https://ehr"], "allow_http_on_loopback": )" +
               std::string{tell ? "true" : "false"} + R"(, "jwks_urls": [")" + url + "\"]",
           faults);
      EXPECT_EQ(faults.empty(), tell ? told_so : strict) << text_of(faults);
    }
  }
}

TEST_F(ClientFile, ReadsAKeyFileBesideItAndRefusesSecretKeys) {
  const struct {
    const char* keys;
    const char* where;  // empty: good
  } rows[] = {
      {R"({"keys": [{"kty": "EC", "crv": "P-384", "x": "a", "y": "b", "kid": "1"}]})", ""},
      {R"({"keys": []})", ""},
      {R"({"keys": [{"kty": "EC", "x": "a"}, {"kty": "EC", "x": "a", "d": "Zm9v"}]})",
       "jwks.json: keys[1]"},
      {R"({"keys": [{"kty": "oct", "k": "Zm9v"}]})", "jwks.json: keys[0]"},
      {R"({"kty": "EC"})", "jwks.json"},
      {R"([])", "jwks.json"},
      {R"({"keys": )", "jwks.json"},
  };
  for (const auto& [keys, where] : rows) {
    SCOPED_TRACE(keys);
    folder_.write("jwks.json", keys);
    std::vector<Error> faults;
    const Client client = read(
        R"("authentication": "jwt", "issuers": ["https://ehr"], "jwks_file": "jwks.json")", faults);
    EXPECT_EQ(client.jwks_file, (folder_.path() / "jwks.json").string());
    ASSERT_EQ(faults.size(), *where == '\0' ? 0U : 1U) << text_of(faults);
    if (!faults.empty()) {
      EXPECT_NE(faults[0].where.find(where), std::string::npos) << faults[0].where;
      EXPECT_EQ(faults[0].message.find("Zm9v"), std::string::npos) << faults[0].message;
    }
  }
  std::vector<Error> faults;
  read(R"("authentication": "jwt", "issuers": ["https://ehr"], "jwks_file": "none.json")", faults);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].code, Errc::missing);
}

TEST_F(ClientFile, SaysWhatItWaivesOnPurpose) {
  const struct {
    const char* members;
    const char* says;  // empty: nothing
  } rows[] = {
      {R"("mode": "warn")", "mode is warn"},
      {R"("replay": "off")", "replay is off"},
      {R"("replay": "allow_window", "replay_window_s": 120)", "120 s"},
      {R"("token_age_s": 60)", ""},
  };
  for (const auto& [members, says] : rows) {
    SCOPED_TRACE(members);
    std::vector<Error> faults;
    const auto cautions = read_jwt(members, faults).cautions();
    ASSERT_EQ(cautions.size(), *says == '\0' ? 0U : 1U);
    if (!cautions.empty()) {
      EXPECT_NE(cautions[0].find(says), std::string::npos) << cautions[0];
    }
  }
  std::vector<Error> faults;
  const Client open = read(R"("mode": "warn")", faults);
  EXPECT_EQ(open.cautions().size(), 2U);
  EXPECT_TRUE(open.is_open());
}

TEST_F(ClientFile, IsOpenToAllWhenItsIssuersKeyIsPublished) {
  const std::string members =
      R"("issuers": ["https://sandbox.cds-hooks.org"], "jwks_urls": ["https://sandbox.cds-hooks.org/jwks"],
         "authentication": )";
  std::vector<Error> faults;
  const Client jwt = read(members + R"("jwt")", faults);
  EXPECT_TRUE(jwt.is_open());
  EXPECT_EQ(jwt.cautions().size(), 1U);
  const Client both =
      read(members + R"("jwt_and_certificate", "certificate_names": ["a"])", faults);
  EXPECT_FALSE(both.is_open());
  EXPECT_TRUE(faults.empty()) << text_of(faults);
}

TEST_F(ClientFile, ShowsEveryEntryThatIsInForceAndMarksWhatIsNotTheDefault) {
  std::vector<Error> faults;
  const std::string table = client_table(read_jwt(R"("clock_skew_s": 5)", faults));
  for (const char* line :
       {"* issuers                 https://ehr\n", "* clock_skew_s            5\n",
        "  token_age_s             3600\n", "  mode                    \"enforce\"\n",
        "  algorithms              ES384, RS384\n", "  tenants                 any\n",
        "  explain                 false\n"}) {
    EXPECT_NE(table.find(line), std::string::npos) << line << table;
  }
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(table, '\n')), Client::rows().size());
}

}  // namespace
}  // namespace cdss::config
