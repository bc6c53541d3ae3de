#include "core/hooks/feedback/feedback.hpp"

#include "tests/core/hooks/card/answer.hpp"
#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

constexpr const char* kCardId = "4e0a3a1e-3283-4575-ab82-028d55fe2719";
constexpr const char* kSuggestionId = "e56e1945-20b3-4393-8503-a1a20fd73152";

const Members kAccepted{
    {"card", '"' + std::string{kCardId} + '"'},
    {"outcome", R"("accepted")"},
    {"acceptedSuggestions", R"([{"id":")" + std::string{kSuggestionId} + "\"}]"},
    {"outcomeTimestamp", R"("2021-12-11T10:05:31Z")"},
};
const Members kOverridden =
    with(without(kAccepted, "acceptedSuggestions"), "outcome", R"("overridden")");
const Members kOverrideReason{{"reason", R"({"code":"c","system":"urn:s"})"},
                              {"userComment", R"("not now")"}};

std::string batch(const std::vector<Members>& entries) {
  std::string out = R"({"feedback":[)";
  for (const auto& entry : entries) {
    out += (out.back() == '[' ? "" : ",") + text(entry);
  }
  return out + "]}";
}

std::vector<Feedback> read(const std::string& body) {
  SCOPED_TRACE(body);
  const auto document = parse(body);
  auto feedback = read_feedback(document.root());
  if (!feedback) {
    ADD_FAILURE() << feedback.error().where << ": " << feedback.error().message;
    return {};
  }
  return *std::move(feedback);
}

void expect_refused(const std::string& body, const std::string& where, Errc code) {
  SCOPED_TRACE(body);
  const auto document = parse(body);
  const auto feedback = read_feedback(document.root());
  ASSERT_FALSE(feedback);
  EXPECT_EQ(feedback.error().where, where);
  EXPECT_EQ(feedback.error().code, code);
}

/// Expects one entry to be refused at `where`, whatever stands before it (FB-18).
void expect_entry_refused(const Members& entry, const std::string& where, Errc code) {
  expect_refused(batch({entry}), "feedback[0]." + where, code);
  expect_refused(batch({kAccepted, kOverridden, entry}), "feedback[2]." + where, code);
}

void expect_entry_required(const Members& entry, const std::string& name) {
  expect_entry_refused(without(entry, name), name, Errc::missing);
  for (const auto* const wrong : {"null", "\"\"", "\" \"", "5", "{}", "[]", "true"}) {
    expect_entry_refused(with(entry, name, wrong), name, Errc::malformed);
  }
}

Members overridden_because(const Members& override_reason) {
  return with(kOverridden, "overrideReason", text(override_reason));
}

TEST(Feedback, FB_03_IsAnObjectThatHoldsAnArray) {
  for (const auto* const body : {"[]", "null", "\"x\"", "5"}) {
    expect_refused(body, "", Errc::malformed);
  }
  expect_refused("{}", "feedback", Errc::missing);
  for (const auto* const wrong : {"null", "{}", "\"x\"", "5"}) {
    expect_refused(R"({"feedback":)" + std::string{wrong} + "}", "feedback", Errc::malformed);
  }
  for (const auto* const wrong : {"null", "[]", "\"x\"", "5"}) {
    expect_refused(R"({"feedback":[)" + std::string{wrong} + "]}", "feedback[0]", Errc::malformed);
  }
}

TEST(Feedback, FB_04_NamesTheCard) {
  expect_entry_required(kAccepted, "card");
  expect_entry_refused(with(kAccepted, "card", R"("card 1")"), "card", Errc::malformed);
}

TEST(Feedback, FB_05_INV_cds_fb_1_HasOneOfTwoOutcomes) {
  expect_entry_required(kAccepted, "outcome");
  for (const auto* const wrong : {"\"ignored\"", "\"Accepted\"", "\"accepted \""}) {
    expect_entry_refused(with(kAccepted, "outcome", wrong), "outcome", Errc::unsupported);
  }
  EXPECT_EQ(to_string(FeedbackOutcome::accepted), "accepted");
  EXPECT_EQ(to_string(FeedbackOutcome::overridden), "overridden");
}

