#include "core/hooks/feedback/feedback.hpp"

#include <algorithm>

#include "core/base/text/ascii.hpp"
#include "core/base/uuid.hpp"

namespace cdss::hooks {
namespace {

Error too_many(View array, std::uint32_t most) {
  return array.error(Errc::out_of_range, "must have at most " + std::to_string(most) + " elements");
}

Result<View> required_array(View parent, std::string_view name) {
  CDSS_TRY(const auto array, parent.at(name));
  if (!array.is_array()) {
    return array.error(Errc::malformed, "must be an array");
  }
  return array;
}

Result<std::string> read_uuid(View parent, std::string_view name) {
  constexpr std::string_view kPrefix = "urn:uuid:";
  CDSS_TRY(const auto text, parent.required_string(name));
  std::string uuid = to_lower(text);
  if (uuid.starts_with(kPrefix)) {
    uuid.erase(0, kPrefix.size());
  }
  if (!is_uuid(uuid)) {
    return parent.error_at(name, Errc::malformed, "must be a UUID");
  }
  return uuid;
}

/// An RFC 3339 date-time (FB-11). A zone that is not UTC is converted.
Result<Timestamp> read_moment(View parent, std::string_view name) {
  CDSS_TRY(const auto text, parent.required_string(name));
  const auto read = DateTime::parse(text);
  if (!read) {
    return parent.error_at(name, read.error().code, read.error().message);
  }
  const auto moment = read->moment();
  if (!moment) {
    return parent.error_at(name, Errc::malformed, "must have a time with seconds and an offset");
  }
  return *moment;
}

/// Errors: those of View::required_string; Errc::out_of_range when longer than `most` bytes.
Result<std::string> read_text(View parent, std::string_view name, std::size_t most) {
  CDSS_TRY(const auto text, parent.required_string(name));
  if (text.size() > most) {
    return parent.error_at(name, Errc::out_of_range,
                           "must be no longer than " + std::to_string(most) + " bytes");
  }
  return std::string{text};
}

Result<FeedbackOutcome> read_outcome(View entry) {
  CDSS_TRY(const auto text, entry.required_string("outcome"));
  for (const auto outcome : {FeedbackOutcome::accepted, FeedbackOutcome::overridden}) {
    if (text == to_string(outcome)) {
      return outcome;
    }
  }
  return entry.error_at("outcome", Errc::unsupported, "must be accepted or overridden");
}

Result<std::vector<std::string>> read_accepted(View entry, FeedbackOutcome outcome) {
  std::vector<std::string> accepted;
  if (outcome != FeedbackOutcome::accepted && !entry.find("acceptedSuggestions")) {
    return accepted;
  }
  CDSS_TRY(const auto array, required_array(entry, "acceptedSuggestions"));
  if (array.size() == 0) {
    return array.error(Errc::malformed, "must not be empty");
  }
  if (array.size() > kMostAccepted) {
    return too_many(array, kMostAccepted);
  }
  for (const View suggestion : array.elements()) {
    CDSS_TRY(auto id, read_uuid(suggestion, "id"));
    accepted.push_back(std::move(id));
  }
  return accepted;
}

Result<std::optional<Coding>> read_reason(View override_reason) {
  const auto reason = override_reason.find("reason");
  if (!reason) {
    return std::optional<Coding>{};
  }
  if (!reason->is_object()) {
    return reason->error(Errc::malformed, "must be an object");
  }
  Coding coding;
  CDSS_TRY(coding.code, read_text(*reason, "code", kLongestReasonText));
  CDSS_TRY(coding.system, read_text(*reason, "system", kLongestReasonText));
  if (reason->find("display")) {
    CDSS_TRY(coding.display, read_text(*reason, "display", kLongestReasonText));
  }
  return std::optional{std::move(coding)};
}

Result<void> read_override_reason(View entry, Feedback& into) {
  const auto member = entry.find("overrideReason");
  if (!member) {
    return {};
  }
  if (!member->is_object()) {
    return member->error(Errc::malformed, "must be an object");
  }
  CDSS_TRY(into.reason, read_reason(*member));
  if (member->find("userComment")) {
    CDSS_TRY(into.comment, read_text(*member, "userComment", kLongestComment));
  }
  if (!into.reason && into.comment.empty()) {
    return member->error(Errc::missing, "must have a reason or a userComment");
  }
  return {};
}

Result<Feedback> read_entry(View entry) {
  if (!entry.is_object()) {
    return entry.error(Errc::malformed, "must be an object");
  }
  Feedback feedback;
  CDSS_TRY(feedback.card, read_uuid(entry, "card"));
  CDSS_TRY(feedback.outcome, read_outcome(entry));
  CDSS_TRY(feedback.accepted_suggestions, read_accepted(entry, feedback.outcome));
  CDSS_CHECK(read_override_reason(entry, feedback));
  CDSS_TRY(feedback.at, read_moment(entry, "outcomeTimestamp"));
  if (const auto extension = entry.find("extension"); extension && !extension->is_object()) {
    return extension->error(Errc::malformed, "must be an object");
  }
  return feedback;
}

}  // namespace

std::string_view to_string(FeedbackOutcome outcome) {
  return outcome == FeedbackOutcome::accepted ? "accepted" : "overridden";
}

Result<std::vector<Feedback>> read_feedback(View body) {
  if (!body.is_object()) {
    return body.error(Errc::malformed, "must be an object");
  }
  CDSS_TRY(const auto array, required_array(body, "feedback"));
  if (array.size() > kMostFeedback) {
    return too_many(array, kMostFeedback);
  }
  std::vector<Feedback> batch;
  batch.reserve(array.size());
  for (const View entry : array.elements()) {
    CDSS_TRY(auto feedback, read_entry(entry));
    batch.push_back(std::move(feedback));
  }
  return batch;
}

}  // namespace cdss::hooks
