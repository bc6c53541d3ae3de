// The call that an EHR with this record would make: templates of a service over a record in memory.

#include "core/cli/local_call.hpp"

#include <gtest/gtest.h>

namespace cdss::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_days kToday{2024y / 9 / 13};

constexpr const char* kRecord =
    R"({"resourceType": "Patient", "id": "p1"}
{"resourceType": "Observation", "id": "new", "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2024-06-16"}
{"resourceType": "Observation", "id": "old", "subject": {"reference": "Patient/p1"}, "effectiveDateTime": "2024-06-15"}
{"resourceType": "MedicationRequest", "id": "m1", "subject": {"reference": "Patient/p1"}, "medicationReference": {"reference": "Medication/x"}, "requester": {"reference": "Practitioner/d"}}
{"resourceType": "Medication", "id": "x"}
{"resourceType": "Medication", "id": "y"}
{"resourceType": "Practitioner", "id": "d"}
)";

plugin::ServiceDeclaration service() {
  using plugin::Need;
  return {
      .id = "tester",
      .hooks = {"encounter-start", "patient-view"},
      .needs =
          {Need{.key = "patient", .resource = "Patient", .query = {}},
           Need{
               .key = "recent", .resource = "Observation", .query = "date=gt{{today() - 90 days}}"},
           Need{.key = "orders", .resource = "MedicationRequest", .query = {}},
           Need{.key = "medications",
                .resource = "Medication",
                .query = {},
                .prefetch = "Medication?_id={{%orders.entry.resource.medication.resolve().id}}"},
           Need{.key = "doctor",
                .resource = "Practitioner",
                .query = {},
                .prefetch = "Practitioner?_id={{%orders.entry.resource.requester.resolve().id}}"},
           Need{.key = "values", .resource = "Observation", .query = "code:in=http://x"},
           Need{.key = "unknown",
                .resource = "Practitioner",
                .query = {},
                .prefetch = "Practitioner?_id={{%values.entry.resource.performer.reference}}"},
           Need{.key = "role",
                .resource = "PractitionerRole",
                .query = {},
                .prefetch = "PractitionerRole/{{userPractitionerRoleId}}"}},
      .tokens = hooks::PrefetchTokens::fhirpath};
}

/// Borrows from `declaration`.
server::HostedService offer_of(const plugin::ServiceDeclaration& declaration) {
  server::HostedService offer{.declaration = &declaration};
  for (const std::string& hook : declaration.hooks) {
    offer.bindings.push_back(*server::bind_hook(declaration, hook));
  }
  return offer;
}

fhir_search::LocalRecord local_record() {
  return *fhir_search::LocalRecord::read({{.name = "record", .bytes = kRecord}}, {});
}

/// The ids in the answer to a key, with a space after each.
std::string ids(View prefetch, const char* key) {
  std::string out;
  const auto bundle = prefetch.find(key);
  const auto entries = bundle ? bundle->find("entry") : std::nullopt;
  if (!entries) {
    return bundle ? std::string{bundle->text_or_empty("id")} : "absent";
  }
  for (const View entry : entries->elements()) {
    out += std::string{entry.at("resource")->text_or_empty("id")} + ' ';
  }
  return out;
}

TEST(LocalCall, PF_10_PF_12_AnswersTemplatesInTheirOrder) {
  const auto declaration = service();
  const server::HostedService offer = offer_of(declaration);
  const auto record = local_record();
  const auto call = make_local_call(record, offer, {}, {}, kToday);
  ASSERT_TRUE(call) << call.error().message;
  const auto body = Document::parse(call->body);
  ASSERT_TRUE(body) << call->body;
  EXPECT_EQ(body->root().text_or_empty("hook"), "patient-view");
  const View prefetch = *body->root().at("prefetch");
  EXPECT_EQ(ids(prefetch, "patient"), "p1");
  EXPECT_EQ(ids(prefetch, "recent"), "new ");
  EXPECT_EQ(ids(prefetch, "orders"), "m1 ");
  EXPECT_EQ(ids(prefetch, "medications"), "x ");
  EXPECT_EQ(ids(prefetch, "doctor"), "d ");
}

TEST(LocalCall, LeavesOutWhatItCannotAnswerAndSaysWhy) {
  const auto declaration = service();
  const server::HostedService offer = offer_of(declaration);
  const auto record = local_record();
  const auto call = make_local_call(record, offer, {}, {}, kToday);
  ASSERT_TRUE(call) << call.error().message;
  const auto body = Document::parse(call->body);
  ASSERT_TRUE(body);
  ASSERT_EQ(call->excluded.size(), 3U);
  EXPECT_EQ(call->excluded[0].where, "prefetch.values: code:in");
  EXPECT_EQ(call->excluded[1].where, "prefetch.unknown: prefetch.values");
  EXPECT_EQ(call->excluded[2].where, "prefetch.role: userId");
  for (const char* key : {"values", "unknown", "role"}) {
    EXPECT_EQ(ids(*body->root().at("prefetch"), key), "absent");
  }
}

TEST(LocalCall, TakesTheRestOfItsContextFromTheCaller) {
  const auto declaration = service();
  const server::HostedService offer = offer_of(declaration);
  const auto record = local_record();
  const auto with = [&](const char* context) {
    return make_local_call(record, offer, "encounter-start", *Document::parse(context), kToday);
  };
  const auto call = with(R"({"encounterId": "e1", "userId": "PractitionerRole/r", "more": [1]})");
  ASSERT_TRUE(call) << call.error().message;
  EXPECT_NE(call->body.find(R"("context":{"patientId":"p1","encounterId":"e1",)"
                            R"("userId":"PractitionerRole/r","more":[1]})"),
            std::string::npos)
      << call->body;
  EXPECT_NE(call->body.find(R"("role":null)"), std::string::npos) << call->body;
  EXPECT_EQ(with("{}").error().code, Errc::missing);
  EXPECT_EQ(with("[]").error().code, Errc::malformed);
  EXPECT_EQ(with(R"({"encounterId": "e1", "patientId": "p2"})").error().code, Errc::malformed);
  EXPECT_EQ(make_local_call(record, offer, "order-sign", {}, kToday).error().code,
            Errc::unsupported);
}

}  // namespace
}  // namespace cdss::cli
