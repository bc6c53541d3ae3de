#include "core/hooks/request.hpp"
#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

constexpr const char* kBundle = R"({"resourceType":"Bundle"})";

const Members kUser{{"userId", R"("Practitioner/example")"}};
const Members kPatient{{"patientId", R"("1288992")"}};
const Members kEncounter{{"encounterId", R"("89284")"}};
const Members kSelections{{"selections", R"(["MedicationRequest/a","ServiceRequest/b.2_c-3"])"}};
const Members kDraftOrders{{"draftOrders", kBundle}};

Members join(std::initializer_list<Members> parts) {
  Members all;
  for (const auto& part : parts) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

/// The smallest context that each hook of the library accepts.
struct Row {
  const char* hook;
  Members context;
};
const Row kHooks[] = {
    {"patient-view", join({kUser, kPatient})},
    {"order-select", join({kUser, kPatient, kSelections, kDraftOrders})},
    {"order-sign", join({kUser, kPatient, kDraftOrders})},
    {"order-dispatch", join({kPatient,
                             {{"dispatchedOrders", R"(["ServiceRequest/1"])"},
                              {"performer", R"("Organization/1")"}}})},
    {"appointment-book", join({kUser, kPatient, {{"appointments", kBundle}}})},
    {"encounter-start", join({kUser, kPatient, kEncounter})},
    {"encounter-discharge", join({kUser, kPatient, kEncounter})},
    {"allergyintolerance-create", join({kUser, kPatient})},
    {"problem-list-item-create", join({kUser, kPatient, {{"conditions", kBundle}}})},
    {"medication-refill", join({kPatient, {{"medications", kBundle}}})},
    {"medication-verify", join({kUser, kPatient})},
    {"medication-prescribe", join({kUser, kPatient, {{"medications", kBundle}}})},
    {"order-review", join({kUser, kPatient, {{"orders", kBundle}}})},
};

std::string request(const std::string& hook, const Members& context) {
  return text({{"hook", '"' + hook + '"'},
               {"hookInstance", R"("d1577c69-dfbe-44ad-ba6d-3e05e953b2ea")"},
               {"context", text(context)}});
}

void expect_accepted(const std::string& hook, const Members& context) {
  SCOPED_TRACE(request(hook, context));
  const auto document = parse(request(hook, context));
  const auto read = read_request(document.root());
  EXPECT_TRUE(read) << read.error().where << ": " << read.error().message;
}

void expect_refused(const std::string& hook, const Members& context, const std::string& where,
                    Errc code) {
  SCOPED_TRACE(request(hook, context));
  const auto document = parse(request(hook, context));
  const auto read = read_request(document.root());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, where);
  EXPECT_EQ(read.error().code, code);
}

TEST(Context, REQ_11_RequiresEveryRequiredFieldOfEveryHook) {
  EXPECT_EQ(std::size(kHooks), known_hooks().size());
  for (const auto& [hook, context] : kHooks) {
    ASSERT_NE(find_hook(hook), nullptr) << hook;
    expect_accepted(hook, context);
    for (const auto& [name, value] : context) {
      const auto where = "context." + name;
      expect_refused(hook, without(context, name), where, Errc::missing);
      for (const auto* const wrong : {"null", "\"\"", "5", "[]", "true"}) {
        expect_refused(hook, with(context, name, wrong), where, Errc::malformed);
      }
    }
  }
}

TEST(Context, REQ_11_RefusesAnOptionalFieldOfTheWrongType) {
  for (const auto& [hook, context] : kHooks) {
    if (find_hook(hook)->field("encounterId") == nullptr) {
      continue;
    }
    expect_accepted(hook, with(context, "encounterId", R"("e1")"));
    for (const auto* const wrong : {"null", "\"\"", "5", "{}", R"("Encounter/e1")"}) {
      expect_refused(hook, with(context, "encounterId", wrong), "context.encounterId",
                     Errc::malformed);
    }
  }
  const auto refill = join({kPatient, {{"medications", kBundle}}});
  expect_accepted("medication-refill", join({kUser, refill}));
  expect_refused("medication-refill", with(refill, "userId", "null"), "context.userId",
                 Errc::malformed);
}

