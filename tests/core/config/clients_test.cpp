// Several client profiles in one configuration: what no two may share, and whose a caller is.

#include <gtest/gtest.h>

#include "core/config/settings.hpp"
#include "tests/core/config/folder.hpp"

namespace cdss::config {
namespace {

const std::string kFingerprint(64, 'a');

class Clients : public ::testing::Test {
 protected:
  /// Settings with TLS and these client profiles.
  Settings read(
      const std::vector<std::string>& clients, std::vector<Error>& faults,
      const std::string& listen =
          R"("tls_certificate": "c", "tls_key": "k", "tls_client_authorities": "a")") const {
    std::string names;
    for (std::size_t i = 0; i < clients.size(); ++i) {
      const std::string name = "client" + std::to_string(i) + ".json";
      folder_.write(name, clients[i]);
      names += (i == 0 ? "\"" : ", \"") + name + '"';
    }
    return Settings::read(
        folder_.write("settings.json", R"({"public_url": "https://cds.example.org", "listen": {)" +
                                           listen + R"(}, "clients": [)" + names + "]}"),
        faults);
  }

  Folder folder_;
};

std::string jwt(const std::string& id, const std::string& issuer, const std::string& more = "") {
  return R"({"id": ")" + id + R"(", "authentication": "jwt", "jwks_urls": ["https://ehr/jwks"],
    "issuers": [")" +
         issuer + "\"]" + (more.empty() ? "" : ", " + more) + "}";
}

std::string certificate(const std::string& id, const std::string& members) {
  return R"({"id": ")" + id + R"(", "authentication": "certificate", )" + members + "}";
}

TEST_F(Clients, AreToldApartByIssuerAndCertificate) {
  std::vector<Error> faults;
  const Settings settings =
      read({R"({"id": "open"})", jwt("a", "https://a"), jwt("b", "https://b"),
            certificate("c", R"("certificate_sha256": [")" + kFingerprint + "\"]"),
            certificate("d", R"("certificate_names": ["d.example.org"])")},
           faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  ASSERT_EQ(settings.clients.size(), 5U);
  EXPECT_EQ(settings.open_client()->id, "open");
  EXPECT_EQ(settings.client_of_issuer("https://b")->id, "b");
  EXPECT_EQ(settings.client_of_issuer("https://B"), nullptr);
  EXPECT_EQ(settings.client_of_issuer(""), nullptr);
}

TEST_F(Clients, ShareNothingThatTellsThemApart) {
  const std::string by_fingerprint = R"("certificate_sha256": [")" + kFingerprint + "\"]";
  const std::string by_name = R"("certificate_names": ["ehr.example.org"])";
  const struct {
    std::vector<std::string> clients;
    const char* where;
  } rows[] = {
      {{jwt("a", "https://a"), jwt("a", "https://b")}, "client1.json: id"},
      {{jwt("a", "https://a"), jwt("b", "https://a")}, "client1.json: issuers[0]"},
      {{R"({"id": "a"})", R"({"id": "b"})"}, "client1.json: authentication"},
      {{certificate("a", by_fingerprint), certificate("b", by_fingerprint)},
       "client1.json: certificate_sha256[0]"},
      {{certificate("a", by_name), certificate("b", by_name)},
       "client1.json: certificate_names[0]"},
  };
  for (const auto& [clients, where] : rows) {
    SCOPED_TRACE(where);
    std::vector<Error> faults;
    read(clients, faults);
    ASSERT_EQ(faults.size(), 1U) << text_of(faults);
    EXPECT_EQ(faults[0].code, Errc::unsupported);
    EXPECT_TRUE(faults[0].where.ends_with(where)) << faults[0].where;
  }
}

TEST_F(Clients, MayShareACertificateWhenEachAlsoNeedsAJwt) {
  const auto both = [](const std::string& id) {
    return R"({"id": ")" + id + R"(", "authentication": "jwt_and_certificate", "jwks_urls":
      ["https://ehr/jwks"], "certificate_names": ["gateway.example.org"], "issuers": ["https://)" +
           id + "\"]}";
  };
  std::vector<Error> faults;
  read({both("a"), both("b")}, faults);
  EXPECT_TRUE(faults.empty()) << text_of(faults);
  read({both("a"), certificate("c", R"("certificate_names": ["gateway.example.org"])")}, faults);
  EXPECT_EQ(faults.size(), 1U) << text_of(faults);
}

TEST_F(Clients, WithCertificatesNeedTls) {
  const auto client = certificate("a", R"("certificate_names": ["ehr.example.org"])");
  std::vector<Error> faults;
  read({client}, faults, "");
  ASSERT_EQ(faults.size(), 1U) << text_of(faults);
  EXPECT_TRUE(faults[0].where.ends_with("client0.json: authentication"));
  faults.clear();
  read({client}, faults, R"("tls_certificate": "c", "tls_key": "k")");
  ASSERT_EQ(faults.size(), 1U) << text_of(faults);
  EXPECT_TRUE(faults[0].where.ends_with("client0.json: certificate_names"));
  faults.clear();
  read({certificate("a", R"("certificate_sha256": [")" + kFingerprint + "\"]")}, faults,
       R"("tls_certificate": "c", "tls_key": "k")");
  EXPECT_TRUE(faults.empty()) << text_of(faults);
  read({R"({"id": "a"})"}, faults, R"("tls_client_authorities": "a")");
  ASSERT_EQ(faults.size(), 1U) << text_of(faults);
  EXPECT_TRUE(faults[0].where.ends_with(": listen.tls_client_authorities"));
  faults.clear();
  read({R"({"id": "a"})"}, faults, R"("require_client_certificate": true)");
  ASSERT_EQ(faults.size(), 1U) << text_of(faults);
  EXPECT_TRUE(faults[0].where.ends_with(": listen.require_client_certificate"));
}

TEST_F(Clients, CanShowACertificateThatIsTakenWhereOneIsRequired) {
  const std::string listen =
      R"("tls_certificate": "c", "tls_key": "k", "require_client_certificate": true)";
  std::vector<Error> faults;
  read({jwt("a", "https://a")}, faults, listen);
  ASSERT_EQ(faults.size(), 1U) << text_of(faults);
  EXPECT_TRUE(faults[0].where.ends_with(": listen.require_client_certificate"));
  faults.clear();
  read({jwt("a", "https://a")}, faults, listen + R"(, "tls_client_authorities": "a")");
  read({certificate("a", R"("certificate_sha256": [")" + kFingerprint + "\"]")}, faults, listen);
  EXPECT_TRUE(faults.empty()) << text_of(faults);
}

TEST_F(Clients, CautionThatAFingerprintLetsUnknownAuthoritiesIn) {
  std::vector<Error> faults;
  const Settings settings =
      read({certificate("a", R"("certificate_sha256": [")" + kFingerprint + "\"]"),
            certificate("b", R"("certificate_names": ["ehr.example.org"])")},
           faults);
  ASSERT_EQ(settings.clients.size(), 2U);
  const auto cautions = settings.clients[0].cautions();
  ASSERT_EQ(cautions.size(), 1U);
  EXPECT_NE(cautions[0].find("unknown authority"), std::string::npos);
  EXPECT_TRUE(settings.clients[1].cautions().empty());
}

