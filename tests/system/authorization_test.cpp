// Who is accepted, on the running program: tokens, origins and feedback, from outside.

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/base/uuid.hpp"
#include "core/json/document.hpp"
#include "tests/core/auth/signer.hpp"
#include "tests/core/http/client.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

constexpr std::string_view kService = "/cds-services/psoas-likelihood";
constexpr std::string_view kPublicUrl = "http://127.0.0.1:8080";  // of RunningServer
constexpr std::string_view kIssuer = "https://ehr.example.org";
constexpr std::string_view kOrigin = "https://apps.example.org";

std::string example() {
  return *read_file(std::string{CDSS_SOURCE_DIR} + "/config/examples/psoas-likelihood.json");
}

std::int64_t now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

bool has_line(const HttpAnswer& answer, std::string_view line) {
  return answer.header.find(std::string{line} + "\r\n") != std::string::npos;
}

/// The uuid of the last card of a response; empty when it has none.
std::string last_card_of(const HttpAnswer& answer) {
  std::string card;
  const auto response = Document::parse(answer.body);
  const auto cards = response ? response->root().find("cards") : std::nullopt;
  if (cards) {
    for (const View one : cards->elements()) {
      card = one.text_or_empty("uuid");
    }
  }
  return card;
}

std::string feedback_about(const std::string& card) {
  return R"({"feedback": [{"card": ")" + card +
         R"(", "outcome": "overridden", "overrideReason": {"userComment": "no"},)"
         R"( "outcomeTimestamp": "2026-11-22T10:05:31Z"}]})";
}

/// A server whose one client signs its calls, and that client.
class CallAuthorizer : public ::testing::Test {
 protected:
  std::string token(std::string_view path, std::int64_t until = now() + 300) const {
    const std::string claims = R"({"iss":")" + std::string{kIssuer} + R"(","aud":")" +
                               std::string{kPublicUrl} + std::string{path} + R"(","iat":)" +
                               std::to_string(now()) + R"(,"exp":)" + std::to_string(until) +
                               R"(,"jti":")" + new_uuid() + R"("})";
    return auth::make_jws(signer_, auth::Algorithm::ES384,
                          R"({"alg":"ES384","typ":"JWT","kid":"ec"})", claims);
  }

  HttpAnswer post(std::string_view path, std::string_view body, const std::string& token = {},
                  std::string_view origin = {}) {
    std::string fields;
    if (!token.empty()) {
      fields += "Authorization: Bearer " + token + "\r\n";
    }
    if (!origin.empty()) {
      fields += "Origin: " + std::string{origin} + "\r\n";
    }
    http_.set_fields(fields);
    return http_.post(path, body);
  }

  auth::Signer signer_ = auth::Signer::ec("P-384");
  TemporaryFolder keys_;
  RunningServer server_{"", "",
                        R"({"id": "ehr", "authentication": "jwt", "issuers": [")" +
                            std::string{kIssuer} + R"("], "jwks_file": ")" +
                            keys_.write("keys.json", auth::jwk_set({signer_.jwk()})).string() +
                            R"(", "cors_origins": [")" + std::string{kOrigin} +
                            R"("], "services": ["psoas-likelihood"]})"};
  HttpClient http_{server_.port()};
};

TEST_F(CallAuthorizer, SEC_04_LetsInWhoSignsAndNobodyElse) {
  const auto good = post(kService, example(), token(kService));
  EXPECT_EQ(good.status, 200) << good.body;
  EXPECT_NE(good.body.find("\"cards\""), std::string::npos);
  EXPECT_EQ(good.body.find("extension"), std::string::npos) << "EXT-06: this client agreed to none";

  std::string altered = token(kService);
  altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
  const std::string bad[] = {"",
                             "abc",
                             altered,
                             token(kService, now() - 3600),
                             token("/cds-services/hip-replacement"),
                             token("/cds-services")};
  std::string first;
  for (const auto& wrong : bad) {
    const auto answer = post(kService, example(), wrong);
    EXPECT_EQ(answer.status, 401) << answer.body;
    EXPECT_TRUE(has_line(answer, "WWW-Authenticate: Bearer")) << answer.header;
    EXPECT_NE(answer.body.find("OperationOutcome"), std::string::npos);
    first = first.empty() ? answer.body : first;
    EXPECT_EQ(answer.body, first) << "ERR-04: the caller is not told why";
  }
  EXPECT_NE(server_.log().find("caller_refused"), std::string::npos) << "but the operator is";
  EXPECT_EQ(server_.log().find(altered), std::string::npos) << "JWT-28: no token in the log";
}

TEST_F(CallAuthorizer, JWT_19_RefusesATokenThatWasUsed) {
  const auto once = token(kService);
  EXPECT_EQ(post(kService, example(), once).status, 200);
  EXPECT_EQ(post(kService, example(), once).status, 401);
}

