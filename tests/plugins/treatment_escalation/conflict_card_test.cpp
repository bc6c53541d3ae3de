#include "plugins/treatment_escalation/conflict_card.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hooks/card/markdown.hpp"
#include "core/hooks/card/response.hpp"
#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::hooks::ActionType;
using cdss::hooks::Card;
using cdss::rules::Conflict;
using cdss::rules::ConflictReason;
using cdss::rules::ConflictRule;
using cdss::test::medicine_draft;
using cdss::test::parsed;
using cdss::test::service_draft;
using cdss::test::Session;
using cdss::test::ShippedRules;
using cdss::treatment_escalation::conflict_card;
using cdss::treatment_escalation::OrderContext;
using testing::HasSubstr;
using testing::Not;

const ConflictRule& rule(std::string_view id) {
  for (const auto& one : cdss::test::order_rules().conflicts) {
    if (one.id == id) {
      return one;
    }
  }
  throw std::logic_error{"no such conflict"};
}

Conflict conflict(std::string_view id, std::vector<ConflictReason> causes = {}) {
  const auto& found = rule(id);
  if (causes.empty()) {
    causes.push_back(
        {.id = found.rules.empty() ? "RF03" : found.rules[0].id, .text = {}, .advice = {}});
  }
  return {.rule = &found,
          .conflict_reasons = causes,
          .severity = found.severity,
          .offers_removal = found.offers_removal};
}

Card card(const std::string& draft, const std::vector<Conflict>& conflicts,
          bool may_suggest_acetaminophen = true) {
  const Session session{std::vector<std::string>{draft}};
  const auto context = OrderContext::read(session.call.request(), false);
  const cdss::sdk::Gaps gaps{.keys = {"allergies"}, .sentences = {"Allergies are not known."}};
  const auto made = conflict_card({.orders = cdss::test::orders(),
                                   .texts = ShippedRules::get().knowledge->texts,
                                   .context = context,
                                   .gaps = gaps,
                                   .may_suggest_acetaminophen = may_suggest_acetaminophen},
                                  session.drafts.at(0), conflicts);
  const cdss::hooks::CheckRules rules{.patient_id = "p", .link_hosts = {}};
  EXPECT_TRUE(cdss::hooks::check({.cards = {made}, .system_actions = {}, .assessment = {}}, rules));
  return made;
}

TEST(ConflictCard, HasASentenceForEveryConflict) {
  for (const auto& one : cdss::test::order_rules().conflicts) {
    SCOPED_TRACE(one.id);
    const auto made = card(medicine_draft("m", "ibuprofen"), {conflict(one.id)});
    EXPECT_LT(cdss::hooks::count_code_points(made.summary), 140U);
    for (const auto& text : {made.summary, made.detail}) {
      EXPECT_THAT(text, Not(HasSubstr("[draft.")));
      EXPECT_THAT(text, Not(HasSubstr("{")));
    }
    if (one.when != cdss::rules::ConflictCondition::red_flag &&
        one.when != cdss::rules::ConflictCondition::prompt &&
        one.when != cdss::rules::ConflictCondition::safety) {
      EXPECT_THAT(made.summary + made.detail, Not(HasSubstr("[why.")));
    }
    EXPECT_EQ(made.card_kind, "draft-" + std::string{one.id});
    EXPECT_EQ(cdss::hooks::to_string(made.indicator), to_string(one.severity));
    EXPECT_EQ(made.override_reasons.size(), 4U);
  }
}

