// Tokens as an attacker would send them: algorithms and signatures.

#include "tests/core/auth/hostile_fixture.hpp"

namespace cdss::auth {
namespace {

// The order of the base point of P-384, which r and s must be below. Source: SEC 2, section 2.5.1.
const std::string kOrder =
    "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
    "\xff\xc7\x63\x4d\x81\xf4\x37\x2d\xdf\x58\x1a\x0d\xb2\x48\xb0\xa7\x7a\xec\xec\x19\x6a\xcc\xc5"
    "\x29\x73";

TEST_F(HostileToken, JWT_04_IsRefusedWhateverAlgorithmItNames) {
  Table table;
  for (const char* none : {"none", "None", "NONE", "nOnE"}) {
    const auto unsigned_draft = good().head("alg", json_text(none));
    table.push_back({std::string{none} + " without signature", unsigned_draft.parts() + ".",
                     Reason::algorithm_none});
    table.push_back({std::string{none} + " with a good signature",
                     unsigned_draft.sign(ec(), Algorithm::ES384), Reason::algorithm_none});
  }
  for (const char* name : {"es384", "ES384 ", " ES384", "ES384K", "ES256K", "EdDSA", "Ed25519",
                           "RSA-OAEP", "dir", "A256GCM", "PBES2-HS256+A128KW", "*", "../ES384"}) {
    table.push_back({std::string{"algorithm "} + name, sign(good().head("alg", json_text(name))),
                     Reason::algorithm_unknown});
  }
  for (const char* json :
       {"", "null", "384", "true", R"(["ES384"])", R"({"a":"ES384"})", R"("")"}) {
    table.push_back({std::string{"alg of JSON "} + json, sign(good().head("alg", json)),
                     Reason::algorithm_missing});
  }
  for (const char* name : {"ES256", "ES512", "RS256", "RS512", "PS256", "PS384", "PS512"}) {
    table.push_back({std::string{"unlisted "} + name, sign(good().head("alg", json_text(name))),
                     Reason::algorithm_not_listed});
  }
  const auto rs384 = good().head("alg", R"("RS384")");
  table.push_back({"RS384 by the RSA key under the elliptic key's kid",
                   rs384.sign(rsa(), Algorithm::RS384), Reason::key_does_not_fit});
  table.push_back({"ES384 under the RSA key's kid", sign(good().head("kid", R"("rsa")")),
                   Reason::key_does_not_fit});
  refuse_all(table, 37);
}

TEST_F(HostileToken, JWT_05_IsRefusedWhenKeyedWithWhatIsPublic) {
  Table table;
  const std::pair<const char*, std::string> secrets[] = {{"public key in PEM", ec().public_pem()},
                                                         {"public key in DER", ec().public_der()},
                                                         {"JWK", ec().jwk()},
                                                         {"JWK Set", jwk_set({ec().jwk()})},
                                                         {"nothing", ""}};
  for (const char* bits : {"256", "384", "512"}) {
    for (const auto& [name, secret] : secrets) {
      const auto symmetric = good().head("alg", json_text(std::string{"HS"} + bits));
      const auto mac = hmac((std::string{"SHA"} + bits).c_str(), secret, symmetric.parts());
      table.push_back({std::string{"HS"} + bits + " keyed with " + name,
                       with_signature(symmetric, mac), Reason::algorithm_symmetric});
    }
  }
  refuse_all(table, 15);
}

TEST_F(HostileToken, JWT_02_IsRefusedWhateverItsSignature) {
  const std::string zero(48, '\0');
  std::string one = zero;
  one.back() = '\1';
  std::string below = kOrder;
  below.back() = static_cast<char>(below.back() - 1);
  const std::string ones(48, '\xff');
  const auto raw = [&](const Draft& draft) { return ec().sign(Algorithm::ES384, draft.parts()); };
  Table table;
  const std::pair<const char*, std::string> numbers[] = {{"0", zero},
                                                         {"1", one},
                                                         {"the order less 1", below},
                                                         {"the order", kOrder},
                                                         {"all ones", ones}};
  for (const auto& [r_name, r] : numbers) {
    for (const auto& [s_name, s] : numbers) {
      table.push_back({std::string{"r is "} + r_name + ", s is " + s_name,
                       with_signature(good(), r + s), Reason::signature_wrong});
    }
  }
  const auto draft = good();
  const auto signature = raw(draft);
  const auto add = [&](std::string what, const std::string& bytes) {
    table.push_back({std::move(what), with_signature(draft, bytes), Reason::signature_wrong});
  };
  add("in DER", ec().sign_der("SHA384", draft.parts()));
  add("over SHA-256", ec().sign_der("SHA256", draft.parts()));
  add("cut by one byte", signature.substr(0, 95));
  add("without its first byte", signature.substr(1));
  add("one byte longer", signature + '\0');
  add("one zero before", '\0' + signature);
  add("r and s padded to 66 bytes each", std::string(18, '\0') + signature.substr(0, 48) +
                                             std::string(18, '\0') + signature.substr(48));
  add("r and s swapped", signature.substr(48) + signature.substr(0, 48));
  add("r alone", signature.substr(0, 48));
  add("twice", signature + signature);
  add("s is 0", signature.substr(0, 48) + zero);
  add("r is 0", zero + signature.substr(48));
  add("of another token", raw(good()));
  add("of a stranger under the same kid", thief().sign(Algorithm::ES384, draft.parts()));
  add("of another client", other().sign(Algorithm::ES384, draft.parts()));
  add("of the RSA key", rsa().sign(Algorithm::RS384, draft.parts()));
  add("one byte", "\1");
  add("4 KiB", std::string(4096, '\1'));
  auto bit = signature;
  bit[95] = static_cast<char>(bit[95] ^ 1);
  add("one bit off", bit);
  table.push_back({"none", draft.parts() + ".", Reason::signature_missing});
  const auto by_rsa = good().head("alg", R"("RS384")").head("kid", R"("rsa")");
  const auto rs384 = rsa().sign(Algorithm::RS384, by_rsa.parts());
  const auto add_rsa = [&](std::string what, const std::string& bytes) {
    table.push_back({std::move(what), with_signature(by_rsa, bytes), Reason::signature_wrong});
  };
  add_rsa("RSA over SHA-256", rsa().sign(Algorithm::RS256, by_rsa.parts()));
  add_rsa("RSA with PSS", rsa().sign(Algorithm::PS384, by_rsa.parts()));
  add_rsa("RSA of zeros", std::string(256, '\0'));
  add_rsa("RSA of ones", std::string(256, '\xff'));
  add_rsa("RSA of 1", std::string(255, '\0') + '\1');
  add_rsa("RSA one byte longer", '\0' + rs384);
  add_rsa("RSA one byte shorter", rs384.substr(1));
  add_rsa("RSA of another key", Signer::rsa(2048).sign(Algorithm::RS384, by_rsa.parts()));
  refuse_all(table, 53);
}

TEST_F(HostileToken, JWT_02_IsRefusedWhenPartsOfTwoGoodTokensAreMixed) {
  const auto first = good();
  const auto second = good().claim("iat", std::to_string(kNow - 1));
  const auto signed_first = sign(first);
  const auto signed_second = sign(second);
  const auto part = [](const std::string& token, int index) {
    std::size_t from = 0;
    for (int i = 0; i < index; ++i) {
      from = token.find('.', from) + 1;
    }
    return token.substr(from, token.find('.', from) - from);
  };
  const auto rs = good().head("alg", R"("RS384")").head("kid", R"("rsa")");
  const auto signed_rs = rs.sign(rsa(), Algorithm::RS384);
  refuse_all({{"payload of the second",
               part(signed_first, 0) + "." + part(signed_second, 1) + "." + part(signed_first, 2),
               Reason::signature_wrong},
              {"signature of the second",
               part(signed_first, 0) + "." + part(signed_first, 1) + "." + part(signed_second, 2),
               Reason::signature_wrong},
              {"header of an RSA token",
               part(signed_rs, 0) + "." + part(signed_first, 1) + "." + part(signed_first, 2),
               Reason::signature_wrong},
              {"header spelled with spaces",
               encode_base64url(first.header() + " ") + "." + part(signed_first, 1) + "." +
                   part(signed_first, 2),
               Reason::signature_wrong},
              {"header and payload changed places",
               part(signed_first, 1) + "." + part(signed_first, 0) + "." + part(signed_first, 2),
               Reason::algorithm_missing}},
             5);
}

}  // namespace
}  // namespace cdss::auth
