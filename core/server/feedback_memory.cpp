#include "core/server/feedback_memory.hpp"

#include <utility>

namespace cdss::server {
namespace {

std::size_t bytes_of(const hooks::Feedback& feedback) {
  std::size_t bytes = feedback.card.size() + feedback.comment.size();
  for (const auto& id : feedback.accepted_suggestions) {
    bytes += id.size();
  }
  if (feedback.reason) {
    bytes += feedback.reason->code.size() + feedback.reason->system.size() +
             feedback.reason->display.size();
  }
  return bytes;
}

}  // namespace

void FeedbackMemory::note_issued(std::string_view service,
                                 std::span<const hooks::CheckedCard> cards) {
  const std::lock_guard lock{mutex_};
  for (const auto& card : cards) {
    issued_[card.uuid] = {.service = std::string{service},
                          .card_kind = std::string{card.card_kind}};
    issued_order_.push_back(card.uuid);
    if (issued_order_.size() > limits_.cards) {
      issued_.erase(issued_order_.front());
      issued_order_.pop_front();
    }
  }
}

void FeedbackMemory::keep(hooks::FeedbackBatch batch, std::function<void(Result<void>)> done) {
  std::size_t bytes = 0;
  for (const auto& feedback : batch.entries) {
    bytes += bytes_of(feedback);
  }
  if (batch.entries.size() > limits_.entries || bytes > limits_.bytes) {
    done(Error{Errc::unavailable, {}, "there is no room for so much feedback"});
    return;
  }
  {
    const std::lock_guard lock{mutex_};
    for (auto& feedback : batch.entries) {
      add({.service = batch.service,
           .client = batch.client,
           .received = batch.received,
           .feedback = std::move(feedback),
           .matched = false,
           .card_kind = {}});
    }
  }
  done({});
}

void FeedbackMemory::add(StoredFeedback entry) {
  const auto issued = issued_.find(entry.feedback.card);
  if (issued != issued_.end() && issued->second.service == entry.service) {
    entry.matched = true;
    entry.card_kind = issued->second.card_kind;
  }
  ++counts_.kept;
  counts_.unmatched += entry.matched ? 0 : 1;
  bytes_ += bytes_of(entry.feedback);
  kept_.push_back(std::move(entry));
  while (kept_.size() > limits_.entries || bytes_ > limits_.bytes) {
    forget_oldest();
  }
}

void FeedbackMemory::forget_oldest() {
  bytes_ -= bytes_of(kept_.front().feedback);
  kept_.pop_front();
  ++counts_.forgotten;
}

FeedbackMemory::Counts FeedbackMemory::counts() const {
  const std::lock_guard lock{mutex_};
  return counts_;
}

std::vector<FeedbackMemory::StoredFeedback> FeedbackMemory::of_card(std::string_view uuid) const {
  const std::lock_guard lock{mutex_};
  std::vector<StoredFeedback> found;
  for (const StoredFeedback& entry : kept_) {
    if (entry.feedback.card == uuid) {
      found.push_back(entry);
    }
  }
  return found;
}

}  // namespace cdss::server
