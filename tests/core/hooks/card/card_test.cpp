#include "core/hooks/card/card.hpp"

#include "core/hooks/card/response.hpp"
#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

Card plain_card() {
  return {.summary = "Hip replacement 40 days ago",
          .detail = {},
          .indicator = Indicator::info,
          .source = {.label = "Psoas CDS", .url = {}, .icon = {}, .topic = {}},
          .suggestions = {},
          .override_reasons = {},
          .links = {},
          .card_kind = {}};
}

CheckRules rules() {
  return {.patient_id = "p1",
          .link_hosts = {"example.org"},
          .explain = true,
          .client = {.system_actions = true}};
}

std::string write(const Card& card) {
  return json::object([&](json::Object& out) { hooks::write(out, card); });
}

TEST(Card, GEN_06_LeavesOutWhatHasNoValue) {
  EXPECT_EQ(write(plain_card()), R"({"summary":"Hip replacement 40 days ago","indicator":"info",)"
                                 R"("source":{"label":"Psoas CDS"}})");
}

TEST(Card, WritesEveryMember) {
  auto card = plain_card();
  card.detail = "**Look** at the wound";
  card.indicator = Indicator::critical;
  card.source = {.label = "L",
                 .url = "https://example.org/",
                 .icon = "https://example.org/i.png",
                 .topic = Coding{.system = "urn:t", .code = "c", .display = "d"}};
  card.suggestions = {{.label = "Do both",
                       .is_recommended = true,
                       .actions = {{.type = ActionType::update,
                                    .description = "Change",
                                    .resource = R"({"resourceType":"Medication","id":"1"})",
                                    .resource_id = {}},
                                   {.type = ActionType::delete_,
                                    .description = "Remove",
                                    .resource = {},
                                    .resource_id = "Task/2"}}}};
  card.selection_behavior = SelectionBehavior::any;
  card.override_reasons = {{.system = "urn:r", .code = "x", .display = "Not now"}};
  card.links = {{.label = "App",
                 .url = "https://example.org/launch",
                 .type = LinkType::smart,
                 .app_context = "a=1",
                 .autolaunchable = true}};
  card.card_kind = "recent-hip";
  EXPECT_EQ(
      write(card),
      R"({"summary":"Hip replacement 40 days ago","detail":"**Look** at the wound",)"
      R"("indicator":"critical","source":{"label":"L","url":"https://example.org/",)"
      R"("icon":"https://example.org/i.png","topic":{"system":"urn:t","code":"c","display":"d"}},)"
      R"("suggestions":[{"label":"Do both","isRecommended":true,"actions":[)"
      R"({"type":"update","description":"Change","resource":{"resourceType":"Medication","id":"1"}},)"
      R"({"type":"delete","description":"Remove","resourceId":"Task/2"}]}],)"
      R"("selectionBehavior":"any","overrideReasons":[{"system":"urn:r","code":"x",)"
      R"("display":"Not now"}],"links":[{"label":"App","url":"https://example.org/launch",)"
      R"("type":"smart","appContext":"a=1","autolaunchable":true}],)"
      R"("extension":{"org.psoas-cds.card":{"card_kind":"recent-hip"}}})");
  EXPECT_TRUE(check({.cards = {card}, .system_actions = {}, .assessment = {}}, rules()));
}

TEST(Response, RESP_02_AlwaysHasCards) {
  EXPECT_EQ(hooks::write(Response{}), R"({"cards":[]})");
}

TEST(Response, WritesSystemActionsAndTheAssessment) {
  const Response response{.cards = {},
                          .system_actions = {{.type = ActionType::create,
                                              .description = "d",
                                              .resource = R"({"resourceType":"Medication"})",
                                              .resource_id = {}}},
                          .assessment = R"({"band":"likely"})"};
  EXPECT_EQ(hooks::write(response),
            R"({"cards":[],"systemActions":[{"type":"create","description":"d",)"
            R"("resource":{"resourceType":"Medication"}}],)"
            R"("extension":{"org.psoas-cds.assessment":{"band":"likely"}}})");
  EXPECT_TRUE(check(response, rules()));
}

TEST(Response, CARD_02_IsCheckedForItsWriterToo) {
  auto card = plain_card();
  const Response good{.cards = {card}, .system_actions = {}, .assessment = {}};
  EXPECT_TRUE(check(good, rules()));
  card.summary = std::string(140, 'x');
  const auto checked = check({.cards = {card}, .system_actions = {}, .assessment = {}}, rules());
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().where, "cards[0].summary");
  EXPECT_EQ(checked.error().code, Errc::out_of_range);
}

TEST(Response, IsRefusedWhenAResourceIsNoJson) {
  const Response response{.cards = {},
                          .system_actions = {{.type = ActionType::create,
                                              .description = "d",
                                              .resource = "{",
                                              .resource_id = {}}},
                          .assessment = {}};
  EXPECT_FALSE(check(response, rules()));
}

}  // namespace
}  // namespace cdss::hooks
