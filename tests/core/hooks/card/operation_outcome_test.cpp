#include "core/hooks/card/operation_outcome.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace cdss::hooks {
namespace {

TEST(OperationOutcome, ERR_02_HasAnIssueOfAKnownTypeForEveryError) {
  const struct {
    Errc code;
    const char* severity;
    const char* type;
  } rows[] = {
      {Errc::malformed, "error", "structure"}, {Errc::missing, "error", "required"},
      {Errc::out_of_range, "error", "value"},  {Errc::unsupported, "error", "not-supported"},
      {Errc::timed_out, "error", "timeout"},   {Errc::unavailable, "error", "transient"},
      {Errc::internal, "fatal", "exception"},
  };
  for (const auto& [code, severity, type] : rows) {
    EXPECT_EQ(write_operation_outcome(Error{code, "context.patientId", "is wrong"}),
              R"({"resourceType":"OperationOutcome","issue":[{"severity":")" +
                  std::string{severity} + R"(","code":")" + type +
                  R"(","diagnostics":"context.patientId: is wrong",)"
                  R"("expression":["context.patientId"]}]})");
  }
}

TEST(OperationOutcome, SaysAPlaceThatIsNoElementInWordsOnly) {
  EXPECT_EQ(write_operation_outcome(Error{Errc::malformed, "byte 12", "is no JSON"}),
            R"({"resourceType":"OperationOutcome","issue":[{"severity":"error",)"
            R"("code":"structure","diagnostics":"byte 12: is no JSON"}]})");
  EXPECT_EQ(write_operation_outcome(Error{Errc::malformed, "", "must be an object"}),
            R"({"resourceType":"OperationOutcome","issue":[{"severity":"error",)"
            R"("code":"structure","diagnostics":"must be an object"}]})");
}

TEST(OperationOutcome, PF_49_NamesEachMissingKey) {
  const std::vector<Error> errors{{Errc::missing, "prefetch.patient", "is needed"},
                                  {Errc::missing, "prefetch.conditions", "is needed"}};
  EXPECT_EQ(
      write_operation_outcome(errors),
      R"({"resourceType":"OperationOutcome","issue":[)"
      R"({"severity":"error","code":"required","diagnostics":"prefetch.patient: is needed",)"
      R"("expression":["prefetch.patient"]},)"
      R"({"severity":"error","code":"required","diagnostics":"prefetch.conditions: is needed",)"
      R"("expression":["prefetch.conditions"]}]})");
}

TEST(OperationOutcome, ERR_04_CarriesAFixedText) {
  EXPECT_EQ(write_operation_outcome("login", "authentication failed"),
            R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login",)"
            R"("diagnostics":"authentication failed"}]})");
}

TEST(OperationOutcome, RepeatsItsTextAsAMessageForThoseWhoReadThat) {
  const Leniencies leniencies{.message_in_errors = true};
  EXPECT_EQ(write_operation_outcome(Error{Errc::missing, "hook", "is required"}, leniencies),
            R"({"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"required",)"
            R"("diagnostics":"hook: is required","expression":["hook"]}],)"
            R"("message":"hook: is required"})");
  EXPECT_EQ(write_operation_outcome("not-found", "there is none", leniencies),
            R"({"resourceType":"OperationOutcome","issue":[{"severity":"error",)"
            R"("code":"not-found","diagnostics":"there is none"}],"message":"there is none"})");
}

}  // namespace
}  // namespace cdss::hooks
