#include "core/auth/jose/jwk.hpp"

#include <gtest/gtest.h>
#include <openssl/bn.h>

#include "core/auth/jose/jwk_set.hpp"
#include "core/auth/jose/public_key.hpp"
#include "core/json/document.hpp"
#include "tests/core/auth/encode.hpp"
#include "tests/core/auth/signer.hpp"

namespace cdss::auth {
namespace {

const Signer& p384() {
  static const Signer signer = Signer::ec("P-384");
  return signer;
}
const Signer& rsa2048() {
  static const Signer signer = Signer::rsa(2048);
  return signer;
}

Result<Jwk> read(std::string text) {
  const auto document = Document::parse(std::move(text));
  EXPECT_TRUE(document);
  return Jwk::read(document->root());
}

/// `text` with the first `from` replaced.
std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

/// A modulus of `bits` bits that ends in `last`, as base64url.
std::string modulus(std::size_t bits, char last = '\x01') {
  std::string bytes(bits / 8, '\x5a');
  bytes.front() = '\x80';
  bytes.back() = last;
  return encode_base64url(bytes);
}

TEST(Jwk, JWT_08_MayVerifyWhatItsTypeAndCurveAllow) {
  const Algorithms rsa{Algorithm::RS256, Algorithm::RS384, Algorithm::RS512,
                       Algorithm::PS256, Algorithm::PS384, Algorithm::PS512};
  EXPECT_EQ(read(Signer::ec("P-256").jwk())->algorithms(), Algorithms{Algorithm::ES256});
  EXPECT_EQ(read(p384().jwk())->algorithms(), Algorithms{Algorithm::ES384});
  EXPECT_EQ(read(Signer::ec("P-521").jwk())->algorithms(), Algorithms{Algorithm::ES512});
  EXPECT_EQ(read(rsa2048().jwk())->algorithms(), rsa);
}

TEST(Jwk, JWT_08_MayVerifyOnlyItsAlgWhenItHasOne) {
  EXPECT_EQ(read(rsa2048().jwk(R"(,"alg":"RS384")"))->algorithms(), Algorithms{Algorithm::RS384});
  EXPECT_EQ(read(p384().jwk(R"(,"alg":"ES384")"))->algorithms(), Algorithms{Algorithm::ES384});
}

TEST(Jwk, JWT_26_TakesUseSigAndKeyOpsVerifyAndIgnoresWhatItDoesNotKnow) {
  for (const std::string_view more :
       {R"(,"use":"sig")", R"(,"key_ops":["verify"])", R"(,"key_ops":["sign","verify"])",
        R"(,"use":"sig","alg":"ES384","key_ops":["verify"])",
        R"(,"ext":true,"x5c":["nonsense"],"x5t":7,"nbf":[1],"org.example":{"a":null})"}) {
    SCOPED_TRACE(more);
    EXPECT_TRUE(read(p384().jwk(more)));
  }
}

TEST(Jwk, JWT_08_RefusesAKeyThatIsNotForSignatures) {
  for (const std::string_view more :
       {R"(,"use":"enc")", R"(,"use":"SIG")", R"(,"use":null)", R"(,"use":["sig"])",
        R"(,"key_ops":["encrypt"])", R"(,"key_ops":[])", R"(,"key_ops":"verify")",
        R"(,"key_ops":["verify","verify"])", R"(,"key_ops":["verify",7])", R"(,"alg":"ES256")",
        R"(,"alg":"RS384")", R"(,"alg":"ES521")", R"(,"alg":"HS384")", R"(,"alg":"none")",
        R"(,"alg":"es384")", R"(,"alg":384)", R"(,"alg":"")"}) {
    SCOPED_TRACE(more);
    EXPECT_FALSE(read(p384().jwk(more)));
  }
}

TEST(Jwk, RefusesWhatIsNoKey) {
  const auto ec = p384().jwk();
  const auto rsa = rsa2048().jwk();
  const auto other = Signer::ec("P-256").jwk();
  const auto x_at = ec.find(R"("x":")") + 5;
  const std::string x = ec.substr(x_at, 64);
  std::string moved = x;
  moved[10] = moved[10] == 'A' ? 'B' : 'A';
  const struct {
    const char* what;
    std::string jwk;
    Errc code;
  } rows[] = {
      {"no object", "[]", Errc::malformed},
      {"no kid", with(ec, R"("kid":"ec",)", ""), Errc::missing},
      {"kid of a number", with(ec, R"("kid":"ec")", R"("kid":7)"), Errc::malformed},
      {"empty kid", with(ec, R"("kid":"ec")", R"("kid":"")"), Errc::malformed},
      {"long kid", with(ec, R"("kid":"ec")", R"("kid":")" + std::string(513, 'k') + '"'),
       Errc::out_of_range},
      {"no kty", with(ec, R"("kty":"EC",)", ""), Errc::missing},
      {"kty of another key", with(ec, R"("kty":"EC")", R"("kty":"RSA")"), Errc::missing},
      {"symmetric", R"({"kid":"k","kty":"oct","k":"AAAA"})", Errc::unsupported},
      {"Edwards curve", R"({"kid":"k","kty":"OKP","crv":"Ed25519","x":"AAAA"})", Errc::unsupported},
      {"other curve", with(ec, "P-384", "secp256k1"), Errc::unsupported},
      {"longer curve", with(ec, "P-384", "P-521"), Errc::malformed},
      {"shorter curve", with(ec, "P-384", "P-256"), Errc::malformed},
      {"padded x", with(ec, x, x + "="), Errc::malformed},
      {"long x", with(ec, x, "AAAA" + x), Errc::malformed},
      {"short x", with(ec, x, x.substr(4)), Errc::malformed},
      {"x off the curve", with(ec, x, moved), Errc::malformed},
      {"x is null", with(ec, '"' + x + '"', "null"), Errc::malformed},
      {"private EC key", p384().jwk(R"(,"d":"AAAA")"), Errc::unsupported},
      {"private RSA key", rsa2048().jwk(R"(,"p":"AAAA")"), Errc::unsupported},
      {"even e", with(rsa, "AQAB", "AQAA"), Errc::out_of_range},
      {"e of 1", with(rsa, "AQAB", "AQ"), Errc::out_of_range},
      {"e of 3", with(rsa, "AQAB", "Aw"), Errc::out_of_range},
      {"e of 0", with(rsa, "AQAB", "AA"), Errc::out_of_range},
      {"e of 33 bits", with(rsa, "AQAB", "AQAAAAE"), Errc::out_of_range},
      {"no e", with(rsa, R"(,"e":"AQAB")", ""), Errc::missing},
      {"n of 1024 bits", R"({"kid":"k","kty":"RSA","e":"AQAB","n":")" + modulus(1024) + "\"}",
       Errc::out_of_range},
      {"n of 2040 bits", R"({"kid":"k","kty":"RSA","e":"AQAB","n":")" + modulus(2040) + "\"}",
       Errc::out_of_range},
      {"n of 8200 bits", R"({"kid":"k","kty":"RSA","e":"AQAB","n":")" + modulus(8200) + "\"}",
       Errc::out_of_range},
      {"n of 80000 bits", R"({"kid":"k","kty":"RSA","e":"AQAB","n":")" + modulus(80'000) + "\"}",
       Errc::out_of_range},
      {"even n", R"({"kid":"k","kty":"RSA","e":"AQAB","n":")" + modulus(2048, '\2') + "\"}",
       Errc::malformed},
  };
  for (const auto& [what, jwk, code] : rows) {
    SCOPED_TRACE(what);
    const auto key = read(jwk);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, code);
  }
  EXPECT_TRUE(read(other));
}

