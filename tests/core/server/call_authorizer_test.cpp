// What a known client gets that calls a service it may not use.

#include "core/server/call_authorizer.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <sstream>

#include <gtest/gtest.h>

#include "core/server/cors.hpp"

namespace cdss::server {
namespace {

constexpr const char* kOwnOrigin = "https://own.example";
constexpr const char* kOtherOrigin = "https://other.example";

class Forbidden : public testing::Test {
 protected:
  Forbidden() {
    config::Client own;
    own.id = "own";
    own.authentication = config::Authentication::none;
    own.services = {"allowed"};
    own.cors_origins = {kOwnOrigin};
    config::Client other;
    other.id = "other";
    other.authentication = config::Authentication::certificate;
    other.certificate_names = {"other.example"};
    other.cors_origins = {kOtherOrigin};
    settings.public_url = "https://cds.example";
    settings.clients = {own, other};
    authorizer = *CallAuthorizer::make(settings, nullptr, Clock::system(), log, metrics);
  }

  /// What becomes of a call without a token: it is that of client "own".
  CallAuthorizer::AuthResult authorize(const char* service) {
    const http::Request request{.path = std::string{"/cds-services/"} + service};
    std::optional<CallAuthorizer::AuthResult> made;
    authorizer->authorize(request, service, [&](CallAuthorizer::AuthResult auth_result) {
      made = std::move(auth_result);
    });
    EXPECT_TRUE(made) << "nothing was to be verified";
    return *std::move(made);
  }

  std::ostringstream lines;
  Log log{lines, Clock::system()};
  Metrics metrics;
  config::Settings settings;
  std::unique_ptr<CallAuthorizer> authorizer;
};

TEST_F(Forbidden, ERR_03_IsLoggedAndCountedForClientAndService) {
  EXPECT_TRUE(authorize("allowed"));
  EXPECT_EQ(lines.str(), "");
  const auto refused = authorize("elsewhere");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().response.status, 403);
  EXPECT_NE(lines.str().find(R"("event":"caller_forbidden","client":"own","service":"elsewhere")"),
            std::string::npos)
      << lines.str();
  EXPECT_EQ(metrics.counter("cdss_calls_forbidden_total", "own").value(), 1U);
}

TEST_F(Forbidden, CORS_03_IsReadByThePagesOfItsProfileAndOfNoOther) {
  const Cors cors{settings};
  for (const std::string origin : {kOwnOrigin, kOtherOrigin}) {
    auto turned_away = authorize("elsewhere").error();
    ASSERT_NE(turned_away.profile, nullptr);
    cors.add_to(turned_away.response, origin, &turned_away.profile->client);
    const auto& headers = turned_away.response.headers;
    const bool readable = std::ranges::any_of(
        headers, [](const auto& field) { return field.first == "Access-Control-Allow-Origin"; });
    EXPECT_EQ(readable, origin == kOwnOrigin) << origin;
  }
}

}  // namespace
}  // namespace cdss::server
