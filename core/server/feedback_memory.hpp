#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/hooks/feedback/feedback_store.hpp"

namespace cdss::server {

/// Feedback kept in memory, for a server without a store: it is lost when the server ends, and
/// the oldest is dropped for new. Thread-safe.
class FeedbackMemory : public hooks::FeedbackStore {
 public:
  struct Limits {
    std::size_t cards = 10'000;                 ///< whose issue is remembered
    std::size_t entries = 10'000;               ///< of feedback
    std::size_t bytes = std::size_t{8} << 20U;  ///< of text in those entries
  };

  /// One entry with what it was found to be about.
  struct StoredFeedback {
    std::string service;
    std::string client;
    Timestamp received;
    hooks::Feedback feedback;
    bool matched = false;   ///< the card was issued by this server, for this service
    std::string card_kind;  ///< of that card; empty when unmatched or without a kind
  };

  struct Counts {
    std::uint64_t kept = 0;       ///< entries taken since the start
    std::uint64_t unmatched = 0;  ///< of those: about a card that is not known (FB-19)
    std::uint64_t forgotten = 0;  ///< of those: gone to make room
  };

  FeedbackMemory() : FeedbackMemory{Limits{}} {}
  explicit FeedbackMemory(Limits limits) : limits_{limits} {}

  void note_issued(std::string_view service, std::span<const hooks::CheckedCard> cards) override;

  /// Calls `done` before it returns. Errc::unavailable for a batch that is larger than all that may
  /// be kept.
  void keep(hooks::FeedbackBatch batch, std::function<void(Result<void>)> done) override;

  Counts counts() const;

  /// What is kept of a card, in the order in which it came.
  std::vector<StoredFeedback> of_card(std::string_view uuid) const;

 private:
  struct IssuedCard {
    std::string service;
    std::string card_kind;
  };

  void add(StoredFeedback entry);
  void forget_oldest();

  const Limits limits_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, IssuedCard> issued_;  ///< by uuid
  std::deque<std::string> issued_order_;                ///< uuids, oldest first
  std::deque<StoredFeedback> kept_;
  std::size_t bytes_ = 0;  ///< of text in kept_
  Counts counts_;
};

}  // namespace cdss::server
