#include "core/base/errors/errc_row.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(Errc, HasANameAnIssueTypeAStatusAndASentenceEach) {
  const struct {
    Errc code;
    std::string_view name, issue_type;
    int http_status;
    std::string_view sentence;
  } rows[] = {
      {Errc::malformed, "malformed", "structure", 500, "the service failed; the fault is logged"},
      {Errc::missing, "missing", "required", 500, "the service failed; the fault is logged"},
      {Errc::out_of_range, "out_of_range", "value", 413,
       "the request is too long for this service"},
      {Errc::unsupported, "unsupported", "not-supported", 500,
       "the service failed; the fault is logged"},
      {Errc::timed_out, "timed_out", "timeout", 504, "the service did not answer in time"},
      {Errc::unavailable, "unavailable", "transient", 503, "too many calls are waiting; try again"},
      {Errc::busy, "busy", "transient", 503, "too many calls are waiting; try again"},
      {Errc::internal, "internal", "exception", 500, "the service failed; the fault is logged"},
  };
  auto next = Errc::malformed;
  for (const auto& [code, name, issue_type, http_status, sentence] : rows) {
    SCOPED_TRACE(name);
    EXPECT_EQ(code, next) << "every Errc, in its order";
    next = static_cast<Errc>(static_cast<int>(code) + 1);
    EXPECT_EQ(row_of(code).code, code);
    EXPECT_EQ(row_of(code).name, name);
    EXPECT_EQ(row_of(code).issue_type, issue_type);
    EXPECT_EQ(row_of(code).http_status, http_status);
    EXPECT_EQ(row_of(code).sentence, sentence);
  }
}

TEST(Errc, HasNoPartInWhatHttpRefuses) {
  const std::pair<int, std::string_view> rows[] = {
      {400, "structure"},     {401, "login"},     {403, "forbidden"},     {404, "not-found"},
      {405, "not-supported"}, {408, "timeout"},   {413, "too-long"},      {415, "not-supported"},
      {417, "structure"},     {431, "too-long"},  {500, "exception"},     {501, "not-supported"},
      {503, "transient"},     {504, "structure"}, {505, "not-supported"},
  };
  for (const auto& [status, issue_type] : rows) {
    EXPECT_EQ(issue_type_of_status(status), issue_type) << status;
  }
}

}  // namespace
}  // namespace cdss
