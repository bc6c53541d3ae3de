#include "core/server/service_call.hpp"

#include <gtest/gtest.h>

namespace cdss::server {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days kToday = 2026y / std::chrono::March / 14;

/// A service that reads nothing.
const plugin::ServiceDeclaration kDeclaration{.id = "tester", .hooks = {"patient-view"}};

constexpr const char* kBody =
    R"({"hook":"patient-view","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",)"
    R"("context":{"userId":"Practitioner/1","patientId":"p1"}})";

HostedService service_at_patient_view() {
  return {.declaration = &kDeclaration, .bindings = {{.hook = "patient-view"}}};
}

TEST(ServiceCall, REQ_18_SaysFirstThatTheHookIsNotOffered) {
  const HostedService service = service_at_patient_view();
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
    ServiceCall call{service, std::make_shared<config::Client>(), kToday};
    call.receive(body);
    ASSERT_EQ(call.state(), ServiceCall::State::refused);
    EXPECT_EQ(call.status(), 400);
    ASSERT_EQ(call.refusal().errors.size(), 1U);
    EXPECT_EQ(call.refusal().errors[0].where, where);
    EXPECT_EQ(call.refusal().errors[0].code, code);
  }
}

TEST(ServiceCall, TakesAHookThatIsOffered) {
  const HostedService service = service_at_patient_view();
  ServiceCall call{service, std::make_shared<config::Client>(), kToday};
  call.receive(kBody);
  ASSERT_EQ(call.state(), ServiceCall::State::received) << call.take_body();
  call.complete();
  ASSERT_EQ(call.state(), ServiceCall::State::complete) << call.take_body();
  const auto asked = call.plugin_call();
  EXPECT_EQ(asked.service, "tester");
  EXPECT_EQ(asked.today, kToday);
}

TEST(ServiceCall, ERR_03_GivesAWorkersFaultItsStatusAndNotItsWords) {
  const struct {
    Errc code;
    int status;
  } rows[] = {{Errc::unavailable, 503},
              {Errc::timed_out, 504},
              {Errc::out_of_range, 413},
              {Errc::internal, 500},
              {Errc::malformed, 500}};
  const HostedService service = service_at_patient_view();
  for (const auto& [code, status] : rows) {
    ServiceCall call{service, std::make_shared<config::Client>(), kToday};
    call.receive(kBody);
    call.complete();
    call.fail({code, "inside", "the plugin's words"});
    EXPECT_EQ(call.status(), status);
    EXPECT_EQ(call.take_body().find("plugin's words"), std::string::npos);
  }
}

TEST(ServiceCall, RefusesAnAnswerThatIsNone) {
  const HostedService service = service_at_patient_view();
  for (const char* written : {"", "{}", "[]", R"({"cards": 5})"}) {
    ServiceCall call{service, std::make_shared<config::Client>(), kToday};
    call.receive(kBody);
    call.complete();
    call.take_answer(written);
    EXPECT_TRUE(call.is_refused()) << written;
    EXPECT_EQ(call.status(), 500);
  }
}

}  // namespace
}  // namespace cdss::server
