#include "core/hooks/request/request.hpp"

#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

constexpr const char* kContext =
    R"({"userId":"Practitioner/example","patientId":"1288992","encounterId":"89284"})";

const Members kRequest{
    {"hook", R"("patient-view")"},
    {"hookInstance", R"("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea")"},
    {"context", kContext},
};
const Members kAccess{
    {"access_token", R"("some-opaque-token")"},
    {"token_type", R"("Bearer")"},
    {"expires_in", "300"},
    {"scope", R"("user/Patient.read user/Observation.read")"},
    {"subject", R"("cds-service4")"},
};

Members with_access(const Members& access) {
  return with(with(kRequest, "fhirServer", R"("https://fhir.example.org/r4")"), "fhirAuthorization",
              text(access));
}

/// Expects the refusal of `members` at `where`.
void expect_refused(const Members& members, const std::string& where, Errc code) {
  SCOPED_TRACE(text(members));
  const auto document = parse(text(members));
  const auto request = read_request(document.root());
  ASSERT_FALSE(request);
  EXPECT_EQ(request.error().where, where);
  EXPECT_EQ(request.error().code, code);
  EXPECT_FALSE(request.error().message.empty());
}

void expect_accepted(const Members& members) {
  SCOPED_TRACE(text(members));
  const auto document = parse(text(members));
  const auto request = read_request(document.root());
  EXPECT_TRUE(request) << request.error().where << ": " << request.error().message;
}

/// Absent, null, empty and of a wrong type: each is refused.
void expect_required(const std::string& name, const std::vector<std::string>& wrong) {
  expect_refused(without(kRequest, name), name, Errc::missing);
  for (const auto& value : wrong) {
    expect_refused(with(kRequest, name, value), name, Errc::malformed);
  }
}

TEST(Request, ReadsEveryMember) {
  auto members = with_access(with(kAccess, "patient", R"("1288992")"));
  members = with(members, "prefetch", R"({"patient":{"resourceType":"Patient"},"none":null})");
  members = with(members, "extension", R"({"com.example.x":1})");
  const auto document = parse(text(members));
  const auto request = read_request(document.root());
  ASSERT_TRUE(request) << request.error().where;
  EXPECT_EQ(request->hook, "patient-view");
  EXPECT_EQ(request->hook_instance, "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea");
  EXPECT_EQ(request->fhir_server, "https://fhir.example.org/r4");
  ASSERT_TRUE(request->fhir_authorization);
  EXPECT_EQ(request->fhir_authorization->access_token, "some-opaque-token");
  EXPECT_EQ(request->fhir_authorization->expires_in, 300);
  EXPECT_EQ(request->fhir_authorization->scope, "user/Patient.read user/Observation.read");
  EXPECT_EQ(request->fhir_authorization->subject, "cds-service4");
  EXPECT_EQ(request->fhir_authorization->patient, "1288992");
  EXPECT_EQ(View(document.c_document(), request->fhir_authorization->access_token_node).raw_text(),
            "some-opaque-token");
  EXPECT_EQ(request->context_view.path(), "context");
  EXPECT_EQ(request->context.patient_id, "1288992");
  ASSERT_TRUE(request->prefetch);
  EXPECT_EQ(request->prefetch->size(), 2U);
}

TEST(Request, LeavesOutWhatIsNotGiven) {
  const auto document =
      parse(text(with(kRequest, "context", R"({"userId":"P/1","patientId":"1"})")));
  const auto request = read_request(document.root());
  ASSERT_TRUE(request);
  EXPECT_FALSE(request->fhir_server);
  EXPECT_FALSE(request->fhir_authorization);
  EXPECT_FALSE(request->context.draft_orders);
  EXPECT_FALSE(request->prefetch);
}

TEST(Request, GEN_11_RefusesABodyThatIsNoObject) {
  for (const auto* const body : {"[]", "\"x\"", "5", "null", "true"}) {
    SCOPED_TRACE(body);
    const auto document = parse(body);
    const auto request = read_request(document.root());
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, Errc::malformed);
    EXPECT_EQ(request.error().where, "");
  }
}