TEST(ConflictCard, NamesTheMedicineTheCauseAndWhatItRestsOn) {
  const cdss::rules::Reasons reasons{
      {.text = "eGFR 27 mL/min",
       .finding = {.reference = "Observation/e", .days = {}, .sides = {}}}};
  const auto made = card(medicine_draft("m", "Motrin <b>400</b> [x](http://evil.example)"),
                         {conflict("nsaid-avoid", {{.id = "NS01",
                                                    .text = "eGFR below 30",
                                                    .advice = "Choose another analgesic",
                                                    .reasons = reasons}})});
  EXPECT_EQ(made.summary,
            "Draft of ibuprofen: a safety rule says avoid (kidney function: eGFR 27 mL/min)");
  EXPECT_THAT(made.detail, HasSubstr("- eGFR below 30 (NS01; eGFR 27 mL/min (Observation/e"));
  EXPECT_THAT(made.detail, HasSubstr("Choose another analgesic"));
  EXPECT_THAT(made.detail, HasSubstr("`MedicationRequest/m`"));
  EXPECT_THAT(made.detail, HasSubstr("not a medical device"));
  EXPECT_THAT(made.detail, HasSubstr("Allergies are not known."));
  for (const auto& text : {made.summary, made.detail}) {
    EXPECT_THAT(text, Not(HasSubstr("evil")));
    EXPECT_THAT(text, Not(HasSubstr("<b>")));
  }
}

TEST(ConflictCard, OffersAcetaminophenInPlaceOfAnNsaidOnlyWhereItMayBeSuggested) {
  const auto with = card(medicine_draft("m", "ibuprofen"), {conflict("nsaid-avoid")});
  ASSERT_EQ(with.suggestions.size(), 2U);
  ASSERT_EQ(with.suggestions[0].actions.size(), 2U);
  EXPECT_EQ(with.suggestions[0].actions[0].type, ActionType::delete_);
  EXPECT_EQ(with.suggestions[0].actions[0].resource_id, "MedicationRequest/m");
  EXPECT_EQ(with.suggestions[0].actions[1].type, ActionType::create);
  EXPECT_THAT(with.suggestions[0].actions[1].resource, HasSubstr(R"("code":"313782")"));
  EXPECT_EQ(with.suggestions[1].actions.size(), 1U);
  EXPECT_EQ(with.suggestions[1].actions[0].type, ActionType::delete_);
  const auto without = card(medicine_draft("m", "ibuprofen"), {conflict("nsaid-avoid")}, false);
  ASSERT_EQ(without.suggestions.size(), 1U);
  EXPECT_EQ(without.suggestions[0].actions[0].type, ActionType::delete_);
}

TEST(ConflictCard, OffersAnEmergencyReferralForAnEmergency) {
  const auto offered = [](bool is_emergency) {
    const auto made = card(
        medicine_draft("m", "ibuprofen"),
        {conflict(
            "nsaid-red-flag",
            {{.id = "RF03", .text = "a haematoma", .advice = {}, .is_emergency = is_emergency}})});
    return made.suggestions.at(0).actions.at(1).resource;
  };
  EXPECT_THAT(offered(true), HasSubstr("Emergency referral"));
  EXPECT_THAT(offered(true), Not(HasSubstr("Urgent referral")));
  EXPECT_THAT(offered(false), HasSubstr("Urgent referral"));
}

TEST(ConflictCard, ACT_12_OffersNoChangeOfADraftWithoutAPlainId) {
  const auto made = card(medicine_draft("", "ibuprofen"), {conflict("nsaid-avoid")});
  ASSERT_EQ(made.suggestions.size(), 1U);
  ASSERT_EQ(made.suggestions[0].actions.size(), 1U);
  EXPECT_EQ(made.suggestions[0].actions[0].type, ActionType::create);
  EXPECT_TRUE(card(service_draft("a b", "MRI hip"), {conflict("mri-metal")}).suggestions.empty());
}

TEST(ConflictCard, OffersNoRemovalForACaution) {
  EXPECT_TRUE(
      card(medicine_draft("m", "ibuprofen"), {conflict("nsaid-caution")}).suggestions.empty());
}