TEST(Jwk, KnowsAModulusFromTheBrokenGenerator) {
  // 65537^3 is a power of 65537 modulo every prime.
  BIGNUM* const number = BN_new();
  BN_set_word(number, 65537ULL * 65537ULL * 65537ULL);
  EXPECT_TRUE(has_weak_generator_mark(*number));
  BN_add_word(number, 2);
  EXPECT_FALSE(has_weak_generator_mark(*number));
  BN_free(number);
}

TEST(Jwk, JWT_08_VerifiesEachAlgorithmAndNoOther) {
  const Signer signers[] = {Signer::ec("P-256"), p384(), Signer::ec("P-521"), rsa2048()};
  for (const Signer& signer : signers) {
    const auto key = read(signer.jwk());
    ASSERT_TRUE(key);
    for (const auto name : kAlgorithmNames) {
      SCOPED_TRACE(name);
      const auto algorithm = *parse_algorithm(name);
      if (!key->algorithms().has(algorithm)) {
        EXPECT_FALSE(key->verify(algorithm, "text", std::string(512, 's')));
        continue;
      }
      const auto signature = signer.sign(algorithm, "text");
      EXPECT_TRUE(key->verify(algorithm, "text", signature));
      EXPECT_FALSE(key->verify(algorithm, "texT", signature));
      EXPECT_FALSE(key->verify(algorithm, "text", signature.substr(1)));
      EXPECT_FALSE(key->verify(algorithm, "text", signature + '\0'));
      EXPECT_FALSE(key->verify(algorithm, "text", std::string(1, '\0') + signature));
      EXPECT_FALSE(key->verify(algorithm, "text", ""));
      for (const auto other : kAlgorithmNames) {
        if (other != name) {
          EXPECT_FALSE(key->verify(*parse_algorithm(other), "text", signature)) << other;
        }
      }
    }
  }
}

