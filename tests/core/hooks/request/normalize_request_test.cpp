#include "core/hooks/request/normalize_request.hpp"

#include "tests/core/hooks/request/contexts.hpp"

namespace cdss::hooks {
namespace {

constexpr Leniencies kAll{.no_hook_instance = true,
                          .no_context = true,
                          .hook_is_service = true,
                          .draft_shapes = true,
                          .message_in_errors = true};
constexpr const char* kPatientResource = R"({"resourceType":"Patient","id":"p1"})";
constexpr const char* kDrafts =
    R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"MedicationRequest"}}]})";

const std::vector<std::string> kHooksOffered{"patient-view", "order-select", "order-sign"};
const CalledService kService{.id = "treatment-escalation", .hooks = kHooksOffered};

Members with_prefetch(const Members& prefetch) {
  return {{"hook", R"("treatment-escalation")"}, {"prefetch", text(prefetch)}};
}

/// The request as it is read after it was normalized; fails when it is not to be read.
void expect_mended(const Members& sent, const char* hook, bool has_drafts) {
  SCOPED_TRACE(text(sent));
  const auto document = parse(text(sent));
  const auto normalized = normalize_request(document.root(), kAll, kService);
  ASSERT_TRUE(normalized);
  const auto again = parse(*normalized);
  const auto read = read_request(again.root(), kAll);
  ASSERT_TRUE(read) << read.error().where << ": " << read.error().message;
  EXPECT_EQ(read->hook, hook);
  EXPECT_EQ(read->hook_instance.size(), 36U);
  EXPECT_EQ(read->context.patient_id, "p1");
  EXPECT_EQ(read->context.draft_orders.has_value(), has_drafts);
  EXPECT_EQ(read->context.resources.size(), has_drafts ? 1U : 0U);
  ASSERT_TRUE(read->prefetch);
  EXPECT_EQ(read->prefetch->size(), document.root().find("prefetch")->size());
  EXPECT_FALSE(normalize_request(again.root(), kAll, kService));
}

TEST(MendRequest, GivesWhatAClientLeavesOut) {
  expect_mended(with_prefetch({{"patient", kPatientResource}, {"none", "null"}}), "patient-view",
                false);
  expect_mended(
      with_prefetch({{"patient", kPatientResource}, {"draftMedicationRequests", kDrafts}}),
      "order-sign", true);
  expect_mended(with_prefetch({{"patient", kPatientResource}, {"draftMedicationRequests", "null"}}),
                "patient-view", false);
  auto nulls = with_prefetch({{"patient", kPatientResource}});
  nulls = with(with(nulls, "context", "null"), "hookInstance", "null");
  expect_mended(nulls, "patient-view", false);
}

TEST(MendRequest, LeavesTheRestAsItWas) {
  const auto sent = with(with_prefetch({{"patient", kPatientResource}}), "extension",
                         R"({"a":[1.50,null,"",{}],"b":"\u00e9\n"})");
  const auto document = parse(text(sent));
  const auto normalized = normalize_request(document.root(), kAll, kService);
  ASSERT_TRUE(normalized);
  EXPECT_NE(normalized->find(R"("extension":{"a":[1.50,null,"",{}],"b":"é\n"})"), std::string::npos)
      << *normalized;
  EXPECT_NE(normalized->find(R"("context":{"patientId":"p1"})"), std::string::npos);
}

TEST(MendRequest, ChangesNothingThatIsThere) {
  const std::string proper = request("order-sign", join({kUser, kPatient, kDraftOrders}));
  EXPECT_FALSE(normalize_request(parse(proper).root(), kAll, kService));
  for (const auto* const body : {"[]", "5", "null", "{}"}) {
    const auto document = parse(body);
    EXPECT_FALSE(normalize_request(document.root(), Leniencies{}, kService)) << body;
  }
}

TEST(MendRequest, ForgivesWhatTheProfileNamesAndNothingElse) {
  const auto document = parse(text(with_prefetch({{"patient", kPatientResource}})));
  EXPECT_FALSE(normalize_request(document.root(), Leniencies{}, kService));
  EXPECT_FALSE(normalize_request(document.root(), {.draft_shapes = true}, kService));
  const auto instance = normalize_request(document.root(), {.no_hook_instance = true}, kService);
  ASSERT_TRUE(instance);
  EXPECT_EQ(instance->find("context"), std::string::npos);
  EXPECT_NE(instance->find(R"("hook":"treatment-escalation")"), std::string::npos);
}

TEST(MendRequest, FindsNoPatientWhereThereAreTwoOrNone) {
  for (const auto& prefetch :
       {Members{{"patient", R"({"resourceType":"Patient"})"}},
        Members{{"a", kPatientResource}, {"b", R"({"resourceType":"Patient","id":"p2"})"}},
        Members{{"conditions", kBundle}}}) {
    SCOPED_TRACE(text(prefetch));
    const auto document = parse(text(with_prefetch(prefetch)));
    const auto normalized = normalize_request(document.root(), kAll, kService);
    ASSERT_TRUE(normalized);  // its hookInstance
    const auto again = parse(*normalized);
    const auto read = read_request(again.root(), kAll);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().where, "context");
  }
}

TEST(MendRequest, ChoosesTheHookThatTheContextFits) {
  const struct {
    Members context;
    const char* hook;
  } rows[] = {
      {join({kUser, kPatient}), "patient-view"},
      {join({kUser, kPatient, kDraftOrders}), "order-sign"},
      {join({kUser, kPatient, kDraftOrders, kSelections}), "order-select"},
      {join({kPatient, kSelections}), "patient-view"},
  };
  for (const auto& [context, hook] : rows) {
    SCOPED_TRACE(text(context));
    const auto document = parse(request("treatment-escalation", context));
    const auto normalized = normalize_request(document.root(), {.hook_is_service = true}, kService);
    ASSERT_TRUE(normalized);
    EXPECT_EQ(parse(*normalized).root().text_or_empty("hook"), hook);
  }
}

TEST(MendRequest, LeavesAHookThatIsOffered) {
  const std::vector<std::string> offered{"org.example.check"};
  const auto document = parse(request("org.example.check", kPatient));
  EXPECT_FALSE(normalize_request(document.root(), {.hook_is_service = true},
                                 {.id = "org.example.check", .hooks = offered}));
  EXPECT_FALSE(normalize_request(document.root(), {.hook_is_service = true}, kService));
}

}  // namespace
}  // namespace cdss::hooks