TEST(ConflictCard, ACT_04_ACT_13_AddsTheMetalProtocolToTheDraftAsItWasSent) {
  const struct {
    const char* more;
    const char* expected;
  } rows[] = {
      {"", R"("orderDetail":[{"text":"Metal artifact reduction)"},
      {R"(,"orderDetail":[{"text":"left"}])",
       R"("orderDetail":[{"text":"left"},{"text":"Metal artifact reduction)"},
      {R"(,"orderDetail":{"text":"left"})",
       R"("orderDetail":[{"text":"left"},{"text":"Metal artifact reduction)"},
      {R"(,"priority":"stat","note":[{"text":"x"}])", R"("priority":"stat","note":[{"text":"x"}])"},
      {R"(,"meta":{"versionId":"3"})", R"("meta":{"versionId":"3"})"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.more);
    const auto made = card(service_draft("s", "MRI hip", row.more), {conflict("mri-metal")});
    ASSERT_EQ(made.suggestions.size(), 1U);
    ASSERT_EQ(made.suggestions[0].actions.size(), 1U);
    const auto& action = made.suggestions[0].actions[0];
    EXPECT_EQ(action.type, ActionType::update);
    EXPECT_THAT(action.resource, HasSubstr(row.expected));
    EXPECT_THAT(action.resource, HasSubstr(R"("code":{"text":"MRI hip"})"));
    const auto document = parsed(action.resource);
    EXPECT_EQ(document.root().text_or_empty("id"), "s");
  }
}

TEST(ConflictCard, OffersTheInfectionScreenFirst) {
  const auto made = card(service_draft("s", "US-guided psoas injection"),
                         {conflict("injection-infection-unknown")});
  ASSERT_EQ(made.suggestions.size(), 1U);
  ASSERT_EQ(made.suggestions[0].actions.size(), 2U);
  EXPECT_THAT(made.suggestions[0].actions[0].resource, HasSubstr("1988-5"));
  EXPECT_THAT(made.suggestions[0].actions[1].resource, HasSubstr("30341-2"));
}

TEST(ConflictCard, OffersNoAdditionToADraftThatItOffersToRemove) {
  const auto types = [](const std::vector<Conflict>& conflicts) {
    std::vector<ActionType> offered;
    for (const auto& one : card(service_draft("s", "Psoas injection"), conflicts).suggestions) {
      for (const auto& action : one.actions) {
        offered.push_back(action.type);
      }
    }
    return offered;
  };
  const auto unguided = conflict("injection-unguided");
  EXPECT_THAT(types({unguided}), testing::ElementsAre(ActionType::update));
  EXPECT_THAT(types({conflict("injection-avoid"), unguided}),
              testing::ElementsAre(ActionType::delete_));
  EXPECT_THAT(types({unguided, conflict("injection-avoid")}),
              testing::ElementsAre(ActionType::delete_));
  EXPECT_THAT(types({conflict("injection-red-flag"), unguided}),
              testing::ElementsAre(ActionType::delete_, ActionType::create, ActionType::delete_));
}

TEST(ConflictCard, LeavesOutAnUpdateThatTheHostWouldNotPassOn) {
  const std::string other = R"({"resourceType":"ServiceRequest","id":"s","status":"draft",
    "intent":"order","code":{"text":"MRI hip"}})";
  const auto made = card(other, {conflict("mri-metal")});  // says not whose it is
  EXPECT_TRUE(made.suggestions.empty());
  EXPECT_FALSE(made.detail.empty());
}

TEST(ConflictCard, ListsEachCauseOnce) {
  const ConflictReason cause{.id = "IJ06", .text = "hip replacement on that side", .advice = {}};
  const auto made =
      card(service_draft("s", "US-guided psoas injection"),
           {conflict("injection-avoid", {cause}), conflict("injection-caution", {cause})});
  const auto first = made.detail.find("- hip replacement on that side");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(made.detail.find("- hip replacement on that side", first + 1), std::string::npos);
  EXPECT_THAT(made.detail, Not(HasSubstr("To bear in mind")));
  EXPECT_THAT(made.detail, Not(HasSubstr("\n\n\n")));
}

}  // namespace