TEST(Feedback, FB_06_INV_cds_fb_2_NamesTheSuggestionsOfAnAcceptedCard) {
  const auto feedback = read(batch({kAccepted}));
  ASSERT_EQ(feedback.size(), 1U);
  EXPECT_EQ(feedback[0].card, kCardId);
  EXPECT_EQ(feedback[0].outcome, FeedbackOutcome::accepted);
  EXPECT_EQ(feedback[0].accepted_suggestions, (std::vector<std::string>{kSuggestionId}));
  const std::string name = "acceptedSuggestions";
  expect_entry_refused(without(kAccepted, name), name, Errc::missing);
  for (const auto* const wrong : {"null", "{}", "\"x\"", "[]"}) {
    expect_entry_refused(with(kAccepted, name, wrong), name, Errc::malformed);
  }
  expect_entry_refused(with(kAccepted, name, "[{}]"), name + "[0].id", Errc::missing);
  expect_entry_refused(with(kAccepted, name, R"([{"id":"x"}])"), name + "[0].id", Errc::malformed);
  expect_entry_refused(with(kAccepted, name, "[5]"), name + "[0]", Errc::malformed);
}

TEST(Feedback, FB_07_NeedsNoReasonForAnOverriddenCard) {
  const auto feedback = read(batch({kOverridden}));
  ASSERT_EQ(feedback.size(), 1U);
  EXPECT_EQ(feedback[0].outcome, FeedbackOutcome::overridden);
  EXPECT_FALSE(feedback[0].reason);
  EXPECT_EQ(feedback[0].comment, "");
}

TEST(Feedback, FB_08_INV_cds_fb_3_HasAReasonOrACommentOrBoth) {
  EXPECT_EQ(read(batch({overridden_because(kOverrideReason)})).size(), 1U);
  EXPECT_EQ(read(batch({overridden_because(without(kOverrideReason, "reason"))})).at(0).comment,
            "not now");
  EXPECT_TRUE(read(batch({overridden_because(without(kOverrideReason, "userComment"))}))
                  .at(0)
                  .reason.has_value());
  expect_entry_refused(overridden_because({}), "overrideReason", Errc::missing);
  for (const auto* const wrong : {"null", "[]", "\"x\"", "5"}) {
    expect_entry_refused(with(kOverridden, "overrideReason", wrong), "overrideReason",
                         Errc::malformed);
    if (std::string_view{wrong} != "\"x\"") {
      expect_entry_refused(overridden_because(with(kOverrideReason, "userComment", wrong)),
                           "overrideReason.userComment", Errc::malformed);
    }
    expect_entry_refused(overridden_because(with(kOverrideReason, "reason", wrong)),
                         "overrideReason.reason", Errc::malformed);
  }
}

