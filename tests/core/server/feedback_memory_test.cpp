#include "core/server/feedback_memory.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "core/json/document.hpp"

namespace cdss::server {
namespace {

using hooks::Feedback;
using hooks::FeedbackBatch;
using hooks::FeedbackOutcome;

constexpr const char* kCard = "4e0a3a1e-3283-4575-ab82-028d55fe2719";
constexpr const char* kOther = "f6b95768-b1c8-40dc-8385-bf3504b82ffb";

Feedback feedback(const char* card, FeedbackOutcome outcome = FeedbackOutcome::overridden,
                  const std::string& comment = {}) {
  return {.card = card,
          .outcome = outcome,
          .accepted_suggestions = {},
          .reason = {},
          .comment = comment,
          .at = {}};
}

bool keep(FeedbackMemory& memory, std::vector<Feedback> entries, const char* service = "hip") {
  int answers = 0;
  bool kept = false;
  memory.keep({.service = service, .client = "ehr", .received = {}, .entries = std::move(entries)},
              [&](const Result<void>& result) {
                ++answers;
                kept = result.has_value();
              });
  EXPECT_EQ(answers, 1);
  return kept;
}

void issue(FeedbackMemory& memory, const char* uuid) {
  static const Document document = *Document::parse("{}");
  const hooks::CheckedCard card{.view = document.root(),
                                .uuid = uuid,
                                .suggestions = {},
                                .card_kind = "recent-hip",
                                .indicator = hooks::Indicator::info};
  memory.note_issued("hip", {&card, 1});
}

TEST(FeedbackMemory, FB_12_FB_13_KeepsEachEntryOfACardInItsOrder) {
  FeedbackMemory memory;
  EXPECT_TRUE(keep(memory, {feedback(kCard, FeedbackOutcome::accepted), feedback(kOther),
                            feedback(kCard, FeedbackOutcome::overridden)}));
  EXPECT_TRUE(keep(memory, {feedback(kCard, FeedbackOutcome::accepted, "after all")}));
  const auto kept = memory.of_card(kCard);
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].feedback.outcome, FeedbackOutcome::accepted);
  EXPECT_EQ(kept[1].feedback.outcome, FeedbackOutcome::overridden);
  EXPECT_EQ(kept[2].feedback.comment, "after all");
  EXPECT_EQ(kept[2].client, "ehr");
}

TEST(FeedbackMemory, FB_14_KeepsNothingOfACardThatNobodyAnswers) {
  FeedbackMemory memory;
  issue(memory, kCard);
  EXPECT_TRUE(memory.of_card(kCard).empty());
  EXPECT_EQ(memory.counts().kept, 0U);
}

TEST(FeedbackMemory, FB_19_MarksWhatItDidNotIssue) {
  FeedbackMemory memory;
  issue(memory, kCard);
  EXPECT_TRUE(keep(memory, {feedback(kCard), feedback(kOther)}));
  EXPECT_TRUE(keep(memory, {feedback(kCard)}, "another-service"));
  const auto kept = memory.of_card(kCard);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_TRUE(kept[0].matched);
  EXPECT_EQ(kept[0].card_kind, "recent-hip");
  EXPECT_FALSE(kept[1].matched);
  EXPECT_FALSE(memory.of_card(kOther).at(0).matched);
  EXPECT_EQ(memory.counts().unmatched, 2U);
}

TEST(FeedbackMemory, FB_19_IsBoundedInCardsEntriesAndBytes) {
  FeedbackMemory memory{{.cards = 1, .entries = 2, .bytes = 200}};
  issue(memory, kCard);
  issue(memory, kOther);
  EXPECT_TRUE(keep(memory, {feedback(kCard)}));
  EXPECT_FALSE(memory.of_card(kCard).at(0).matched);
  EXPECT_TRUE(keep(memory, {feedback(kOther), feedback(kOther)}));
  EXPECT_TRUE(memory.of_card(kCard).empty());
  EXPECT_EQ(memory.of_card(kOther).size(), 2U);
  EXPECT_TRUE(keep(memory, {feedback(kCard, FeedbackOutcome::overridden, std::string(150, 'x'))}));
  EXPECT_TRUE(memory.of_card(kOther).empty());
  EXPECT_EQ(memory.counts().kept, 4U);
  EXPECT_EQ(memory.counts().forgotten, 3U);
}

TEST(FeedbackMemory, FB_18_KeepsABatchWholeOrNotAtAll) {
  FeedbackMemory memory{{.cards = 1, .entries = 2, .bytes = 200}};
  EXPECT_FALSE(keep(memory, {feedback(kCard), feedback(kCard), feedback(kCard)}));
  EXPECT_FALSE(keep(memory, {feedback(kCard, FeedbackOutcome::overridden, std::string(200, 'x'))}));
  EXPECT_TRUE(memory.of_card(kCard).empty());
  EXPECT_EQ(memory.counts().kept, 0U);
  EXPECT_TRUE(keep(memory, {}));
}

TEST(FeedbackMemory, TakesFeedbackFromSeveralThreads) {
  FeedbackMemory memory;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 100; ++n) {
        issue(memory, kOther);
        keep(memory, {feedback(kCard)});
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(memory.of_card(kCard).size(), 400U);
}

}  // namespace
}  // namespace cdss::server
