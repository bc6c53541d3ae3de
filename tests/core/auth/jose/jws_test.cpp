#include "core/auth/jose/jws.hpp"

#include <gtest/gtest.h>

#include "tests/core/auth/encode.hpp"

namespace cdss::auth {
namespace {

std::string jws(std::string_view header, std::string_view payload = "{}") {
  return encode_base64url(header) + '.' + encode_base64url(payload) + ".AAAA";
}

TEST(Jws, TakesTheCompactFormApart) {
  const auto read = Jws::parse(jws(R"({"alg":"ES384","kid":"k"})", "any \xff bytes"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->header().text_or_empty("kid"), "k");
  EXPECT_EQ(read->payload(), "any \xff bytes");
  EXPECT_EQ(read->signature(), std::string(3, '\0'));
  EXPECT_EQ(std::string{read->signed_text()} + ".AAAA",
            jws(R"({"alg":"ES384","kid":"k"})", "any \xff bytes"));
}

TEST(Jws, KeepsItsPartsWhenItIsMoved) {
  auto read = Jws::parse(jws("{}", ""));
  ASSERT_TRUE(read);
  const auto moved = *std::move(read);
  EXPECT_EQ(moved.signed_text(), "e30.");
  EXPECT_TRUE(moved.header().is_object());
}

TEST(Jws, RefusesEveryOtherForm) {
  const auto header = encode_base64url(R"({"alg":"ES384"})");
  const struct {
    std::string text;
    Reason reason;
  } rows[] = {
      {"", Reason::not_compact},
      {".", Reason::not_compact},
      {"..", Reason::not_compact},
      {".e30.AAAA", Reason::not_compact},
      {header, Reason::not_compact},
      {header + ".e30", Reason::not_compact},
      {header + ".e30.AAAA.", Reason::not_compact},
      {header + ".e30.AAAA.AAAA", Reason::not_compact},
      {header + ".e30.AAAA.AAAA.AAAA", Reason::not_compact},
      {header + "=.e30.AAAA", Reason::not_compact},
      {header + ".e30=.AAAA", Reason::not_compact},
      {header + ".e30.AAA=", Reason::not_compact},
      {header + ".e30.AAA\n", Reason::not_compact},
      {" " + header + ".e30.AAAA", Reason::not_compact},
      {header + ".e30.AAA+", Reason::not_compact},
      {header + ".e30.AAB", Reason::not_compact},
      {R"({"payload":"e30","signatures":[]})", Reason::not_compact},
      {encode_base64url("[]") + ".e30.AAAA", Reason::header_not_json},
      {encode_base64url("7") + ".e30.AAAA", Reason::header_not_json},
      {encode_base64url("\xef\xbb\xbf{}") + ".e30.AAAA", Reason::header_not_json},
      {encode_base64url("{\"a\":\"\xff\"}") + ".e30.AAAA", Reason::header_not_json},
      {encode_base64url(R"({"alg":"ES384","alg":"none"})") + ".e30.AAAA", Reason::header_not_json},
      {encode_base64url(R"({"a":)" + std::string(20, '[') + std::string(20, ']') + "}") +
           ".e30.AAAA",
       Reason::header_not_json},
      {std::string(Jws::kLongest + 1, 'A'), Reason::too_long},
  };
  for (const auto& [text, reason] : rows) {
    SCOPED_TRACE(text.substr(0, 60));
    const auto read = Jws::parse(text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error(), reason);
  }
}

TEST(Jws, JWT_03_NamesWhatIsWrongWithTheAlgorithm) {
  const struct {
    const char* header;
    Reason reason;
  } rows[] = {
      {R"({})", Reason::algorithm_missing},
      {R"({"alg":null})", Reason::algorithm_missing},
      {R"({"alg":384})", Reason::algorithm_missing},
      {R"({"alg":""})", Reason::algorithm_missing},
      {R"({"alg":["ES384"]})", Reason::algorithm_missing},
      {R"({"ALG":"ES384"})", Reason::algorithm_missing},
      {R"({"alg":"none"})", Reason::algorithm_none},
      {R"({"alg":"None"})", Reason::algorithm_none},
      {R"({"alg":"NONE"})", Reason::algorithm_none},
      {R"({"alg":"nOnE"})", Reason::algorithm_none},
      {R"({"alg":"HS256"})", Reason::algorithm_symmetric},
      {R"({"alg":"HS384"})", Reason::algorithm_symmetric},
      {R"({"alg":"HS512"})", Reason::algorithm_symmetric},
      {R"({"alg":"hs384"})", Reason::algorithm_symmetric},
      {R"({"alg":"HS256/64"})", Reason::algorithm_symmetric},
      {R"({"alg":"es384"})", Reason::algorithm_unknown},
      {R"({"alg":"ES384 "})", Reason::algorithm_unknown},
      {R"({"alg":"ES521"})", Reason::algorithm_unknown},
      {R"({"alg":"ES256K"})", Reason::algorithm_unknown},
      {R"({"alg":"EdDSA"})", Reason::algorithm_unknown},
      {R"({"alg":"RSA1_5"})", Reason::algorithm_unknown},
  };
  for (const auto& [header, reason] : rows) {
    SCOPED_TRACE(header);
    const auto read = Jws::parse(jws(header));
    ASSERT_TRUE(read);
    const auto algorithm = algorithm_of(read->header());
    ASSERT_FALSE(algorithm);
    EXPECT_EQ(algorithm.error(), reason);
  }
  for (const auto name : kAlgorithmNames) {
    const auto read = Jws::parse(jws(R"({"alg":")" + std::string{name} + "\"}"));
    EXPECT_EQ(name_of(*algorithm_of(read->header())), name);
  }
}

TEST(Jws, JWT_31_RefusesWhateverIsCritical) {
  for (const auto* header :
       {R"({"crit":["exp"]})", R"({"crit":[]})", R"({"crit":null})", R"({"crit":"b64"})",
        R"({"b64":false})", R"({"b64":true})", R"({"crit":["b64"],"b64":false})"}) {
    EXPECT_EQ(critical_fault(Jws::parse(jws(header))->header()), Reason::critical_header) << header;
  }
  EXPECT_FALSE(critical_fault(Jws::parse(jws(R"({"cty":"x","x5t":"y"})"))->header()));
}

TEST(Jws, JWT_24_RefusesAKeyInTheHeader) {
  for (const auto* header :
       {R"({"jwk":{}})", R"({"jwk":null})", R"({"x5c":[]})", R"({"x5u":"https://a.example/c"})"}) {
    EXPECT_EQ(embedded_key_fault(Jws::parse(jws(header))->header()), Reason::embedded_key)
        << header;
  }
  EXPECT_FALSE(embedded_key_fault(Jws::parse(jws(R"({"x5t":"y","jku":"z"})"))->header()));
}

TEST(Reason, HasANameASentenceAndAnAdviceEach) {
  for (std::size_t i = 0; i < kReasons; ++i) {
    const auto reason = static_cast<Reason>(i);
    EXPECT_FALSE(label_of(reason).text().empty());
    EXPECT_FALSE(explain(reason).what.empty());
    EXPECT_FALSE(explain(reason).advice.empty());
    EXPECT_FALSE(explain(reason).what.ends_with('.'));
    EXPECT_FALSE(explain(reason).advice.ends_with('.'));
  }
}

}  // namespace
}  // namespace cdss::auth