TEST(Feedback, FB_09_FB_10_TakesAnyReasonThatIsACoding) {
  const Members coding{{"code", R"("d7ecf885")"}, {"system", R"("https://example.com/reasons")"}};
  const auto place = [](const Members& reason) {
    return overridden_because({{"reason", text(reason)}});
  };
  const auto feedback = read(batch({place(coding), place(with(coding, "display", R"("Later")"))}));
  ASSERT_EQ(feedback.size(), 2U);
  ASSERT_TRUE(feedback[0].reason);
  EXPECT_EQ(feedback[0].reason->code, "d7ecf885");
  EXPECT_EQ(feedback[0].reason->system, "https://example.com/reasons");
  EXPECT_EQ(feedback[0].reason->display, "");
  EXPECT_EQ(feedback[1].reason->display, "Later");
  for (const auto* const name : {"code", "system"}) {
    const auto where = "overrideReason.reason." + std::string{name};
    expect_entry_refused(place(without(coding, name)), where, Errc::missing);
    for (const auto* const wrong : {"null", "\"\"", "5"}) {
      expect_entry_refused(place(with(coding, name, wrong)), where, Errc::malformed);
    }
  }
}

TEST(Feedback, FB_11_HasATimestamp) {
  expect_entry_required(kOverridden, "outcomeTimestamp");
  expect_entry_refused(with(kOverridden, "outcomeTimestamp", R"("2021-12-11")"), "outcomeTimestamp",
                       Errc::malformed);
  expect_entry_refused(with(kOverridden, "outcomeTimestamp", R"("2021-13-11T10:05:31Z")"),
                       "outcomeTimestamp", Errc::out_of_range);
  const auto feedback = read(batch({kOverridden}));
  EXPECT_EQ(feedback.at(0).at.time_since_epoch(), std::chrono::seconds{1639217131});
}

TEST(Feedback, FB_12_FB_13_TellsOfSeveralCardsAndOfOneSeveralTimes) {
  const auto other = with(kOverridden, "card", R"("f6b95768-b1c8-40dc-8385-bf3504b82ffb")");
  const auto later = with(kAccepted, "outcomeTimestamp", R"("2021-12-12T10:05:31Z")");
  const auto feedback = read(batch({kAccepted, other, kOverridden, later}));
  ASSERT_EQ(feedback.size(), 4U);
  EXPECT_EQ(feedback[0].card, feedback[3].card);
  EXPECT_NE(feedback[0].card, feedback[1].card);
  EXPECT_EQ(feedback[2].outcome, FeedbackOutcome::overridden);
  EXPECT_EQ(feedback[3].at - feedback[0].at, std::chrono::hours{24});
}

TEST(Feedback, FB_15_AcceptsSuggestionsAndOverridesCards) {
  const auto two =
      with(kAccepted, "acceptedSuggestions",
           R"([{"id":")" + std::string{kSuggestionId} + R"("},{"id":")" + kCardId + "\"}]");
  const auto feedback = read(batch({two, kOverridden}));
  ASSERT_EQ(feedback.size(), 2U);
  EXPECT_EQ(feedback[0].accepted_suggestions.size(), 2U);
  EXPECT_TRUE(feedback[1].accepted_suggestions.empty());
}

TEST(Feedback, FB_18_IsTakenWholeOrNotAtAll) {
  expect_refused(batch({kAccepted, without(kOverridden, "card"), kAccepted}), "feedback[1].card",
                 Errc::missing);
}

TEST(Feedback, FB_20_MayBeEmpty) {
  EXPECT_TRUE(read(R"({"feedback":[]})").empty());
}

TEST(Feedback, FB_21_TakesWhatBelongsToTheOtherOutcome) {
  const auto both = with(kAccepted, "overrideReason", text(kOverrideReason));
  const auto feedback = read(batch({both, with(both, "outcome", R"("overridden")")}));
  ASSERT_EQ(feedback.size(), 2U);
  for (const auto& one : feedback) {
    EXPECT_EQ(one.accepted_suggestions.size(), 1U);
    EXPECT_TRUE(one.reason);
  }
}

TEST(Feedback, FB_23_BoundsWhatAPersonWritesAndNeverRepeatsIt) {
  const auto comment = [](std::size_t bytes) {
    return overridden_because({{"userComment", '"' + std::string(bytes, 'x') + '"'}});
  };
  EXPECT_EQ(read(batch({comment(kLongestComment)})).at(0).comment.size(), kLongestComment);
  expect_entry_refused(comment(kLongestComment + 1), "overrideReason.userComment",
                       Errc::out_of_range);
  const auto document = parse(batch({comment(kLongestComment + 1)}));
  EXPECT_EQ(read_feedback(document.root()).error().message.find("xx"), std::string::npos);
  const auto long_code =
      R"({"code":")" + std::string(kLongestReasonText + 1, 'x') + R"(","system":"urn:s"})";
  expect_entry_refused(overridden_because({{"reason", long_code}}), "overrideReason.reason.code",
                       Errc::out_of_range);
}

TEST(Feedback, HoldsNoMoreThanItsLimits) {
  const std::vector<Members> most(kMostFeedback, kAccepted);
  EXPECT_EQ(read(batch(most)).size(), kMostFeedback);
  expect_refused(batch(std::vector<Members>(kMostFeedback + 1, kAccepted)), "feedback",
                 Errc::out_of_range);
  const auto suggestions = [](std::uint32_t count) {
    return with(kAccepted, "acceptedSuggestions",
                repeated(R"({"id":")" + std::string{kSuggestionId} + "\"}", count));
  };
  EXPECT_EQ(read(batch({suggestions(kMostAccepted)})).size(), 1U);
  expect_entry_refused(suggestions(kMostAccepted + 1), "acceptedSuggestions", Errc::out_of_range);
}

TEST(Feedback, FB_25_ComparesUuidsWithoutCaseAndPrefix) {
  for (const auto* const id :
       {"4E0A3A1E-3283-4575-AB82-028D55FE2719", "urn:uuid:4e0a3a1e-3283-4575-ab82-028d55fe2719",
        "URN:UUID:4E0A3A1E-3283-4575-AB82-028D55FE2719"}) {
    const auto quoted = '"' + std::string{id} + '"';
    auto entry = with(kAccepted, "card", quoted);
    entry = with(entry, "acceptedSuggestions", R"([{"id":)" + quoted + "}]");
    const auto feedback = read(batch({entry}));
    EXPECT_EQ(feedback.at(0).card, kCardId);
    EXPECT_EQ(feedback.at(0).accepted_suggestions.at(0), kCardId);
  }
}

TEST(Feedback, EXT_04_GEN_10_IgnoresWhatItDoesNotKnow) {
  const auto entry = with(with(kAccepted, "extension", R"({"com.example.x":1})"), "later", "null");
  EXPECT_EQ(read(batch({entry})).size(), 1U);
  expect_entry_refused(with(kAccepted, "extension", "[]"), "extension", Errc::malformed);
}

}  // namespace
}  // namespace cdss::hooks