TEST(Request, GEN_10_IgnoresMembersItDoesNotKnow) {
  auto members = with(kRequest, "unknown", R"([null,{"a":""}])");
  members =
      with(members, "context",
           R"({"userId":"P/1","patientId":"1","unknown":null,"draftOrders":"not ours here"})");
  expect_accepted(members);
  expect_accepted(with_access(with(kAccess, "unknown", "null")));
}

TEST(Request, REQ_02_RequiresHook) {
  expect_required("hook", {"null", "\"\"", "\"  \"", "5", "[]", "{}"});
}

TEST(Request, REQ_03_RefusesAHookInstanceThatIsNoUuid) {
  expect_required("hookInstance", {"null", "\"\"", "5", "{}", "\"test-instance-123\"",
                                   "\"d1577c69-dfbe-44ad-ba6d-3e05e953b2va\"",
                                   "\"d1577c69dfbe44adba6d3e05e953b2ea\"", "\"urn:uuid:\"",
                                   "\"{d1577c69-dfbe-44ad-ba6d-3e05e953b2ea}\""});
}

TEST(Request, REQ_04_AcceptsAUuidOfAnyVersionAndCase) {
  for (const auto* const uuid :
       {"d1577c69-dfbe-11ad-ba6d-3e05e953b2ea", "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
        "d1577c69-dfbe-64ad-ba6d-3e05e953b2ea", "d1577c69-dfbe-74ad-ba6d-3e05e953b2ea",
        "00000000-0000-0000-0000-000000000000", "D1577C69-DFBE-44AD-BA6D-3E05E953B2EA",
        "d1577c69-dfbe-44ad-fa6d-3e05e953b2ea"}) {
    expect_accepted(with(kRequest, "hookInstance", '"' + std::string{uuid} + '"'));
  }
}

TEST(Request, REQ_05_StripsTheUrnPrefixOfAHookInstance) {
  const auto document = parse(
      text(with(kRequest, "hookInstance", R"("urn:uuid:d1577c69-dfbe-44ad-ba6d-3e05e953b2ea")")));
  const auto request = read_request(document.root());
  ASSERT_TRUE(request);
  EXPECT_EQ(request->hook_instance, "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea");
}

