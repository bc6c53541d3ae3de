// The 24 written cases (synthetic, ours) as an EHR sends them to the running program: what the
// rules were written to give, and each whole answer as it was read and approved, in tests/golden.
//
// The requests tell of an encounter on 2026-11-21. The program reads its own calendar, so the days
// of a request are moved to today before it is sent, and those of the answer back again.
// CDSS_UPDATE_GOLDEN=1 writes the answers instead of comparing them: tests/golden/update.

#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>

#include <gtest/gtest.h>

#include "core/base/clock.hpp"
#include "core/base/file.hpp"
#include "tests/system/golden.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

using namespace std::chrono;

const std::filesystem::path kGolden = std::filesystem::path{CDSS_SOURCE_DIR} / "tests/golden";
constexpr sys_days kEncounter = 2026y / November / 21;
constexpr const char* kServices[] = {"psoas-likelihood", "hip-replacement", "treatment-escalation"};

const Document& vignettes() {
  static const auto kFile = read_json_file(CDSS_TEST_DATA "/vignettes.json");
  return *kFile;
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const View vignette : vignettes().root().elements()) {
    all.emplace_back(vignette.text_or_empty("id"));
  }
  return all;
}

View expected_of(const std::string& id) {
  for (const View vignette : vignettes().root().elements()) {
    if (vignette.text_or_empty("id") == id) {
      return *vignette.at("expected");
    }
  }
  throw std::runtime_error{"no vignette " + id};
}

/// The texts of an array, sorted; nothing when it is left out, as empty arrays are.
std::multiset<std::string> texts(View object, std::string_view name) {
  std::multiset<std::string> all;
  if (const auto array = object.find(name)) {
    for (const View element : array->elements()) {
      all.emplace(element.raw_text());
    }
  }
  return all;
}

class Vignette : public ::testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() { server = std::make_unique<RunningServer>(); }
  static void TearDownTestSuite() { server.reset(); }

  /// What the program answers, with the days of the encounter. Asked again when midnight passed
  /// meanwhile.
  static HttpAnswer ask(const std::string& service) {
    const auto request = read_file(kGolden / GetParam() / "request.json");
    EXPECT_TRUE(request) << "run tests/golden/make_requests.py";
    HttpClient http{server->port()};
    while (request) {
      const auto shift = Clock::system().today() - kEncounter;
      auto answer = http.post("/cds-services/" + service, with_days_shifted(*request, shift));
      if (Clock::system().today() - kEncounter == shift) {
        answer.body = with_days_shifted(std::move(answer.body), -shift);
        return answer;
      }
    }
    return {};
  }

  static void compare_with_golden(const std::string& service, const std::string& body) {
    const auto path = kGolden / GetParam() / (service + ".json");
    const std::string actual = laid_out(body);
    if (std::getenv("CDSS_UPDATE_GOLDEN") != nullptr) {
      std::ofstream{path, std::ios::binary} << actual;
      return;
    }
    const auto golden = read_file(path);
    ASSERT_TRUE(golden) << path << " is not there: run tests/golden/update";
    const std::string differs = difference(*golden, actual);
    EXPECT_TRUE(differs.empty())
        << differs << "when this is meant, run tests/golden/update and read what it changed";
  }

  static void check_psoas_likelihood(View assessment, View expected) {
    EXPECT_EQ(assessment.text_or_empty("band"), expected.text_or_empty("band"));
    ASSERT_TRUE(assessment.find("score"));
    EXPECT_EQ(*assessment.find("score")->number(), *expected.find("suggested_score")->number());
  }

  static void check_hip_replacement(View assessment, View expected) {
    EXPECT_EQ(assessment.text_or_empty("thaFlag"), expected.text_or_empty("tha_flag"));
  }

  static void check_treatment_escalation(View assessment, View expected) {
    EXPECT_EQ(assessment.text_or_empty("step"), expected.text_or_empty("step"));
    EXPECT_EQ(texts(assessment, "safetyRules"), texts(expected, "safety_rules"));
    EXPECT_EQ(texts(assessment, "blockedBy"), texts(expected, "blocked_by"));
  }

  static std::unique_ptr<RunningServer> server;
};

std::unique_ptr<RunningServer> Vignette::server;

TEST_P(Vignette, IsAnsweredAsWrittenByEachService) {
  const View expected = expected_of(GetParam());
  for (const std::string service : kServices) {
    SCOPED_TRACE(GetParam() + ", " + service);
    const auto answer = ask(service);
    ASSERT_EQ(answer.status, 200) << answer.body << server->log();
    const auto document = Document::parse(answer.body);
    ASSERT_TRUE(document) << answer.body;
    const auto extension = document->root().find("extension");
    ASSERT_TRUE(extension) << answer.body;
    const View assessment = *extension->at("org.psoas-cds.assessment");
    EXPECT_EQ(texts(assessment, "redFlags"), texts(expected, "red_flags"));
    if (service == kServices[0]) {
      check_psoas_likelihood(assessment, expected);
    } else if (service == kServices[1]) {
      check_hip_replacement(assessment, expected);
    } else {
      check_treatment_escalation(assessment, expected);
    }
    compare_with_golden(service, answer.body);
  }
}

INSTANTIATE_TEST_SUITE_P(Golden, Vignette, ::testing::ValuesIn(ids()),
                         [](const auto& test) { return test.param; });

TEST(Vignettes, AreTwentyFour) {
  EXPECT_EQ(ids().size(), 24U);
}

TEST(Golden, ShiftsEachWholeDayAndNothingElse) {
  const struct {
    const char* text;
    const char* shifted;
  } rows[] = {
      {"2026-11-21", "2026-12-01"},
      {"on 2026-12-25T08:40:00+00:00.", "on 2027-01-04T08:40:00+00:00."},
      {"\"2024-02-20\",\"2024-02-29\"", "\"2024-03-01\",\"2024-03-10\""},
      {"12026-11-21 2026-11-211 2026-13-01 2026-11", "12026-11-21 2026-11-211 2026-13-01 2026-11"},
  };
  for (const auto& [text, shifted] : rows) {
    EXPECT_EQ(with_days_shifted(text, days{10}), shifted);
    EXPECT_EQ(with_days_shifted(shifted, days{-10}), text);
  }
}

TEST(Golden, NamesUuidsAndLeavesTheHashOut) {
  const std::string one = "0b6a4c0e-2a7e-4f58-8f3c-6f1d1b7f5a22";
  const std::string two = "1b6a4c0e-2a7e-4f58-8f3c-6f1d1b7f5a22";
  const std::string response = R"({"a":[")" + two + R"(",")" + one + R"(",")" + two +
                               R"("],"knowledge":"00ff","empty":[],"n":1.50})";
  const std::string expected =
      "{\n  \"a\": [\n    \"uuid-1\",\n    \"uuid-2\",\n    \"uuid-1\"\n  ],\n"
      "  \"knowledge\": \"(hash)\",\n  \"empty\": [],\n  \"n\": 1.50\n}\n";
  EXPECT_EQ(laid_out(response), expected);
}

TEST(Golden, ShowsTheLinesThatDiffer) {
  EXPECT_EQ(difference("a\nb\nc", "a\nb\nc"), "");
  EXPECT_EQ(difference("a\nb\nc", "a\nx\nc\nd"), "- b\n+ x\n+ d\n");
  EXPECT_EQ(difference(R"("detail": "one\ntwo")", R"("detail": "one\nthree")"),
            "- two\"\n+ three\"\n");
}

}  // namespace
}  // namespace cdss::test
