#include "core/server/answers.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/json/document.hpp"

namespace cdss::server {
namespace {

TEST(Answers, GEN_01_TakesJsonInUtf8AndNothingElse) {
  const struct {
    const char* type;
    const char* encoding;
    bool taken;
  } rows[] = {
      {"application/json", "", true},
      {"application/json;charset=utf-8", "", true},
      {"Application/JSON ; charset=\"UTF-8\"", "", true},
      {"application/json", "identity", true},
      {"", "", false},
      {"text/json", "", false},
      {"application/jsonp", "", false},
      {"application/fhir+json", "", false},
      {"application/json; charset=iso-8859-1", "", false},
      {"application/json", "gzip", false},
  };
  for (const auto& [type, encoding, taken] : rows) {
    SCOPED_TRACE(std::string{type} + " / " + encoding);
    http::Request request;
    if (*type != '\0') {
      request.headers.emplace_back("content-type", type);
    }
    if (*encoding != '\0') {
      request.headers.emplace_back("Content-Encoding", encoding);
    }
    EXPECT_EQ(is_json(request), taken);
  }
}

TEST(Answers, ERR_02_GiveEveryRefusalAValidOperationOutcome) {
  const std::string_view severities[] = {"fatal", "error", "warning", "information"};
  for (const int status : {400, 403, 404, 405, 408, 413, 415, 417, 431, 500, 501, 503, 505}) {
    SCOPED_TRACE(status);
    const auto document = Document::parse(http_error_body(status, "a sentence"));
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().text_or_empty("resourceType"), "OperationOutcome");
    const auto issues = document->root().at("issue");
    ASSERT_TRUE(issues && issues->size() == 1);
    for (const View issue : issues->elements()) {
      EXPECT_NE(std::ranges::find(severities, issue.text_or_empty("severity")),
                std::end(severities));
      EXPECT_FALSE(issue.text_or_empty("code").empty());
      EXPECT_EQ(issue.text_or_empty("diagnostics"), "a sentence");
    }
  }
}

TEST(Answers, SayWhenToTryAgainWhenOverloaded) {
  const auto busy = answer(503, "{}");
  EXPECT_EQ(busy.status, 503);
  ASSERT_EQ(busy.headers.size(), 1U);
  EXPECT_EQ(busy.headers.front().first, "Retry-After");
  EXPECT_TRUE(answer(504, "{}").headers.empty());
}

}  // namespace
}  // namespace cdss::server