TEST(Request, REQ_07_AcceptsAFhirServerThatIsAWebUrlOnly) {
  for (const auto* const url :
       {R"("https://fhir.example.org")", R"("http://hooks.smarthealthit.org:9080")",
        R"("https://fhir.example.org/tenant/r4/")"}) {
    expect_accepted(with(kRequest, "fhirServer", url));
  }
  for (const auto* const wrong :
       {"5", "null", "\"\"", "{}", R"("fhir.example.org")", R"("/r4")",
        R"("ftp://fhir.example.org")", R"("https://")", R"("https://user@fhir.example.org")"}) {
    expect_refused(with(kRequest, "fhirServer", wrong), "fhirServer", Errc::malformed);
  }
}

TEST(Request, REQ_08_RefusesFhirAuthorizationWithoutFhirServer) {
  expect_refused(with(kRequest, "fhirAuthorization", text(kAccess)), "fhirAuthorization",
                 Errc::malformed);
}

TEST(Request, REQ_10_RequiresContextToBeAnObject) {
  expect_required("context", {"null", "[]", "\"x\"", "5"});
  expect_refused(with(kRequest, "context", "{}"), "context.userId", Errc::missing);
}

TEST(Request, REQ_12_AcceptsPrefetchAsAnObjectOrAbsent) {
  expect_accepted(kRequest);
  expect_accepted(with(kRequest, "prefetch", "{}"));
  for (const auto* const wrong : {"[]", "null", "\"x\"", "5"}) {
    expect_refused(with(kRequest, "prefetch", wrong), "prefetch", Errc::malformed);
  }
}

TEST(Request, REQ_13_AcceptsAPrefetchValueThatIsAResourceOrNull) {
  expect_accepted(with(kRequest, "prefetch", R"({"a":null,"b":{"resourceType":"Bundle"}})"));
  for (const auto* const wrong : {"\"123\"", "[]", "5", "true"}) {
    expect_refused(with(kRequest, "prefetch", R"({"a":null,"b":)" + std::string{wrong} + "}"),
                   "prefetch.b", Errc::malformed);
  }
}

TEST(Request, REQ_14_AcceptsPrefetchedResourcesWithoutAnId) {
  expect_accepted(with(kRequest, "prefetch", R"({"a":{"resourceType":"Patient"}})"));
}

TEST(Request, REQ_25_TakesExtensionAsAnObject) {
  expect_accepted(with(kRequest, "extension", R"({"com.example.timestamp":"2017"})"));
  for (const auto* const wrong : {"[]", "null", "\"x\""}) {
    expect_refused(with(kRequest, "extension", wrong), "extension", Errc::malformed);
    expect_refused(with_access(with(kAccess, "extension", wrong)), "fhirAuthorization.extension",
                   Errc::malformed);
  }
}

TEST(Request, FA_05_RequiresEveryMemberOfFhirAuthorization) {
  for (const auto* const name : {"access_token", "token_type", "scope", "subject"}) {
    const auto where = "fhirAuthorization." + std::string{name};
    expect_refused(with_access(without(kAccess, name)), where, Errc::missing);
    for (const auto* const wrong : {"null", "\"\"", "\" \"", "5", "{}"}) {
      expect_refused(with_access(with(kAccess, name, wrong)), where, Errc::malformed);
    }
  }
  expect_refused(with_access(without(kAccess, "expires_in")), "fhirAuthorization.expires_in",
                 Errc::missing);
  for (const auto* const wrong : {"null", "\"300\"", "\"\"", "3.5", "3e2", "true"}) {
    expect_refused(with_access(with(kAccess, "expires_in", wrong)), "fhirAuthorization.expires_in",
                   Errc::malformed);
  }
  for (const auto* const wrong : {"-1", "9223372036854775808"}) {
    expect_refused(with_access(with(kAccess, "expires_in", wrong)), "fhirAuthorization.expires_in",
                   Errc::out_of_range);
  }
  for (const auto* const wrong : {"\"bearer\"", "\"BEARER\"", "\"Basic\""}) {
    expect_refused(with_access(with(kAccess, "token_type", wrong)), "fhirAuthorization.token_type",
                   Errc::malformed);
  }
  for (const auto* const wrong : {"null", "[]", "\"x\""}) {
    expect_refused(with(with_access(kAccess), "fhirAuthorization", wrong), "fhirAuthorization",
                   Errc::malformed);
  }
}

TEST(Request, FA_06_TakesThePatientOfATokenAsABareId) {
  for (const auto* const wrong : {"null", "\"\"", "5", "\"Patient/1288992\""}) {
    expect_refused(with_access(with(kAccess, "patient", wrong)), "fhirAuthorization.patient",
                   Errc::malformed);
  }
}

TEST(Request, FA_07_AcceptsPatientScopesWithoutAPatient) {
  expect_accepted(with_access(with(kAccess, "scope", R"("patient/Observation.rs")")));
}

TEST(Request, ERR_05_NeverRepeatsWhatItRefuses) {
  const auto members = with_access(with(kAccess, "expires_in", R"("SECRET-TOKEN")"));
  const auto document = parse(text(with(members, "hook", R"("patient-view")")));
  const auto request = read_request(document.root());
  ASSERT_FALSE(request);
  EXPECT_EQ((request.error().where + request.error().message).find("SECRET"), std::string::npos);
  const auto odd = parse(text(with(kRequest, "prefetch", R"({"Mrs Smith, 1950":5})")));
  const auto second = read_request(odd.root());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().where, "prefetch.?");
}

}  // namespace
}  // namespace cdss::hooks
