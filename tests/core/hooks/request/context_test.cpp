#include <algorithm>

#include "tests/core/hooks/request/contexts.hpp"

namespace cdss::hooks {
namespace {

TEST(Context, REQ_11_RequiresEveryRequiredFieldOfEveryHook) {
  EXPECT_EQ(std::size(kHooks), 13U) << "all of the library's";
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
}

TEST(Context, REQ_11_RequiresABundleWhereTheTableSaysSo) {
  for (const auto& [hook, context] : kHooks) {
    for (const auto& field : find_hook(hook)->fields) {
      if (field.type != FieldType::bundle) {
        continue;
      }
      const auto where = "context." + std::string{field.name};
      const auto place = [&](const char* value) {
        return with(context, std::string{field.name}, value);
      };
      expect_refused(hook, place("{}"), where, Errc::malformed);
      expect_refused(hook, place(R"({"type":"collection"})"), where + ".resourceType",
                     Errc::missing);
      for (const auto* const wrong :
           {R"({"resourceType":null})", R"({"resourceType":"Patient"})"}) {
        expect_refused(hook, place(wrong), where + ".resourceType", Errc::malformed);
      }
    }
  }
}

TEST(Context, REQ_11_AcceptsAContextOfTheRequiredFieldsAlone) {
  for (const auto& [hook, context] : kHooks) {
    for (const auto& field : find_hook(hook)->fields) {
      const bool is_there =
          std::ranges::find(context, field.name, &Members::value_type::first) != context.end();
      EXPECT_EQ(is_there, field.required) << hook << ' ' << field.name;
    }
  }
}

TEST(Context, REQ_11_NeedsNoUserWhereTheHookHasNone) {
  for (const auto* const hook : {"order-dispatch", "medication-refill"}) {
    const auto* const row = std::ranges::find(kHooks, std::string_view{hook}, &HookRow::hook);
    expect_accepted(hook, row->context);
    expect_accepted(hook, join({kUser, row->context}));
    expect_refused(hook, with(row->context, "userId", "null"), "context.userId", Errc::malformed);
  }
}

TEST(Context, REQ_11_ReadsBothVersionsOfOrderDispatch) {
  const auto v1_0 = join({kPatient,
                          {{"order", R"("ServiceRequest/1")"},
                           {"performer", R"("Organization/1")"},
                           {"task", R"({"resourceType":"Task"})"}}});
  const auto v1_1 = join({kPatient,
                          {{"dispatchedOrders", R"(["ServiceRequest/1","ServiceRequest/2"])"},
                           {"performer", R"("Organization/1")"},
                           {"fulfillmentTasks", R"([{"resourceType":"Task"}])"}}});
  for (const auto& context : {v1_0, v1_1}) {
    expect_accepted("order-dispatch", context);
    expect_refused("order-dispatch", without(context, "performer"), "context.performer",
                   Errc::missing);
    expect_accepted("order-dispatch", with(context, "fulfillment-tasks", "5"));  // a slip: ignored
  }
  expect_refused("order-dispatch", without(v1_0, "order"), "context.dispatchedOrders",
                 Errc::missing);
  for (const auto* const wrong : {"null", "\"\"", R"("1")", R"(["ServiceRequest/1"])"}) {
    expect_refused("order-dispatch", with(v1_0, "order", wrong), "context.order", Errc::malformed);
  }
  for (const auto* const wrong : {"null", "5", "[]"}) {
    expect_refused("order-dispatch", with(v1_0, "task", wrong), "context.task", Errc::malformed);
  }
  expect_refused("order-dispatch", with(v1_1, "fulfillmentTasks", "{}"), "context.fulfillmentTasks",
                 Errc::malformed);
  expect_refused("order-dispatch", with(v1_1, "fulfillmentTasks", R"(["Task/1"])"),
                 "context.fulfillmentTasks[0]", Errc::malformed);
}

TEST(Context, REQ_11_TakesTheFormsThatThePagesOfHooksShow) {
  const auto base = join({kUser, kPatient});
  expect_accepted(
      "allergyintolerance-create",
      with(base, "allergyIntolerance", R"({"resource":{"resourceType":"AllergyIntolerance"}})"));
  expect_accepted("allergyintolerance-create", with(base, "allergyIntolerances", kBundle));
  expect_refused("allergyintolerance-create", with(base, "allergyIntolerances", "[]"),
                 "context.allergyIntolerances", Errc::malformed);
  expect_accepted("medication-verify",
                  with(base, "order", R"({"resource":{"resourceType":"MedicationRequest"}})"));
  expect_refused("medication-verify", with(base, "order", R"("MedicationRequest/1")"),
                 "context.order", Errc::malformed);
}

TEST(Context, GEN_10_REQ_11_IgnoresFieldsThatTheHookDoesNotHave) {
  for (const auto& [hook, context] : kHooks) {
    expect_accepted(hook, with(with(context, "unknown", "null"), "later", R"({"a":[1]})"));
  }
}

TEST(Context, GivesEveryResourceOfTheContext) {
  const struct {
    const char* hook;
    const char* field;
    std::vector<std::string> paths;
  } rows[] = {
      {"order-sign", "draftOrders", {"context.draftOrders"}},
      {"order-review", "orders", {"context.orders"}},
      {"medication-refill", "medications", {"context.medications"}},
      {"problem-list-item-create", "conditions", {"context.conditions"}},
      {"medication-verify", "medication", {"context.medication"}},
      {"patient-view", "draftOrders", {}},
  };
  for (const auto& [hook, field, paths] : rows) {
    SCOPED_TRACE(hook);
    const auto document = parse(request(hook, with(join({kUser, kPatient}), field, kBundle)));
    const auto read = read_request(document.root());
    ASSERT_TRUE(read);
    std::vector<std::string> seen;
    for (const View resource : read->context.resources) {
      seen.push_back(resource.path());
    }
    EXPECT_EQ(seen, paths);
  }
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

TEST(Context, GivesTheOrdersOfOrderSelect) {
  const auto document =
      parse(request("order-select", join({kUser, kPatient, kSelections, kDraftOrders})));
  const auto read = read_request(document.root());
  ASSERT_TRUE(read);
  ASSERT_TRUE(read->context.draft_orders);
  EXPECT_EQ(read->context.draft_orders->path(), "context.draftOrders");
}

TEST(Context, GivesTheAppointmentsOfAppointmentBook) {
  const auto document =
      parse(request("appointment-book", join({kUser, kPatient, {{"appointments", kBundle}}})));
  const auto read = read_request(document.root());
  ASSERT_TRUE(read);
  ASSERT_EQ(read->context.resources.size(), 1U);
  EXPECT_EQ(read->context.resources.front().path(), "context.appointments");
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
