#include "core/hooks/request/normalize_request.hpp"

#include "core/json/json_writer.hpp"
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

/// The request as it is normalized, as JSON text.
std::string normalized(const std::string& sent, const Leniencies& leniencies = kAll,
                       const CalledService& service = kService) {
  const auto request = normalize_request(parse(sent), leniencies, service);
  std::string out;
  if (request) {
    json::append_value(out, request->root());
  }
  return out;
}

void expect_unchanged(const std::string& sent, const Leniencies& leniencies = kAll,
                      const CalledService& service = kService) {
  EXPECT_EQ(normalized(sent, leniencies, service), sent);
}

/// The request as it is read after it was normalized; fails when it is not to be read.
void expect_normalized(const Members& sent, const char* hook, bool has_drafts) {
  SCOPED_TRACE(text(sent));
  const auto proper = normalized(text(sent));
  const auto document = parse(proper);
  const auto read = read_request(document.root(), kAll);
  ASSERT_TRUE(read) << read.error().where << ": " << read.error().message;
  EXPECT_EQ(read->hook, hook);
  EXPECT_EQ(read->hook_instance.size(), 36U);
  EXPECT_EQ(read->context.patient_id, "p1");
  EXPECT_EQ(read->context.draft_orders.has_value(), has_drafts);
  EXPECT_EQ(read->context.resources.size(), has_drafts ? 1U : 0U);
  ASSERT_TRUE(read->prefetch);
  EXPECT_EQ(read->prefetch->size(), parse(text(sent)).root().find("prefetch")->size());
  expect_unchanged(proper);
}

TEST(NormalizeRequest, GivesWhatAClientLeavesOut) {
  expect_normalized(with_prefetch({{"patient", kPatientResource}, {"none", "null"}}),
                    "patient-view", false);
  expect_normalized(
      with_prefetch({{"patient", kPatientResource}, {"draftMedicationRequests", kDrafts}}),
      "order-sign", true);
  expect_normalized(
      with_prefetch({{"patient", kPatientResource}, {"draftMedicationRequests", "null"}}),
      "patient-view", false);
  auto nulls = with_prefetch({{"patient", kPatientResource}});
  nulls = with(with(nulls, "context", "null"), "hookInstance", "null");
  expect_normalized(nulls, "patient-view", false);
}

TEST(NormalizeRequest, LeavesTheRestAsItWas) {
  const auto sent = with(with_prefetch({{"patient", kPatientResource}}), "extension",
                         R"({"a":[1.50,null,"",{}],"b":"\u00e9\n"})");
  const auto proper = normalized(text(sent));
  EXPECT_NE(proper.find(R"("extension":{"a":[1.50,null,"",{}],"b":"é\n"})"), std::string::npos)
      << proper;
  EXPECT_NE(proper.find(R"("context":{"patientId":"p1"})"), std::string::npos);
}

TEST(NormalizeRequest, ChangesNothingThatIsThere) {
  const std::string proper = request("order-sign", join({kUser, kPatient, kDraftOrders}));
  expect_unchanged(proper);
  for (const auto* const body : {"[]", "5", "null", "{}"}) {
    expect_unchanged(body, Leniencies{});
  }
}

TEST(NormalizeRequest, ForgivesWhatTheProfileNamesAndNothingElse) {
  const auto sent = text(with_prefetch({{"patient", kPatientResource}}));
  expect_unchanged(sent, Leniencies{});
  expect_unchanged(sent, {.draft_shapes = true});
  const auto with_instance = normalized(sent, {.no_hook_instance = true});
  EXPECT_NE(with_instance.find("hookInstance"), std::string::npos);
  EXPECT_EQ(with_instance.find("context"), std::string::npos);
  EXPECT_NE(with_instance.find(R"("hook":"treatment-escalation")"), std::string::npos);
}

TEST(NormalizeRequest, FindsNoPatientWhereThereAreTwoOrNone) {
  for (const auto& prefetch :
       {Members{{"patient", R"({"resourceType":"Patient"})"}},
        Members{{"a", kPatientResource}, {"b", R"({"resourceType":"Patient","id":"p2"})"}},
        Members{{"conditions", kBundle}}}) {
    SCOPED_TRACE(text(prefetch));
    const auto document = parse(normalized(text(with_prefetch(prefetch))));
    EXPECT_TRUE(document.root().find("hookInstance"));
    const auto read = read_request(document.root(), kAll);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().where, "context");
  }
}

TEST(NormalizeRequest, ChoosesTheHookThatTheContextFits) {
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
    const auto proper =
        parse(normalized(request("treatment-escalation", context), {.hook_is_service = true}));
    EXPECT_EQ(proper.root().text_or_empty("hook"), hook);
  }
}

TEST(NormalizeRequest, LeavesAHookThatIsOffered) {
  const std::vector<std::string> offered{"org.example.check"};
  const auto sent = request("org.example.check", kPatient);
  expect_unchanged(sent, {.hook_is_service = true}, {.id = "org.example.check", .hooks = offered});
  expect_unchanged(sent, {.hook_is_service = true});
}

}  // namespace
}  // namespace cdss::hooks
