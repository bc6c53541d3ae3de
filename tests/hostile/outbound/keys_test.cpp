// Tokens that say that their key is elsewhere, and key servers that send us elsewhere, against the
// authenticator with its real client.

#include <future>

#include <gtest/gtest.h>

#include "core/auth/authenticator.hpp"
#include "core/auth/https_key_fetcher.hpp"
#include "core/http/client/client.hpp"
#include "tests/core/auth/draft.hpp"
#include "tests/core/auth/fixture.hpp"
#include "tests/core/http/client.hpp"
#include "tests/core/http/client/asking.hpp"
#include "tests/hostile/outbound/inputs.hpp"
#include "tests/hostile/outbound/stage.hpp"

namespace cdss::hostile {
namespace {

using auth::Signer;

constexpr std::int64_t kNow = 1'700'000'000;
constexpr const char* kIssuer = "https://ehr.example";
constexpr const char* kEndpoint = "https://cds.example/cds-services/hip";

/// An authenticator whose one client publishes its keys at the registered address; whoever holds the key of
/// the thief publishes it everywhere else.
class HostileKeyAddress : public testing::Test {
 protected:
  void SetUp() override {
    config::Client client;
    client.id = "ehr";
    client.authentication = config::Authentication::jwt;
    client.issuers = {kIssuer};
    client.jwks_urls = {stage_.fill("http://127.0.0.1:{P}/keys/jwks")};
    client.allow_http_on_loopback = true;
    auto authenticator = auth::Authenticator::make(
        {client}, {caches_, replay_, clock_, records_.log, records_.metrics}, {});
    ASSERT_TRUE(authenticator);
    authenticator_ = *std::move(authenticator);
  }

  bool lets_in(const Signer& signer, const std::string& address) {
    const auth::Draft draft{{{"alg", R"("ES384")"},
                             {"typ", R"("JWT")"},
                             {"kid", R"("ec")"},
                             {"jku", json_string(address)}},
                            {{"iss", json_string(kIssuer)},
                             {"aud", json_string(kEndpoint)},
                             {"exp", std::to_string(kNow + 300)},
                             {"iat", std::to_string(kNow)},
                             {"jti", json_string("id-" + std::to_string(++tokens_))}}};
    const auto field = "Bearer " + draft.sign(signer, auth::Algorithm::ES384);
    const std::vector<std::string_view> fields{field};
    const std::vector<std::string> audiences{kEndpoint};
    std::promise<bool> decided;
    authenticator_->decide(
        {.authorization = fields, .audiences = audiences, .certificate = nullptr},
        [&](const auth::Decision& decision) { decided.set_value(bool{decision}); });
    return decided.get_future().get();
  }

  const Signer honest_ = Signer::ec("P-384");
  const Signer thief_ = Signer::ec("P-384");
  Stage stage_{[this](const Stage&, std::string_view target) {
                 const auto& signer = target == "/keys/jwks" ? honest_ : thief_;
                 return http::test::answer(auth::jwk_set({signer.jwk()}));
               },
               auth::jwk_set({thief_.jwk()})};
  auth::HandClock clock_{kNow};
  auth::Records records_{clock_};
  auth::ReplayMemory replay_;
  std::unique_ptr<http::Client> web_ = http::test::start_client();
  auth::HttpsKeyFetcher fetcher_{web_.get()};
  auth::KeyCaches caches_{fetcher_, clock_, records_.log, records_.metrics};
  std::unique_ptr<auth::Authenticator> authenticator_;
  int tokens_ = 0;
};

TEST(Stage, NoticesWhoComesWhereNothingMay) {
  Stage stage{[](const Stage&, std::string_view) { return http::test::answer("{}"); }};
  const auto client = http::test::start_client();
  EXPECT_EQ(stage.strays(), 0);
  for (const char* url : {"http://127.0.0.1:{P}/a", "http://127.0.0.1:{T}/b"}) {
    ASSERT_TRUE(http::test::get(*client, stage.fill(url)));
  }
  EXPECT_EQ(stage.take_asked(), std::vector<std::string>{"/a"});
  EXPECT_FALSE(stage.is_quiet());
  EXPECT_EQ(stage.strays(), 1);
  EXPECT_TRUE(stage.stray_bytes().starts_with("GET /b HTTP/1.1\r\n"));
  const http::test::Client other{stage.other_port()};
  EXPECT_EQ(stage.strays(), 2) << "also one that says nothing";
}

TEST_F(HostileKeyAddress, JWT_23_LeadsNowhereAndLetsNobodyIn) {
  for (const auto& row : key_addresses()) {
    SCOPED_TRACE(row.why + (": " + row.text.substr(0, 200)));
    const auto address = stage_.fill(row.text);
    EXPECT_FALSE(lets_in(thief_, address));
    EXPECT_EQ(lets_in(honest_, address), row.leads_home);
    EXPECT_TRUE(stage_.is_quiet());
    for (const auto& target : stage_.take_asked()) {
      EXPECT_EQ(target, "/keys/jwks");
      EXPECT_TRUE(row.leads_home);
    }
  }
  EXPECT_EQ(stage_.strays(), 0);
  EXPECT_EQ(stage_.stray_bytes(), "");
}

TEST(HostileKeyServer, JWT_24_SendsUsNowhereElse) {
  const auto client = http::test::start_client();
  auth::HttpsKeyFetcher fetcher{client.get()};
  for (const int status : {301, 302, 303, 307, 308}) {
    for (const auto& row : redirects()) {
      SCOPED_TRACE(row.why + (": " + row.text));
      Stage stage{[&](const Stage& self, std::string_view) {
        return http::test::answer("", status, "Location: " + self.fill(row.text) + "\r\n");
      }};
      std::promise<Result<std::string>> fetched;
      fetcher.fetch({.url = stage.fill("http://127.0.0.1:{P}/keys/jwks"), .http_on_loopback = true},
                    [&](Result<std::string> set) { fetched.set_value(std::move(set)); });
      EXPECT_FALSE(fetched.get_future().get());
      EXPECT_EQ(stage.take_asked(), std::vector<std::string>{"/keys/jwks"});
      EXPECT_EQ(stage.strays(), 0);
    }
  }
}

}  // namespace
}  // namespace cdss::hostile
