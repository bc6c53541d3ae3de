#include "core/fhir_client/fhir_access.hpp"

#include <cstring>
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "tests/core/fhir_client/call.hpp"

namespace cdss::fhir_client {
namespace {

using namespace std::chrono_literals;

constexpr FhirAccess::Time kNow = FhirAccess::Time{} + 1h;

Result<FhirAccess> grant(const CallText& text, const config::Client& client,
                         bool private_networks = false) {
  const Call call{text};
  return FhirAccess::grant(call.request, client, private_networks, kNow);
}

TEST(FhirAccess, FA_01_FA_02_FA_15_IsWhatTheCallGrants) {
  const auto access = grant({}, ehr());
  ASSERT_TRUE(access);
  EXPECT_EQ(access->client_id(), "ehr");
  EXPECT_EQ(access->base().text(), kServer);
  EXPECT_EQ(access->authorization_for(std::string{kServer} + "/Condition?x"),
            std::string{"Bearer "} + kToken);
  EXPECT_FALSE(access->loopback());
  EXPECT_FALSE(access->private_network());
}

TEST(FhirAccess, FA_01_FA_11_FA_13_REQ_09_IsNotGrantedWithoutAllOfIt) {
  config::Client none = ehr();
  none.fhir_servers.clear();
  config::Client subject = ehr();
  subject.fhir_subject = "another";
  config::Client http = ehr();
  http.fhir_servers = {"http://ehr.example.org/fhir"};
  http.allow_http_on_loopback = true;
  config::Client loopback = ehr();
  loopback.fhir_servers = {"http://localhost:9/fhir"};
  const struct {
    const char* what;
    CallText call;
    config::Client client;
    Errc code;
  } rows[] = {
      {"no server", {.server = "", .token = ""}, ehr(), Errc::missing},
      {"no token", {.token = ""}, ehr(), Errc::missing},
      {"nothing registered", {}, none, Errc::missing},
      {"another server", {.server = "https://evil.example.org/fhir"}, ehr(), Errc::unsupported},
      {"another path", {.server = "https://ehr.example.org/fhir2"}, ehr(), Errc::unsupported},
      {"below it", {.server = "https://ehr.example.org/fhir/x"}, ehr(), Errc::unsupported},
      {"http", {.server = "http://ehr.example.org/fhir"}, ehr(), Errc::unsupported},
      {"http registered", {.server = "http://ehr.example.org/fhir"}, http, Errc::unsupported},
      {"http unsaid", {.server = "http://localhost:9/fhir"}, loopback, Errc::unsupported},
      {"expired", {.expires_in = 0}, ehr(), Errc::timed_out},
      {"about to expire", {.expires_in = 1}, ehr(), Errc::timed_out},
      {"another subject", {}, subject, Errc::malformed},
      {"two header lines", {.token = "a\\r\\nHost: evil"}, ehr(), Errc::malformed},
      {"a space", {.token = "a b"}, ehr(), Errc::malformed},
      {"too long", {.token = std::string(8'193, 'a')}, ehr(), Errc::malformed},
  };
  for (const auto& [what, call, client, code] : rows) {
    SCOPED_TRACE(what);
    const auto access = grant(call, client);
    ASSERT_FALSE(access);
    EXPECT_EQ(access.error().code, code);
    EXPECT_FALSE(access.error().message.empty());
    EXPECT_EQ(access.error().message.find("evil"), std::string::npos);
  }
}

TEST(FhirAccess, FA_13_TakesTheRegisteredSubject) {
  config::Client client = ehr();
  client.fhir_subject = "psoas-cds-at-ehr";
  EXPECT_TRUE(grant({}, client));
}

TEST(FhirAccess, FA_12_GoesToPrivatePlacesOnlyWhereTheyAreRegistered) {
  const struct {
    const char* server;
    bool private_networks;
    bool granted, loopback, private_network;
  } rows[] = {
      {"https://ehr.example.org", false, true, false, false},
      {"https://ehr.example.org", true, true, false, true},
      {"https://8.8.8.8", true, true, false, false},
      {"https://10.0.0.1", false, true, false, true},
      {"https://192.168.1.1:8443", false, true, false, true},
      {"https://[fd00::1]", false, true, false, true},
      {"https://127.0.0.1", false, true, true, false},
      {"http://127.0.0.1:8080", false, true, true, false},
      {"http://localhost:8080/fhir", false, true, true, false},
      {"http://[::1]:8080", false, true, true, false},
      {"https://127.0.0.2", false, true, true, false},
      {"http://127.0.0.2", false, false, false, false},
      {"http://10.0.0.1", true, false, false, false},
      {"https://169.254.169.254", true, false, false, false},
      {"https://[fe80::1]", true, false, false, false},
      {"https://[::ffff:169.254.169.254]", true, false, false, false},
      {"https://0.0.0.0", true, false, false, false},
      {"https://224.0.0.1", true, false, false, false},
  };
  for (const auto& [server, private_networks, granted, loopback, private_network] : rows) {
    SCOPED_TRACE(server);
    config::Client client = ehr();
    client.fhir_servers = {server};
    client.allow_http_on_loopback = true;
    const auto access = grant({.server = server}, client, private_networks);
    ASSERT_EQ(access.has_value(), granted);
    if (access) {
      EXPECT_EQ(access->loopback(), loopback);
      EXPECT_EQ(access->private_network(), private_network);
    }
  }
}

TEST(FhirAccess, FA_12_ShowsTheTokenToOneOriginOnly) {
  const auto access = grant({}, ehr());
  ASSERT_TRUE(access);
  for (const char* other :
       {"http://ehr.example.org/fhir/x", "https://ehr.example.org:8443/fhir/x",
        "https://evil.example.org/fhir/x", "https://ehr.example.org.evil/fhir/x",
        "https://ehr.example.org@evil/fhir", "//ehr.example.org/fhir", "", "x"}) {
    EXPECT_EQ(access->authorization_for(other), "") << other;
  }
}

TEST(FhirAccess, FA_11_EndsASecondBeforeTheToken) {
  EXPECT_EQ(grant({.expires_in = 300}, ehr())->until(), kNow + 299s);
  EXPECT_EQ(grant({.expires_in = 2}, ehr())->until(), kNow + 1s);
  EXPECT_EQ(grant({.expires_in = 4'000'000}, ehr())->until(), kNow + 24h - 1s);
}

/// Whether `text` stands anywhere in these bytes.
bool holds(const std::byte* bytes, std::size_t size, std::string_view text) {
  return std::string_view{reinterpret_cast<const char*>(bytes), size}.find(text) !=
         std::string_view::npos;
}

TEST(FhirAccess, FA_03_LeavesNoTokenWhereItWas) {
  // Short enough for a string that would lie inside the object.
  constexpr const char* kShort = "s3cr3t-t0ken";
  alignas(FhirAccess) std::byte first[sizeof(FhirAccess)];
  alignas(FhirAccess) std::byte second[sizeof(FhirAccess)];
  auto* const access = new (first) FhirAccess{*grant({.token = kShort}, ehr())};
  EXPECT_FALSE(holds(first, sizeof(first), kShort));
  auto* const moved = new (second) FhirAccess{std::move(*access)};
  EXPECT_FALSE(holds(first, sizeof(first), kShort));
  EXPECT_EQ(moved->authorization_for(kServer), std::string{"Bearer "} + kShort);
  *access = std::move(*moved);
  EXPECT_FALSE(holds(second, sizeof(second), kShort));
  EXPECT_EQ(access->authorization_for(kServer), std::string{"Bearer "} + kShort);
  access->~FhirAccess();
  moved->~FhirAccess();
  std::byte after[sizeof(first)];
  std::memcpy(after, first, sizeof(first));
  EXPECT_FALSE(holds(after, sizeof(after), kShort));
}

}  // namespace
}  // namespace cdss::fhir_client
