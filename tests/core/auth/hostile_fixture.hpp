#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/auth/jose/jws.hpp"
#include "tests/core/auth/authenticator_fixture.hpp"

namespace cdss::auth {

/// A token that must be refused, and why it is.
struct Hostile {
  std::string what;
  std::string token;
  Reason reason;
};
using Table = std::vector<Hostile>;

inline constexpr const char* kOtherIssuer = "https://other.example";
inline constexpr const char* kOtherKeys = "https://other.example/jwks";

/// Refuses every token of a table for the reason expected, and looks that none of them made the
/// server ask another machine.
class HostileToken : public AuthenticatorTest {
 protected:
  static const Signer& thief() {
    static const Signer signer = Signer::ec("P-384", "ec");
    return signer;
  }
  static const Signer& other() {
    static const Signer signer = Signer::ec("P-384", "other");
    return signer;
  }

  void SetUp() override {
    auto second = client();
    second.id = "other";
    second.issuers = {kOtherIssuer};
    second.jwks_urls = {kOtherKeys};
    fetcher.sets[kOtherKeys] = jwk_set({other().jwk()});
    auto first = client();
    first.tenants = {"north"};
    open({first, second});
    ASSERT_EQ(reason(sign(good())), std::nullopt);
    ASSERT_EQ(reason(good()
                         .claim("iss", json_text(kOtherIssuer))
                         .head("kid", R"("other")")
                         .sign(other(), Algorithm::ES384)),
              std::nullopt);
    ASSERT_EQ(fetches(), 2U);  // the keys of both are available
    kept = replay.size();
  }

  Draft good() { return draft().claim("tenant", R"("north")"); }

  /// The parts of a good token with another signature.
  static std::string with_signature(const Draft& draft, std::string_view signature) {
    return draft.parts() + '.' + encode_base64url(signature);
  }
  static std::string with_texts(std::string_view header, std::string_view payload) {
    return make_jws(ec(), Algorithm::ES384, header, payload);
  }

  void refuse_all(const Table& table, std::size_t expected) {
    EXPECT_EQ(table.size(), expected);
    std::set<std::string> names;
    for (const auto& [what, token, expected_reason] : table) {
      SCOPED_TRACE(what);
      EXPECT_TRUE(names.insert(what).second);
      const auto found = reason(token);
      ASSERT_TRUE(found) << "was accepted";
      EXPECT_EQ(label_of(*found).text(), label_of(expected_reason).text());
      EXPECT_EQ(fetches(), 2U) << "caused a fetch";
      EXPECT_EQ(replay.size(), kept) << "was recorded";
    }
    EXPECT_EQ(reason(sign(good())), std::nullopt);
  }

  std::size_t kept = 0;
};

}  // namespace cdss::auth