TEST_F(CallAuthorizer, ERR_03_KeepsAKnownClientToItsServices) {
  constexpr std::string_view kOther = "/cds-services/hip-replacement";
  EXPECT_EQ(post(kOther, example(), token(kOther)).status, 403);
  EXPECT_NE(server_.log().find(
                R"("event":"caller_forbidden","client":"ehr","service":"hip-replacement")"),
            std::string::npos);
  EXPECT_EQ(post("/cds-services/unknown", example(), token("/cds-services/unknown")).status, 404);
}

TEST_F(CallAuthorizer, ERR_03_LogsACallWhoseBodyIsNotJson) {
  http_.set_fields("Authorization: Bearer " + token(kService) + "\r\n");
  EXPECT_EQ(http_.send("POST", std::string{kService}, "text/plain", "x").status, 415);
  EXPECT_NE(server_.log().find(
                R"("event":"call","service":"psoas-likelihood","client":"ehr","status":415,)"),
            std::string::npos);
}

TEST_F(CallAuthorizer, CORS_02_AnswersAPreflightWithoutAToken) {
  http_.set_fields("Origin: " + std::string{kOrigin} +
                   "\r\nAccess-Control-Request-Method: POST\r\n"
                   "Access-Control-Request-Headers: authorization,content-type\r\n");
  for (const std::string& path :
       {std::string{"/cds-services"}, std::string{kService}, std::string{kService} + "/feedback"}) {
    const auto answer = http_.send("OPTIONS", path, "", "");
    EXPECT_EQ(answer.status, 204) << path;
    EXPECT_TRUE(has_line(answer, "Access-Control-Allow-Origin: " + std::string{kOrigin})) << path;
    EXPECT_TRUE(has_line(answer, "Access-Control-Allow-Headers: authorization, content-type"));
    EXPECT_TRUE(has_line(answer, "Vary: Origin"));
    EXPECT_EQ(answer.header.find("Allow-Credentials"), std::string::npos);
  }
}

TEST_F(CallAuthorizer, CORS_01_NamesTheOriginsOfItsProfileAndNoOther) {
  const auto own = post(kService, example(), token(kService), kOrigin);
  EXPECT_EQ(own.status, 200);
  EXPECT_TRUE(has_line(own, "Access-Control-Allow-Origin: " + std::string{kOrigin}));
  for (const std::string other : {"https://evil.example.org", "null", "https://apps.example.org.x",
                                  "http://apps.example.org", "https://apps.example.org:444"}) {
    const auto answer = post(kService, example(), token(kService), other);
    EXPECT_EQ(answer.header.find("Access-Control-Allow-Origin"), std::string::npos) << other;
    EXPECT_TRUE(has_line(answer, "Vary: Origin"));
  }
}

TEST_F(CallAuthorizer, CORS_03_LetsThePageReadAnErrorToo) {
  const std::string line = "Access-Control-Allow-Origin: " + std::string{kOrigin};
  EXPECT_TRUE(has_line(post(kService, example(), "", kOrigin), line)) << "401";
  EXPECT_TRUE(has_line(post(kService, "{", token(kService), kOrigin), line)) << "400";
  EXPECT_TRUE(has_line(post("/cds-services/none", "{}", "", kOrigin), line)) << "404";
  const auto no_record =
      post(kService,
           R"({"hook": "patient-view", "hookInstance": ")" + new_uuid() +
               R"(", "context": {"userId": "Practitioner/a", "patientId": "b"}})",
           token(kService), kOrigin);
  EXPECT_EQ(no_record.status, 412);
  EXPECT_TRUE(has_line(no_record, line));
}

TEST_F(CallAuthorizer, CORS_03_LetsThePageReadWhatIsRefusedBeforeItsBodyIsRead) {
  const std::string own{kOrigin};
  const std::string twice = own + "\r\nOrigin: " + own;
  const std::string long_value(40'000, 'x');
  const struct {
    const char* what;
    std::string fields;
    std::string body;
    int status;
    bool readable;
  } rows[] = {
      {"body too long", "Origin: " + own + "\r\nContent-Length: 99999999\r\n", "", 413, true},
      {"bad chunk", "Origin: " + own + "\r\nTransfer-Encoding: chunked\r\n", "x\r\n", 400, true},
      {"another page", "Origin: https://evil.example.org\r\nContent-Length: 99999999\r\n", "", 413,
       false},
      {"no page", "Content-Length: 99999999\r\n", "", 413, false},
      {"two origins", "Origin: " + twice + "\r\nContent-Length: 99999999\r\n", "", 413, false},
      {"a header that is not read to its end", "Origin: " + own + "\r\nX: " + long_value + "\r\n",
       "", 431, false},
      {"a header that is refused", "Origin: " + own + "\r\nContent-Length: x\r\n", "", 400, false},
  };
  for (const auto& [what, fields, body, status, readable] : rows) {
    SCOPED_TRACE(what);
    http::test::Client client{server_.port()};
    client.send("POST " + std::string{kService} + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + fields +
                "\r\n" + body);
    const auto answer = client.receive();
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), readable ? own : "");
    EXPECT_EQ(answer.header("Vary"), "Origin") << "caches must know";
    EXPECT_THAT(answer.body, ::testing::HasSubstr("OperationOutcome"));
  }
}

