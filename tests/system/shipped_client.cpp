#include "tests/system/shipped_client.hpp"

#include <chrono>
#include <optional>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/base/uuid.hpp"
#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::test {
namespace {

constexpr std::string_view kPublicUrl = "http://127.0.0.1:8080";  // of RunningServer

Document parsed(const std::string& path) {
  auto document = Document::parse(*read_file(std::string{CDSS_SOURCE_DIR} + path));
  EXPECT_TRUE(document) << path;
  return *std::move(document);
}

Document jwt_of(const std::string& name) {
  return parsed("/tests/data/clients/" + name + "/jwt.json");
}

Document profile_of(const std::string& name) {
  return parsed("/config/clients/" + name + ".json");
}

bool needs_jwt(View profile) {
  return profile.text_or_empty("authentication") == "jwt";
}

/// A key as the client's JWT names it: of the algorithm and `kid` of its header. The JWK Set of one
/// that writes `kid` in padded base64 has it without the padding.
auth::Signer signer_of(const std::string& name) {
  if (!needs_jwt(profile_of(name).root())) {
    return auth::Signer::ec("P-384");
  }
  const Document jwt = jwt_of(name);
  const View header = *jwt.root().at("header");
  std::string kid{header.text_or_empty("kid")};
  kid.erase(kid.find_last_not_of('=') + 1);
  return header.text_or_empty("alg") == "RS384" ? auth::Signer::rsa(2048, kid)
                                                : auth::Signer::ec("P-384", kid);
}

/// The profile with what its template leaves open.
std::string filled_in(View profile, const std::string& name, const std::string& keys) {
  std::string out{"{"};
  json::Object members{out};
  for (const Member member : profile.members()) {
    const bool open =
        needs_jwt(profile) &&
        (member.name == "issuers" || member.name == "jwks_urls" || member.name == "tenants");
    if (member.name != "$schema" && !open) {
      members.value(member.name, member.value);
    }
  }
  if (needs_jwt(profile)) {
    const Document jwt = jwt_of(name);
    const auto list_of = [&](const char* part, const char* member) {
      std::string list{"["};
      json::append_string(list, jwt.root().at(part)->text_or_empty(member));
      return list + ']';
    };
    members.json("issuers", list_of("claims", "iss"));
    members.json("jwks_urls", list_of("header", "jku"));
    if (profile.find("tenants")) {
      members.json("tenants", list_of("claims", "tenant"));
    }
    members.string("jwks_file", keys);  // asked first, so that nothing is fetched
  }
  return out + '}';
}

std::int64_t number(View claims, const char* name) {
  return *claims.at(name)->integer();
}

}  // namespace

ShippedClient::ShippedClient(const std::string& name) : name_{name}, signer_{signer_of(name)} {
  const Document profile = profile_of(name);
  signs_ = needs_jwt(profile.root());
  const auto keys = folder_.write("keys.json", auth::jwk_set({signer_.jwk()}));
  server_ = std::make_unique<RunningServer>("", "", filled_in(profile.root(), name, keys.string()));
  http_ = std::make_unique<HttpClient>(server_->port());
}

std::string ShippedClient::token_for(const std::string& service) {
  const Document jwt = jwt_of(name_);
  const View claims = *jwt.root().at("claims");
  const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  std::string out{"{"};
  json::Object members{out};
  for (const Member claim : claims.members()) {
    if (claim.name == "exp" || claim.name == "nbf" || claim.name == "iat") {
      members.integer(claim.name, now + *claim.value.integer() - number(claims, "iat"));
    } else if (claim.name == "aud") {
      members.string("aud", std::string{kPublicUrl} + "/cds-services/" + service);
    } else if (claim.name == "jti") {
      members.string("jti", new_uuid());
    } else {
      members.value(claim.name, claim.value);
    }
  }
  const View header = *jwt.root().at("header");
  std::string header_text;
  json::append_value(header_text, header);
  const auto algorithm =
      header.text_or_empty("alg") == "RS384" ? auth::Algorithm::RS384 : auth::Algorithm::ES384;
  return auth::make_jws(signer_, algorithm, header_text, out + '}');
}

HttpAnswer ShippedClient::call(const std::string& service, std::string_view body) {
  if (signs_) {
    const bool again = name_ == "inferno";
    auto& kept = tokens_[service];
    const auto token = again && !kept.empty() ? kept : token_for(service);
    kept = token;
    http_->set_fields("Authorization: Bearer " + token + "\r\n");
  }
  return http_->post("/cds-services/" + service, body);
}

}  // namespace cdss::test