TEST(Context, REQ_11_RequiresABundleWhereTheTableSaysSo) {
  const auto context = join({kUser, kPatient, kDraftOrders});
  for (const auto* const wrong : {"{}", R"({"resourceType":null})", R"({"resourceType":"Patient"})",
                                  R"({"type":"collection"})"}) {
    const auto document = parse(request("order-sign", with(context, "draftOrders", wrong)));
    const auto read = read_request(document.root());
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().where, "context.draftOrders.resourceType");
  }
  for (const auto* const bundle :
       {R"({"resourceType":"Bundle","type":"collection","entry":[]})",
        R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"ServiceRequest"}}]})",
        R"({"resourceType":"Bundle","entry":[{}]})",
        R"({"resourceType":"Bundle","entry":[{"resource":{"status":"active"}}]})"}) {
    expect_accepted("order-sign", with(context, "draftOrders", bundle));
  }
}

TEST(Context, REQ_11_ReadsBothFormsOfOrderDispatch) {
  const auto old = join({kPatient,
                         {{"order", R"("ServiceRequest/1")"},
                          {"performer", R"("Organization/1")"},
                          {"task", R"({"resourceType":"Task"})"}}});
  expect_accepted("order-dispatch", old);
  expect_refused("order-dispatch", without(old, "order"), "context.dispatchedOrders",
                 Errc::missing);
  expect_refused("order-dispatch", with(old, "order", R"("1")"), "context.order", Errc::malformed);
  expect_refused("order-dispatch", with(old, "fulfillmentTasks", "{}"), "context.fulfillmentTasks",
                 Errc::malformed);
}

TEST(Context, REQ_15_RefusesAnIdWithATypeAndAUserWithout) {
  const auto context = join({kUser, kPatient});
  for (const auto* const wrong : {R"("Patient/1")", R"("a/b")", R"("a b")", R"("..")", R"("1?x=2")",
                                  R"("a%2Fb")", R"("\u0000")"}) {
    expect_refused("patient-view", with(context, "patientId", wrong), "context.patientId",
                   Errc::malformed);
  }
  for (const auto* const wrong :
       {R"("abc")", R"("Practitioner/")", R"("/abc")", R"("Practitioner/a/b")",
        R"("https://fhir.example.org/Practitioner/1")", R"("Practitioner/1/_history/2")",
        R"("Practitioner/..")"}) {
    expect_refused("patient-view", with(context, "userId", wrong), "context.userId",
                   Errc::malformed);
  }
  for (const auto* const user : {R"("PractitionerRole/A2340113")", R"("Patient/1")",
                                 R"("RelatedPerson/r-1.x")", R"("Device/pump")"}) {
    expect_accepted("patient-view", with(context, "userId", user));
  }
}

TEST(Context, REQ_15_RefusesASelectionThatIsNoReference) {
  const auto context = join({kUser, kPatient, kSelections, kDraftOrders});
  for (const auto* const wrong : {"null", "5", "\"\"", "\"abc\"", "{}"}) {
    expect_refused(
        "order-select",
        with(context, "selections", R"(["MedicationRequest/a",)" + std::string{wrong} + "]"),
        "context.selections[1]", Errc::malformed);
  }
}

TEST(Context, REQ_16_AcceptsIdsBeyond64Characters) {
  expect_accepted("patient-view", with(join({kUser, kPatient}), "patientId",
                                       '"' + std::string(194, 'a') + "_.-\""));
}

TEST(Context, GivesTheOrdersAndSelectionsOfOrderSelect) {
  const auto document =
      parse(request("order-select", join({kUser, kPatient, kSelections, kDraftOrders})));
  const auto read = read_request(document.root());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->context.selections,
            (std::vector<std::string_view>{"MedicationRequest/a", "ServiceRequest/b.2_c-3"}));
  ASSERT_TRUE(read->context.draft_orders);
  EXPECT_EQ(read->context.draft_orders->path(), "context.draftOrders");
}

TEST(Context, GivesTheAppointmentsOfAppointmentBook) {
  const auto document =
      parse(request("appointment-book", join({kUser, kPatient, {{"appointments", kBundle}}})));
  const auto read = read_request(document.root());
  ASSERT_TRUE(read);
  ASSERT_TRUE(read->context.appointments);
  EXPECT_EQ(read->context.appointments->path(), "context.appointments");
}

TEST(Context, DISC_25_ChecksAHookOutsideTheLibraryForStructureOnly) {
  expect_accepted("org.example.bed-assign", {});
  expect_accepted("org.example.bed-assign", {{"bed", "[1,2]"}, {"draftOrders", "5"}});
  expect_refused("org.example.bed-assign", {{"patientId", R"("Patient/1")"}}, "context.patientId",
                 Errc::malformed);
  const auto document = parse(request("org.example.bed-assign", {{"bed", "5"}}));
  const auto read = read_request(document.root());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->context.patient_id, "");
}

}  // namespace
}  // namespace cdss::hooks
