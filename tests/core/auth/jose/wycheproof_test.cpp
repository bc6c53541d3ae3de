// Every vector of Project Wycheproof for JSON Web Signature and JSON Web Key.

#include <map>

#include <gtest/gtest.h>

#include "core/auth/jose/jwk_set.hpp"
#include "core/auth/jose/jws.hpp"
#include "core/base/file.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::auth {
namespace {

constexpr const char* kSymmetric =
    "signed with a shared key: no such algorithm exists here (JWT-05)";
constexpr const char* kEs521 = "the JWK says alg ES521, which RFC 7518 does not have (JWT-08)";
constexpr const char* kOtherAlg = "alg of the JWK is PS256, alg of the token PS384 (JWT-08)";

/// The tests whose verdict is "valid" and that are refused here, by file and id, with the reason.
using Exceptions = std::map<std::int64_t, const char*>;

const Exceptions kSignatureExceptions = {
    {1, kSymmetric},   {346, kOtherAlg},  {347, kEs521},     {348, kSymmetric}, {350, kOtherAlg},
    {351, kEs521},     {352, kSymmetric}, {357, kSymmetric}, {358, kSymmetric}, {359, kSymmetric},
    {372, kSymmetric}, {373, kSymmetric}, {376, kSymmetric}, {377, kSymmetric}};

const Exceptions kKeyExceptions = {
    {2, kSymmetric}, {13, kSymmetric}, {14, kSymmetric}, {15, kSymmetric}};

/// The group's key or key set as a set: the public one, or the shared one.
JwkSet keys_of(View group) {
  const auto given = group.find("public") ? group.find("public") : group.find("private");
  std::string text;
  json::append_value(text, *given);
  auto set = JwkSet::parse(given->find("keys") ? text : R"({"keys":[)" + text + "]}");
  EXPECT_TRUE(set) << text;
  return *std::move(set);
}

bool verifies(const JwkSet& keys, std::string compact) {
  const auto jws = Jws::parse(std::move(compact));
  if (!jws || critical_fault(jws->header()) || embedded_key_fault(jws->header())) {
    return false;
  }
  const auto algorithm = algorithm_of(jws->header());
  const auto* const key = keys.find(jws->header().text_or_empty("kid"));
  return algorithm && key != nullptr && !signature_fault(*jws, *algorithm, *key);
}

void take_all(const char* file, std::size_t expected, const Exceptions& exceptions) {
  const auto document = read_json_file(std::string{CDSS_TEST_DATA "/wycheproof/"} + file);
  ASSERT_TRUE(document);
  std::size_t tests = 0;
  std::size_t excepted = 0;
  for (const View group : document->root().find("testGroups")->elements()) {
    const auto keys = keys_of(group);
    for (const View test : group.find("tests")->elements()) {
      const auto id = *test.find("tcId")->integer();
      const bool valid = test.text_or_empty("result") == "valid";
      const auto exception = exceptions.find(id);
      std::string text;
      if (const auto jws = *test.find("jws"); jws.is_string()) {
        text = jws.raw_text();
      } else {
        json::append_value(text, jws);
      }
      if (exception != exceptions.end()) {
        EXPECT_TRUE(valid) << file << ' ' << id << " is no exception: " << exception->second;
        ++excepted;
      }
      EXPECT_EQ(verifies(keys, text), valid && exception == exceptions.end())
          << file << ' ' << id << ' ' << test.text_or_empty("comment");
      ++tests;
    }
  }
  EXPECT_EQ(tests, expected);
  EXPECT_EQ(excepted, exceptions.size());
}

TEST(Wycheproof, JWT_02_JudgesEverySignatureRight) {
  take_all("json_web_signature_test.json", 401, kSignatureExceptions);
}

TEST(Wycheproof, JWT_08_JudgesEveryKeyRight) {
  take_all("json_web_key_test.json", 26, kKeyExceptions);
}

}  // namespace
}  // namespace cdss::auth
