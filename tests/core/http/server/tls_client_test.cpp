#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/http/server/fixture.hpp"

namespace cdss::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace test;

/// A TLS server that keeps what the last request brought, and clients with certificates.
class TlsClient : public testing::Test {
 protected:
  struct Outcome {
    bool answered = false;
    std::optional<ClientCertificate> certificate;
    bool resumed = false;
    std::shared_ptr<SSL_SESSION> session;
  };

  Settings asking(ClientCertificates mode, bool with_authorities, bool allow_unknown) const {
    Settings settings;
    settings.tls = server_certificate.files();
    settings.tls->client_certificates = mode;
    settings.tls->allow_unknown_authorities = allow_unknown;
    if (with_authorities) {
      settings.tls->client_authorities = authority.files().certificate;
    }
    return settings;
  }

  Outcome call(const Settings& settings, const Certificate* certificate,
               int version = TLS1_3_VERSION) {
    serve(settings);
    return call_again(certificate, version, nullptr);
  }
  void serve(const Settings& settings) {
    running.emplace(
        [this](Request request, const Respond& respond) {
          last = request.client_certificate;
          echo(std::move(request), respond);
        },
        settings);
  }
  Outcome call_again(const Certificate* certificate, int version, SSL_SESSION* resume) {
    last.reset();
    Client client{running->port()};
    const bool shook = client.start_tls(
        {.least = version, .most = version, .certificate = certificate, .resume = resume});
    if (!shook) {
      return {};
    }
    client.send(kGet);
    const bool answered = client.receive().status == 200;
    return {answered, last, client.was_resumed(), client.session()};
  }

  const Certificate server_certificate;
  const Certificate authority{{.name = "authority", .is_authority = true}};
  const Certificate signed_one{{.name = "client",
                                .alternative_names = "DNS:EHR.example,URI:https://ehr.example/a,"
                                                     "email:a@ehr.example,IP:127.0.0.1",
                                .authority = &authority}};
  const Certificate own{{.name = "client", .alternative_names = "DNS:ehr.example"}};
  std::optional<ClientCertificate> last;
  std::optional<Running> running;  // ends before what its handler writes
};

TEST_F(TlsClient, SEC_05_HandsOnTheFingerprintAndTheNamesThatAnAuthorityVouchesFor) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto outcome =
        call(asking(ClientCertificates::required, true, false), &signed_one, version);
    ASSERT_TRUE(outcome.answered);
    ASSERT_TRUE(outcome.certificate);
    EXPECT_EQ(outcome.certificate->sha256, fingerprint(signed_one));
    EXPECT_THAT(outcome.certificate->names, ElementsAre("EHR.example", "https://ehr.example/a"));
  }
}

TEST_F(TlsClient, SEC_05_KnowsTheClientOfAResumedSession) {
  serve(asking(ClientCertificates::required, true, false));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    const auto first = call_again(&signed_one, version, nullptr);
    ASSERT_TRUE(first.answered);
    const auto second = call_again(&signed_one, version, first.session.get());
    EXPECT_TRUE(second.answered);
    EXPECT_TRUE(second.resumed);
    EXPECT_EQ(second.certificate, first.certificate);
  }
}

TEST_F(TlsClient, SEC_05_RefusesWhoHasNoGoodCertificateWhereOneIsRequired) {
  const Certificate expired{{.authority = &authority, .from_s = -7200, .to_s = -3600}};
  const Certificate early{{.authority = &authority, .from_s = 3600, .to_s = 7200}};
  const Certificate stranger{{.name = "authority", .is_authority = true}};
  const Certificate forged{{.authority = &stranger}};
  const Certificate expired_own{{.from_s = -7200, .to_s = -3600}};
  const Certificate* const wrong[] = {nullptr, &expired, &early, &forged, &own, &expired_own};
  for (const auto* const certificate : wrong) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
      const auto outcome =
          call(asking(ClientCertificates::required, true, false), certificate, version);
      EXPECT_FALSE(outcome.answered)
          << (certificate != nullptr ? fingerprint(*certificate) : "none") << ' ' << version;
    }
  }
  for (const auto* const outside : {&expired, &early, &expired_own}) {
    EXPECT_FALSE(call(asking(ClientCertificates::optional, true, true), outside).answered);
  }
}

TEST_F(TlsClient, SEC_05_ServesWhoHasNoneWhereItIsOptional) {
  const auto outcome = call(asking(ClientCertificates::optional, true, false), nullptr);
  EXPECT_TRUE(outcome.answered);
  EXPECT_FALSE(outcome.certificate);
  EXPECT_FALSE(call(asking(ClientCertificates::optional, true, false), &own).answered)
      << "but a wrong one is refused";
}

TEST_F(TlsClient, SEC_05_TakesNoNamesFromAnUnknownAuthority) {
  for (const bool with_authorities : {false, true}) {
    const auto outcome = call(asking(ClientCertificates::required, with_authorities, true), &own);
    ASSERT_TRUE(outcome.answered);
    ASSERT_TRUE(outcome.certificate);
    EXPECT_EQ(outcome.certificate->sha256, fingerprint(own));
    EXPECT_THAT(outcome.certificate->names, IsEmpty());
  }
  const auto vouched = call(asking(ClientCertificates::required, true, true), &signed_one);
  ASSERT_TRUE(vouched.certificate);
  EXPECT_EQ(vouched.certificate->names.size(), 2U);
}

TEST_F(TlsClient, SEC_05_TakesAClientsOwnCertificateAmongTheAuthorities) {
  auto settings = asking(ClientCertificates::required, false, false);
  settings.tls->client_authorities = own.files().certificate;
  const auto outcome = call(settings, &own);
  ASSERT_TRUE(outcome.certificate);
  EXPECT_THAT(outcome.certificate->names, ElementsAre("ehr.example"));
}

TEST_F(TlsClient, AsksNobodyUnlessToldTo) {
  const auto outcome = call(asking(ClientCertificates::ignored, false, false), &signed_one);
  EXPECT_TRUE(outcome.answered);
  EXPECT_FALSE(outcome.certificate);
}

TEST_F(TlsClient, DoesNotStartWithAuthoritiesThatCannotBeRead) {
  auto settings = asking(ClientCertificates::optional, false, false);
  settings.tls->client_authorities = server_certificate.files().key;
  Running plain;
  const auto started = Server::start(settings, echo, error_body, plain.log, plain.metrics);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, Errc::missing);
  EXPECT_EQ(started.error().where, settings.tls->client_authorities.string());
}

}  // namespace
}  // namespace cdss::http
