// Whatever the bytes, a token that is read has only one spelling; no check of it fails to come to
// an end, and no key that did not sign it says that it did.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/auth/checks.hpp"
#include "tests/core/auth/encode.hpp"

namespace {

using namespace cdss::auth;

const Profile& profile() {
  static const Profile made = [] {
    cdss::config::Client client;
    client.id = "ehr";
    client.issuers = {"https://fhir-ehr.example.com/"};
    client.jwks_urls = {"https://fhir-ehr.example.com/jwk_uri"};
    client.tenants = {"north"};
    return *Profile::of(client);
  }();
  return made;
}

void require(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

void check_spelling(const Token& token, std::string_view text) {
  const auto& jws = token.jws();
  require(std::string{jws.signed_text()} + '.' + encode_base64url(jws.signature()) == text);
  const auto dot = jws.signed_text().find('.');
  require(encode_base64url(jws.payload()) == jws.signed_text().substr(dot + 1));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto field = "Bearer " + std::string{text};
  const std::string_view fields[] = {field};
  static_cast<void>(read_authorization(fields));
  const auto token = Token::parse(std::string{text});
  if (!token) {
    return 0;
  }
  check_spelling(*token, text);
  for (const auto& check : token_checks()) {
    static_cast<void>(check.fault(*token));
  }
  const std::string audiences[] = {"https://cds.example.org/cds-services/some-service"};
  const ValidationContext asked{audiences,
                                std::chrono::sys_seconds{std::chrono::seconds{1'400'000'000}}};
  std::size_t faults = 0;
  for (const auto& check : profile_checks()) {
    faults += check.fault(*token, profile(), asked) ? 1 : 0;
  }
  require(faults > 0 || token->tenant() == "north");
  return 0;
}
