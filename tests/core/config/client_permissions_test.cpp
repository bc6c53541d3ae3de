// What a profile permits: servers, origins, services, certificates.

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/core/config/client_file.hpp"

namespace cdss::config {
namespace {

const std::string kFingerprint =
    "ab:AB:" + std::string(56, '0') + ":CD:ef";  // as openssl prints it
const std::string kBareFingerprint = "abab" + std::string(56, '0') + "cdef";

TEST_F(ClientFile, KeepsFhirServersWithoutTheirLastSlash) {
  std::vector<Error> faults;
  const Client client = read_jwt(R"("fhir_servers": ["https://ehr/fhir/", "https://b"])", faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  EXPECT_TRUE(client.allows_fhir_server("https://ehr/fhir"));
  EXPECT_TRUE(client.allows_fhir_server("https://ehr/fhir/"));
  EXPECT_TRUE(client.allows_fhir_server("https://b/"));
  for (const char* other : {"https://ehr", "https://ehr/fhir/x", "https://ehr/fhir//", "http://b",
                            "https://ehr/fhi", ""}) {
    EXPECT_FALSE(client.allows_fhir_server(other)) << other;
  }
  read_jwt(R"("fhir_servers": ["https://ehr/fhir?x=1"])", faults);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_TRUE(faults[0].where.ends_with(": fhir_servers[0]"));
}

TEST_F(ClientFile, CORS_04_AllowsExactOriginsOnly) {
  std::vector<Error> faults;
  const Client client =
      read_jwt(R"("cors_origins": ["https://ehr.example.org", "https://b:8443"])", faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  EXPECT_TRUE(client.allows_origin("https://ehr.example.org"));
  EXPECT_TRUE(client.allows_origin("https://b:8443"));
  for (const char* other :
       {"http://ehr.example.org", "https://ehr.example.org:8443", "https://ehr.example.org/",
        "https://ehr.example.org.evil.example", "https://b", "null", "*", "", "loopback",
        "http://localhost", "https://EHR.example.org"}) {
    EXPECT_FALSE(client.allows_origin(other)) << other;
  }
}

TEST_F(ClientFile, RefusesAnOriginThatABrowserDoesNotSend) {
  for (const char* origin :
       {"*", "https://*.example.org", "https://a/", "https://a/b", "a.example.org", "null",
        "https://a:443", "http://a:80", "https://A", "https://a:0", "https://a:99999",
        "https://a:", "ftp://a", "loopback"}) {
    SCOPED_TRACE(origin);
    std::vector<Error> faults;
    read_jwt(R"("cors_origins": [")" + std::string{origin} + "\"]", faults);
    ASSERT_EQ(faults.size(), 1U) << text_of(faults);
    EXPECT_TRUE(faults[0].where.ends_with(": cors_origins[0]"));
  }
}

TEST_F(ClientFile, LoopbackStandsForPagesOfThisMachineOnAnyPort) {
  std::vector<Error> faults;
  const Client client = read(R"("cors_origins": ["loopback"])", faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  for (const char* origin : {"http://localhost", "http://localhost:8081", "https://localhost:1",
                             "http://127.0.0.1:3000", "https://127.0.0.1", "http://[::1]:8080"}) {
    EXPECT_TRUE(client.allows_origin(origin)) << origin;
  }
  for (const char* origin :
       {"http://localhost.evil.example", "http://localhost:", "http://localhost:99999",
        "http://127.0.0.1.evil.example", "http://127.0.0.2", "http://evil.example/localhost",
        "http://localhost@evil.example", "http://localhost/", "loopback", "null", "file://", ""}) {
    EXPECT_FALSE(client.allows_origin(origin)) << origin;
  }
}

TEST_F(ClientFile, AllowsTheServicesItNamesAndAllWhenItNamesNone) {
  std::vector<Error> faults;
  const Client some = read(R"("services": ["hip-replacement"])", faults);
  const Client all = read("", faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  EXPECT_TRUE(some.allows_service("hip-replacement"));
  EXPECT_FALSE(some.allows_service("hip"));
  EXPECT_FALSE(some.allows_service("psoas-likelihood"));
  EXPECT_TRUE(all.allows_service("psoas-likelihood"));
}

TEST_F(ClientFile, SEC_05_OwnsTheCertificatesItNames) {
  std::vector<Error> faults;
  const Client client =
      read(R"("authentication": "certificate", "certificate_names": ["ehr.example.org",
           "spiffe://example.org/ehr"], "certificate_sha256": [")" +
               kFingerprint + "\"]",
           faults);
  ASSERT_TRUE(faults.empty()) << text_of(faults);
  const std::vector<std::string> names{"other.example.org", "spiffe://example.org/ehr"};
  const std::vector<std::string> others{"ehr.example.org.evil.example", "example.org", ""};
  EXPECT_TRUE(client.owns_certificate(kBareFingerprint, {}));
  EXPECT_TRUE(client.owns_certificate("00", names));
  EXPECT_FALSE(client.owns_certificate("00", others));
  EXPECT_FALSE(client.owns_certificate("", {}));
  for (const char* bad : {"abcd", "zz", "*.example.org", "EHR.example.org"}) {
    SCOPED_TRACE(bad);
    faults.clear();
    const bool is_name = std::string_view{bad}.find('.') != std::string_view::npos;
    read(R"("authentication": "certificate", ")" +
             std::string{is_name ? "certificate_names" : "certificate_sha256"} + R"(": [")" + bad +
             "\"]",
         faults);
    EXPECT_EQ(faults.size(), 1U) << text_of(faults);
  }
}

}  // namespace
}  // namespace cdss::config