TEST_F(Clients, AreAtLeastOne) {
  std::vector<Error> faults;
  read({}, faults);
  ASSERT_EQ(faults.size(), 1U) << text_of(faults);
  EXPECT_TRUE(faults[0].where.ends_with(": clients"));
}

TEST_F(Clients, AllowTheOriginsOfAnyOfThem) {
  std::vector<Error> faults;
  const Settings settings =
      read({R"({"id": "open", "cors_origins": ["loopback"]})",
            jwt("a", "https://a", R"("cors_origins": ["https://a.example.org"])")},
           faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  EXPECT_TRUE(settings.allows_origin("https://a.example.org"));
  EXPECT_TRUE(settings.allows_origin("http://localhost:3000"));
  EXPECT_FALSE(settings.allows_origin("https://b.example.org"));
}

TEST_F(Clients, NameServicesThatExist) {
  std::vector<Error> faults;
  const Settings settings =
      read({jwt("a", "https://a", R"("services": ["hip-replacement", "hip-replacemnt"])"),
            jwt("b", "https://b")},
           faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  const std::vector<std::string> ids{"hip-replacement", "psoas-likelihood"};
  const auto unknown = unknown_services(settings, ids);
  ASSERT_EQ(unknown.size(), 1U);
  EXPECT_EQ(unknown[0].code, Errc::missing);
  EXPECT_TRUE(unknown[0].where.ends_with("client0.json: services[1]")) << unknown[0].where;
}

}  // namespace
}  // namespace cdss::config