TEST_F(CallAuthorizer, FB_16_FB_17_TakesFeedbackAboutACardFromThatClientOnly) {
  const auto card = last_card_of(post(kService, example(), token(kService)));
  ASSERT_FALSE(card.empty());
  const std::string path = std::string{kService} + "/feedback";
  const std::string body = feedback_about(card);
  EXPECT_EQ(post(path, body).status, 401);
  const auto kept = post(path, body, token(path));
  EXPECT_EQ(kept.status, 200);
  EXPECT_EQ(kept.body, "") << "FB-17: nothing of it is repeated";
  EXPECT_EQ(post(path, body, token(kService)).status, 200) << "JWT-14: the service's own URL too";
  EXPECT_EQ(post(path, R"({"feedback": [{}]})", token(path)).status, 400);
  EXPECT_EQ(post(path, R"([])", token(path)).status, 400) << "FB-03";
  for (const char* line :
       {R"("event":"feedback","service":"psoas-likelihood","client":"ehr","status":200,)",
        R"("event":"feedback","service":"psoas-likelihood","client":"ehr","status":400,)"}) {
    EXPECT_NE(server_.log().find(line), std::string::npos) << line;
  }
  EXPECT_EQ(server_.log().find("userComment"), std::string::npos);
}

TEST(OpenDoor, FB_19_TakesFeedbackAboutACardThatItDoesNotKnow) {
  RunningServer server;
  HttpClient http{server.port()};
  const auto answer = http.post(std::string{kService} + "/feedback", feedback_about(new_uuid()));
  EXPECT_EQ(answer.status, 200) << "the card may be of another instance, or of before a restart";
  EXPECT_EQ(answer.body, "");
}

TEST(OpenDoor, FB_14_WaitsForNoFeedbackAndTakesItLate) {
  RunningServer server;
  HttpClient http{server.port()};
  const auto first = http.post(kService, example());
  ASSERT_EQ(first.status, 200);
  const auto card = last_card_of(first);
  ASSERT_FALSE(card.empty());
  const auto again = http.post(kService, example());
  EXPECT_EQ(again.status, 200) << "although nothing was said of the first cards";
  EXPECT_FALSE(last_card_of(again).empty());
  EXPECT_EQ(http.post(std::string{kService} + "/feedback", feedback_about(card)).status, 200)
      << "acted on after the next call";
}

TEST(OpenDoor, FB_01_TakesFeedbackAtEveryService) {
  RunningServer server;
  HttpClient http{server.port()};
  for (const std::string id : {"psoas-likelihood", "hip-replacement", "treatment-escalation"}) {
    EXPECT_EQ(http.post("/cds-services/" + id + "/feedback", R"({"feedback": []})").status, 200);
  }
  EXPECT_EQ(http.get(std::string{kService} + "/feedback").status, 405) << "FB-02: by POST";
  EXPECT_EQ(http.post("/cds-services/none/feedback", R"({"feedback": []})").status, 404);
}

TEST(OpenDoor, FB_02_FB_22_HasOneAddressForAllHooksOfAService) {
  RunningServer server;
  HttpClient http{server.port()};
  EXPECT_EQ(http.post("/cds-services/treatment-escalation/feedback", R"({"feedback": []})").status,
            200);
  EXPECT_EQ(
      http.post("/cds-services/treatment-escalation/patient-view/feedback", R"({"feedback": []})")
          .status,
      404);
}

TEST(OpenDoor, JWT_29_DoesNotMindATokenThatItDoesNotKnow) {
  RunningServer server;
  HttpClient http{server.port()};
  http.set_fields("Authorization: Bearer abc.def.ghi\r\n");
  EXPECT_EQ(http.post(kService, example()).status, 200);
  EXPECT_NE(server.log().find("client_caution"), std::string::npos);
}

TEST(OpenDoor, CORS_04_IsOpenToPagesOnLoopbackWhenTheProfileSaysSo) {
  RunningServer server{"", "",
                       R"({"id": "dev", "authentication": "none",)"
                       R"( "cors_origins": ["loopback"]})"};
  HttpClient http{server.port()};
  http.set_fields("Origin: http://localhost:5173\r\n");
  EXPECT_TRUE(has_line(http.post(kService, example()),
                       "Access-Control-Allow-Origin: http://localhost:5173"));
  http.set_fields("Origin: http://localhost.example.org\r\n");
  EXPECT_EQ(http.post(kService, example()).header.find("Access-Control-Allow-Origin"),
            std::string::npos);
}

}  // namespace
}  // namespace cdss::test
