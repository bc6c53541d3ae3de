// Whatever the bytes, feedback that is read is about cards and suggestions named by lower-case
// UUIDs, says which suggestions were accepted, and stays within its limits; a refusal says why.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/uuid.hpp"
#include "core/hooks/feedback/feedback.hpp"
#include "core/json/document.hpp"

namespace {

void expect(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

bool is_lower_uuid(const std::string& text) {
  return cdss::is_uuid(text) &&
         std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cdss::hooks;
  const auto document =
      cdss::Document::parse(std::string{reinterpret_cast<const char*>(data), size});
  if (!document) {
    return 0;
  }
  const auto batch = read_feedback(document->root());
  if (!batch) {
    expect(!batch.error().message.empty());
    return 0;
  }
  expect(batch->size() <= kMostFeedback);
  for (const Feedback& feedback : *batch) {
    expect(is_lower_uuid(feedback.card));
    expect(std::ranges::all_of(feedback.accepted_suggestions, is_lower_uuid));
    expect(feedback.accepted_suggestions.size() <= kMostAccepted);
    expect(feedback.outcome != FeedbackOutcome::accepted || !feedback.accepted_suggestions.empty());
    expect(feedback.comment.size() <= kLongestComment);
    expect(!feedback.reason || !feedback.reason->code.empty());
  }
  return 0;
}
