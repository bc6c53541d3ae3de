// Tokens as an attacker would send them: what the header asks for and what the claims say.

#include "tests/core/auth/hostile_fixture.hpp"

namespace cdss::auth {
namespace {

TEST_F(HostileToken, JWT_12_IsRefusedWhateverItsHeaderAsksFor) {
  Table table;
  const auto add = [&](const char* name, const std::string& json, Reason reason) {
    table.push_back(
        {std::string{name} + " " + json.substr(0, 60), sign(good().head(name, json)), reason});
  };
  for (const char* json : {R"(["exp"])", R"(["b64"])", "[]", "null", R"("exp")", R"(["x","x"])"}) {
    add("crit", json, Reason::critical_header);
  }
  add("b64", "false", Reason::critical_header);
  add("b64", "true", Reason::critical_header);
  table.push_back({"jwk of the thief",
                   good().head("jwk", thief().jwk()).sign(thief(), Algorithm::ES384),
                   Reason::embedded_key});
  add("jwk", "null", Reason::embedded_key);
  add("x5c", R"(["MIIB"])", Reason::embedded_key);
  add("x5u", R"("https://evil.example/cert.pem")", Reason::embedded_key);
  for (const char* jku : {"https://evil.example/jwks",
                          "http://ehr.example/jwks",
                          "https://ehr.example/jwks/",
                          "https://ehr.example/jwks?",
                          "https://ehr.example/jwks#",
                          "https://ehr.example//jwks",
                          "https://ehr.example/./jwks",
                          "https://ehr.example/a/../jwks",
                          "https://EHR.example/jwks",
                          "HTTPS://ehr.example/jwks",
                          "https://ehr.example:443/jwks",
                          "https://ehr.example./jwks",
                          "https://evil@ehr.example/jwks",
                          "https://ehr.example@evil.example/jwks",
                          "https://ehr.example.evil.example/jwks",
                          "https://other.example/jwks",
                          "file:///etc/passwd",
                          "data:application/json,{}",
                          "//ehr.example/jwks",
                          "ehr.example/jwks",
                          "http://127.0.0.1/jwks",
                          "https://[::1]/jwks",
                          "http://169.254.169.254/latest",
                          "https://ehr.example/jwks\\u0000",
                          "\\u0009https://ehr.example/jwks"}) {
    add("jku", json_text(jku),
        std::string_view{jku}.find("u0000") == std::string_view::npos ? Reason::jku_not_listed
                                                                      : Reason::jku_malformed);
  }
  for (const char* json : {"null", "7", R"("")", R"(["https://ehr.example/jwks"])"}) {
    add("jku", json, Reason::jku_malformed);
  }
  for (const char* typ : {"", R"("jwt")", R"("JOSE")", R"("at+jwt")", R"("application/JWT")",
                          "null", "1", R"(["JWT"])", R"("JWT\u0000")"}) {
    add("typ", typ, Reason::type_not_jwt);
  }
  for (const char* kid : {"", "null", "7", R"("")", R"(["ec"])", R"("ec\u0000")"}) {
    add("kid", kid, Reason::kid_missing);
  }
  for (const char* kid :
       {"EC", "ec ", " ec", "ec/../rsa", "../../../../dev/null", "other", "' OR 1=1 --",
        "https://evil.example/jwks", "ec|id", "${jndi:ldap://x}", "*", "0"}) {
    add("kid", json_text(kid), Reason::kid_unknown);
  }
  add("kid", json_text(std::string(3000, 'k')), Reason::kid_unknown);
  refuse_all(table, 69);
}

TEST_F(HostileToken, JWT_11_IsRefusedWhateverItClaims) {
  Table table;
  const auto add = [&](const char* name, const std::string& json, Reason reason) {
    table.push_back({std::string{name} + " " + json, sign(good().claim(name, json)), reason});
  };
  for (const char* json : {"", "null", "7", R"("")", R"(["https://ehr.example"])", "{}",
                           R"("https://ehr.example\u0000")"}) {
    add("iss", json, Reason::issuer_missing);
  }
  for (const char* iss : {"https://ehr.example/", "https://EHR.example", "https://ehr.example ",
                          "http://ehr.example", "https://ehr.example.evil.example",
                          "https://ehr.example@evil.example", "ehr.example", "*"}) {
    add("iss", json_text(iss), Reason::issuer_unknown);
  }
  add("iss", json_text(kOtherIssuer), Reason::kid_unknown);
  table.push_back({"another client's issuer and kid",
                   sign(good().claim("iss", json_text(kOtherIssuer)).head("kid", R"("other")")),
                   Reason::signature_wrong});
  table.push_back({"this client's issuer by another client",
                   good().head("kid", R"("other")").sign(other(), Algorithm::ES384),
                   Reason::kid_unknown});
  for (const char* json : {"", "null", "7", "{}", R"([7])", R"([["https://cds.example"]])"}) {
    add("aud", json, Reason::audience_missing);
  }
  for (const char* aud :
       {"", "*", "https://cds.example", "https://cds.example/cds-services",
        "https://cds.example/cds-services/other", "https://cds.example/cds-services/hip/",
        "/cds-services/hip", "hip", "https://CDS.EXAMPLE/cds-services/hip",
        "https://cds.example/cds-services/hip?x=y", "https://cds.example/cds-services/%68ip",
        "http://cds.example/cds-services/hip"}) {
    add("aud", json_text(aud), Reason::audience_other);
  }
  add("aud", "[]", Reason::audience_other);
  for (const char* json : {"", "null", R"("1700000300")", "[1700000300]", "true", "1.7e9",
                           "17000003e2", "-1", "99999999999999", "18446744073709551616"}) {
    add("exp", json, Reason::expiry_missing);
  }
  for (const char* json : {"0", "1", "1699999940", "1699999940.999", "1600000000"}) {
    add("exp", json, Reason::expired);
  }
  add("exp", "1700000000", Reason::lifetime_too_long);  // at the second of its issue
  add("exp", "1700003601", Reason::lifetime_too_long);
  add("exp", "999999999999", Reason::lifetime_too_long);
  for (const char* json : {"", "null", R"("1700000000")", "1.7e9", "-1", "1700000000000"}) {
    add("iat", json, Reason::issued_at_missing);
  }
  add("iat", "1700000061", Reason::issued_in_future);
  add("iat", "0", Reason::lifetime_too_long);
  for (const char* json : {"null", R"("1700000000")", "1e9", "-1", "true"}) {
    add("nbf", json, Reason::not_before_malformed);
  }
  add("nbf", "1700000061", Reason::not_yet_valid);
  for (const char* json : {"", "null", "7", R"("")", R"(["x"])", R"("x\u0000y")"}) {
    add("jti", json, Reason::jti_missing);
  }
  add("jti", R"("id-1")", Reason::replayed);
  for (const char* json : {R"("")", "7", "null", R"(["north"])", R"("north\u0000")"}) {
    add("tenant", json, Reason::tenant_malformed);
  }
  for (const char* json : {"", R"("south")", R"("North")", R"("north ")"}) {
    add("tenant", json, Reason::tenant_not_listed);
  }
  refuse_all(table, 85);
}

}  // namespace
}  // namespace cdss::auth
