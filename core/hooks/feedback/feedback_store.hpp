#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/card/response.hpp"
#include "core/hooks/feedback/feedback.hpp"

namespace cdss::hooks {

/// The entries of one feedback call, with where they came from.
struct FeedbackBatch {
  std::string service;  ///< id in the address: one endpoint for all hooks of it (FB-22)
  std::string client;   ///< id of the client profile
  Timestamp received;
  std::vector<Feedback> entries;
};

/// Keeps which cards were shown, and the feedback on them. Thread-safe.
class FeedbackStore {
 public:
  FeedbackStore() = default;
  FeedbackStore(const FeedbackStore&) = delete;
  FeedbackStore& operator=(const FeedbackStore&) = delete;
  virtual ~FeedbackStore() = default;

  /// Notes the cards of an answer before it is sent, so that feedback finds them. Does not block,
  /// and an answer does not wait for it.
  virtual void note_issued(std::string_view service, std::span<const CheckedCard> cards) = 0;

  /// Keeps a batch, all of it or nothing; an entry about a card that is not known is kept too
  /// (FB-19). Does not block.
  ///
  /// @param done  called once, from any thread, also from this one: nothing when the batch is kept;
  ///              else Errc::unavailable (503): it is not kept, and the client may send it again.
  virtual void keep(FeedbackBatch batch, std::function<void(Result<void>)> done) = 0;
};

}  // namespace cdss::hooks
