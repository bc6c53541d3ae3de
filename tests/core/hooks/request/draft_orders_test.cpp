// Draft orders as real clients send them, which is often not as FHIR has it.

#include "tests/core/hooks/request/contexts.hpp"

namespace cdss::hooks {
namespace {

const Members kSign = join({kUser, kPatient, kDraftOrders});

TEST(DraftOrders, REQ_14_MayLackTypeEntriesResourcesAndIds) {
  for (const auto* const bundle :
       {R"({"resourceType":"Bundle"})", R"({"resourceType":"Bundle","type":"collection"})",
        R"({"resourceType":"Bundle","entry":[]})", R"({"resourceType":"Bundle","entry":[{}]})",
        R"({"resourceType":"Bundle","entry":[{"fullUrl":"urn:x"}]})",
        R"({"resourceType":"Bundle","entry":[{"resource":{}}]})",
        R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"ServiceRequest"}}]})",
        R"({"resourceType":"Bundle","entry":[{"resource":{"status":"active"}}]})"}) {
    expect_accepted("order-sign", with(kSign, "draftOrders", bundle));
  }
}

TEST(DraftOrders, REQ_11_MayHaveAnyStatus) {
  for (const auto* const status : {"draft", "active", "on-hold", "completed", "no status at all"}) {
    expect_accepted("order-sign",
                    with(kSign, "draftOrders",
                         R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":)"
                         R"("ServiceRequest","status":")" +
                             std::string{status} + "\"}}]}"));
  }
}

TEST(DraftOrders, AreRefusedInAShapeThatNoBundleHas) {
  const struct {
    const char* bundle;
    const char* where;
  } rows[] = {
      {R"({"resourceType":"Bundle","entry":{}})", "context.draftOrders.entry"},
      {R"({"resourceType":"Bundle","entry":null})", "context.draftOrders.entry"},
      {R"({"resourceType":"Bundle","entry":[null]})", "context.draftOrders.entry[0]"},
      {R"({"resourceType":"Bundle","entry":[{},"x"]})", "context.draftOrders.entry[1]"},
      {R"({"resourceType":"Bundle","entry":[{"resource":[]}]})",
       "context.draftOrders.entry[0].resource"},
      {R"([{"resourceType":"ServiceRequest"}])", "context.draftOrders"},
      {R"({"resourceType":"ServiceRequest"})", "context.draftOrders.resourceType"},
  };
  for (const auto& [bundle, where] : rows) {
    const auto context = with(kSign, "draftOrders", bundle);
    expect_refused("order-sign", context, where, Errc::malformed);
    const auto document = parse(request("order-sign", context));
    EXPECT_TRUE(read_request(document.root(), {.draft_shapes = true})) << bundle;
  }
  for (const auto* const wrong : {"null", "5", "\"x\"", "{}", "[]"}) {
    const auto document = parse(request("order-sign", with(kSign, "draftOrders", wrong)));
    const auto read = read_request(document.root(), {.draft_shapes = true});
    ASSERT_FALSE(read) << wrong;
    EXPECT_EQ(read.error().where, "context.draftOrders");
  }
}

TEST(DraftOrders, AreEachLookedAtInAnyShape) {
  const auto document = parse(request(
      "order-sign",
      with(kSign, "draftOrders",
           R"([{"resourceType":"ServiceRequest"},[{"resource":{"resourceType":"Task"}}],5])")));
  const auto read = read_request(document.root(), {.draft_shapes = true});
  ASSERT_TRUE(read);
  ASSERT_EQ(read->context.resources.size(), 2U);
  EXPECT_EQ(read->context.resources[0].path(), "context.draftOrders[0]");
  EXPECT_EQ(read->context.resources[1].path(), "context.draftOrders[1][0].resource");
}

}  // namespace
}  // namespace cdss::hooks