TEST(Jwk, JWT_08_RefusesADerSignatureAndASaltOfAnotherLength) {
  EXPECT_FALSE(
      read(p384().jwk())->verify(Algorithm::ES384, "text", p384().sign_der("SHA384", "text")));
  const auto rsa = read(rsa2048().jwk());
  EXPECT_TRUE(rsa->verify(Algorithm::PS256, "text", rsa2048().sign_pss("SHA256", 32, "text")));
  for (const int salt : {0, 20, 31, 33, 64}) {
    EXPECT_FALSE(rsa->verify(Algorithm::PS256, "text", rsa2048().sign_pss("SHA256", salt, "text")));
  }
}

TEST(JwkSet, JWT_09_FindsAKeyByItsKid) {
  const auto set = JwkSet::parse(jwk_set({p384().jwk(), rsa2048().jwk()}));
  ASSERT_TRUE(set);
  EXPECT_EQ(set->keys().size(), 2);
  ASSERT_NE(set->find("rsa"), nullptr);
  EXPECT_EQ(set->find("rsa")->kid(), "rsa");
  EXPECT_EQ(set->find("RSA"), nullptr);
  EXPECT_EQ(set->find(""), nullptr);
}

TEST(JwkSet, JWT_26_LeavesOutWhatItCannotUseAndKeepsTheRest) {
  const auto set = JwkSet::parse(
      jwk_set({R"({"kty":"oct","kid":"s","k":"AAAA"})", p384().jwk(), R"({"kty":"new"})", "7",
               R"({"kty":"OKP","kid":"o","crv":"Ed25519","x":"AAAA"})"}));
  ASSERT_TRUE(set);
  EXPECT_EQ(set->keys().size(), 1);
  ASSERT_EQ(set->rejected().size(), 4);
  EXPECT_EQ(set->rejected()[0].where, "keys[0].kty");
}

TEST(JwkSet, JWT_09_UsesNeitherOfTwoKeysOfOneKid) {
  const auto set =
      JwkSet::parse(jwk_set({Signer::ec("P-384", "a").jwk(), p384().jwk(),
                             Signer::ec("P-384", "a").jwk(), Signer::ec("P-256", "a").jwk()}));
  ASSERT_TRUE(set);
  EXPECT_EQ(set->find("a"), nullptr);
  EXPECT_NE(set->find("ec"), nullptr);
  EXPECT_EQ(set->rejected().size(), 2);
}

TEST(JwkSet, KeepsTheSigningKeyWhenAnEncryptionKeyHasItsKid) {
  const auto set =
      JwkSet::parse(jwk_set({Signer::rsa(2048, "ec").jwk(R"(,"use":"enc")"), p384().jwk()}));
  ASSERT_TRUE(set);
  EXPECT_NE(set->find("ec"), nullptr);
}

TEST(JwkSet, FindsAKidInAnySpellingOfBase64) {
  const auto set = JwkSet::parse(jwk_set({Signer::ec("P-384", "a+b/cw==").jwk()}));
  ASSERT_TRUE(set);
  EXPECT_NE(set->find_as_base64("a-b_cw"), nullptr);
  EXPECT_NE(set->find_as_base64("a+b/cw"), nullptr);
  EXPECT_EQ(set->find_as_base64("a-b_cx"), nullptr);
  EXPECT_EQ(set->find("a-b_cw"), nullptr);
  const auto two =
      JwkSet::parse(jwk_set({Signer::ec("P-384", "a+b").jwk(), Signer::ec("P-384", "a-b").jwk()}));
  EXPECT_EQ(two->find_as_base64("a+b"), nullptr);
}

TEST(JwkSet, RefusesWhatIsNoSet) {
  std::string many = R"({"keys":[)";
  for (int i = 0; i < 257; ++i) {
    many += i == 0 ? "7" : ",7";
  }
  for (const std::string& text :
       {std::string{}, std::string{"[]"}, std::string{"{}"}, std::string{R"({"keys":{}})"},
        std::string{R"({"keys":null})"}, std::string{R"({"keys":[],"keys":[]})"},
        std::string{R"({"keys":[]} x)"}, many + "]}",
        R"({"keys":[],"x":")" + std::string(JwkSet::kLongest, 'x') + "\"}", p384().jwk()}) {
    SCOPED_TRACE(text.substr(0, 40));
    EXPECT_FALSE(JwkSet::parse(text));
  }
  EXPECT_TRUE(JwkSet::parse(R"({"keys":[]})"));
}

}  // namespace
}  // namespace cdss::auth
