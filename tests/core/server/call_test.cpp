#include "core/server/call.hpp"

#include <gtest/gtest.h>

namespace cdss::server {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days kToday = 2026y / std::chrono::March / 14;

/// A service that reads nothing.
const plugin::ServiceDeclaration kDeclaration{.id = "tester", .hooks = {"patient-view"}};

HostedService service_at_patient_view() {
  return {.declaration = &kDeclaration, .bindings = {{.hook = "patient-view"}}};
}

TEST(Call, SaysFirstThatTheHookIsNotOffered) {
  const HostedService hosted_service = service_at_patient_view();
  const std::string instance = R"("hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",)";
  const struct {
    const char* what;
    std::string body;
    const char* where;
    Errc code;
  } rows[] = {
      {"its context is another hook's",
       R"({"hook":"order-sign",)" + instance + R"("context":{"patientId":"p1"}})", "hook",
       Errc::unsupported},
      {"all else is wrong", R"({"hook":"order-sign","context":[]})", "hook", Errc::unsupported},
      {"nobody knows it", R"({"hook":"com.example.hook"})", "hook", Errc::unsupported},
      {"there is none", "{" + instance + R"("context":{}})", "hook", Errc::missing},
      {"it is no text", R"({"hook":["order-sign"]})", "hook", Errc::malformed},
      {"no object", R"(["order-sign"])", "", Errc::malformed},
      {"offered, but without its user",
       R"({"hook":"patient-view",)" + instance + R"("context":{"patientId":"p1"}})",
       "context.userId", Errc::missing},
  };
  for (const auto& [what, body, where, code] : rows) {
    SCOPED_TRACE(what);
    const auto call = ReceivedCall::read(body, hosted_service, {});
    ASSERT_FALSE(call);
    EXPECT_EQ(call.error().status, 400);
    ASSERT_EQ(call.error().errors.size(), 1U);
    EXPECT_EQ(call.error().errors[0].where, where);
    EXPECT_EQ(call.error().errors[0].code, code);
  }
}

TEST(Call, TakesAHookThatIsOffered) {
  const HostedService hosted_service = service_at_patient_view();
  auto received = ReceivedCall::read(
      R"({"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",)"
      R"("context":{"userId":"Practitioner/1","patientId":"p1"}})",
      hosted_service, {});
  ASSERT_TRUE(received) << received.error().body();
  const auto call = PreparedCall::make(*std::move(received), {}, kToday);
  ASSERT_TRUE(call) << call.error().body();
  EXPECT_EQ((*call)->call().service, "tester");
}

}  // namespace
}  // namespace cdss::server
