// What two scanners of TLS, as operators and auditors run them, find in the running program.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "tests/core/http/certificate.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

using http::test::Certificate;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// What testssl.sh says of the certificate that this test makes: signed by itself and for an hour.
constexpr std::string_view kAboutTheTestCertificate[] = {
    "cert_chain_of_trust", "cert_expirationStatus", "cert_extlifeSpan", "cert_notAfter",
    "cert_revocation",     "cert_subjectAltName",   "cert_trust"};

/// Runs a command to its end; true when that ended well.
bool run(const std::string& command) {
  return std::system(command.c_str()) == 0;  // NOLINT(cert-env33-c): fixed words and a port
}

/// The program with TLS, with a key of either kind.
class TlsScan : public testing::TestWithParam<bool> {
 protected:
  std::string address() const { return "127.0.0.1:" + std::to_string(server.port()); }
  std::string file(const char* name) const { return (folder.path() / name).string(); }

  const TemporaryFolder folder;
  const Certificate certificate{{.rsa = GetParam()}};
  RunningServer server{"", R"("tls_certificate": ")" + certificate.files().certificate.string() +
                               R"(", "tls_key": ")" + certificate.files().key.string() + '"'};
};

TEST_P(TlsScan, SEC_02_SslscanFindsTls12And13WithAuthenticatedCiphersAlone) {
  ASSERT_TRUE(std::filesystem::exists("/usr/bin/sslscan")) << "tests/run installs it";
  ASSERT_TRUE(run("/usr/bin/sslscan --xml=" + file("scan") + ' ' + address() + " > /dev/null"));
  const std::string found = *read_file(file("scan"));
  for (const char* good :
       {R"(type="ssl" version="2" enabled="0")", R"(type="ssl" version="3" enabled="0")",
        R"(type="tls" version="1.0" enabled="0")", R"(type="tls" version="1.1" enabled="0")",
        R"(type="tls" version="1.2" enabled="1")", R"(type="tls" version="1.3" enabled="1")",
        R"(<renegotiation supported="0")"}) {
    EXPECT_THAT(found, HasSubstr(good));
  }
  EXPECT_THAT(found, Not(HasSubstr(R"(vulnerable="1")")));
  EXPECT_THAT(found, Not(HasSubstr(R"(<compression supported="1")")));
  const std::regex cipher{R"re(<cipher [^>]*cipher="([^"]*)"[^>]* strength="([^"]*)")re"};
  const std::regex good{
      "TLS_(AES_128_GCM_SHA256|AES_256_GCM_SHA384|CHACHA20_POLY1305_SHA256)|"
      "ECDHE-(ECDSA|RSA)-(AES128-GCM-SHA256|AES256-GCM-SHA384|CHACHA20-POLY1305)"};
  const std::sregex_iterator first{found.begin(), found.end(), cipher};
  EXPECT_EQ(std::distance(first, {}), 6) << found;
  for (auto at = first; at != std::sregex_iterator{}; ++at) {
    EXPECT_TRUE(std::regex_match((*at)[1].str(), good)) << (*at)[1];
    EXPECT_TRUE((*at)[2] == "strong" || (*at)[2] == "acceptable") << (*at)[0];
  }
}

TEST_P(TlsScan, SEC_02_TestsslFindsNothingOfMediumOrWorse) {
  if (std::getenv("CDSS_TEST_LONG") == nullptr) {
    GTEST_SKIP() << "takes minutes; tests/run long does it";
  }
  ASSERT_TRUE(std::filesystem::exists("/usr/bin/testssl")) << "tests/run installs it";
  // Its status counts findings, those about the certificate too.
  run("/usr/bin/testssl --warnings batch --color 0 --nodns none --openssl-timeout 10 "
      "--protocols --std --fs --server-preference --server-defaults --headers --vulnerable "
      "--jsonfile " +
      file("findings") + ' ' + address() + " > " + file("output"));
  const auto findings = read_json_file(file("findings"));
  ASSERT_TRUE(findings) << findings.error().message;
  std::vector<std::string> seen;
  for (const View finding : findings->root().elements()) {
    const std::string id{finding.text_or_empty("id")};
    const std::string_view severity = finding.text_or_empty("severity");
    seen.push_back(id);
    const bool excluded = std::ranges::find(kAboutTheTestCertificate, id.substr(0, id.find(' '))) !=
                          std::end(kAboutTheTestCertificate);
    EXPECT_TRUE(excluded || (severity != "MEDIUM" && severity != "HIGH" && severity != "CRITICAL" &&
                             severity != "FATAL"))
        << id << ' ' << severity << ' ' << finding.text_or_empty("finding");
  }
  for (const char* id : {"TLS1", "TLS1_1", "TLS1_2", "TLS1_3", "cipherlist_NULL", "heartbleed",
                         "ROBOT", "BREACH", "SWEET32", "LUCKY13"}) {
    EXPECT_THAT(seen, Contains(id)) << "it did not get as far";
  }
}

INSTANTIATE_TEST_SUITE_P(Keys, TlsScan, testing::Values(false, true),
                         [](const auto& rsa) { return rsa.param ? "Rsa" : "Ecdsa"; });

}  // namespace
}  // namespace cdss::test
