#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/date_time.hpp"
#include "core/base/errors/result.hpp"
#include "core/hooks/card/card.hpp"
#include "core/json/view.hpp"

namespace cdss::hooks {

/// The most entries of one feedback call, and the most suggestions that an entry accepts.
inline constexpr std::uint32_t kMostFeedback = 256;
inline constexpr std::uint32_t kMostAccepted = 32;
/// The longest comment and the longest code, system or display of a reason, in bytes.
inline constexpr std::size_t kLongestComment = 4096;
inline constexpr std::size_t kLongestReasonText = 1024;

/// What became of a card. Spelled as on the wire.
enum class FeedbackOutcome : std::uint8_t {
  accepted,    ///< single suggestions of it were taken (FB-15)
  overridden,  ///< the card as a whole was rejected
};

/// One entry of a feedback call. Owns its text.
///
/// Several entries may be about one card: each says what was done at its time (FB-13). A card
/// about which nothing is said was ignored so far (FB-14).
struct Feedback {
  std::string card;  ///< uuid of the card, lower case, bare (FB-25)
  FeedbackOutcome outcome = FeedbackOutcome::overridden;
  std::vector<std::string> accepted_suggestions;  ///< their uuids, in the same form; with
                                                  ///< FeedbackOutcome::accepted at least one
  std::optional<Coding> reason;  ///< why it was overridden; not only what we offered (FB-10)
  std::string comment;           ///< what a person wrote: sensitive, never to be logged (FB-23)
  Timestamp at;                  ///< when it was done
};

/// "accepted" or "overridden".
std::string_view to_string(FeedbackOutcome outcome);

/// Reads the body of a feedback call, `{"feedback": [...]}`, whole or not at all (FB-18).
///
/// Choices where the specification leaves one: an empty array is taken, and nothing is kept
/// (FB-20); accepted suggestions beside `overridden`, and a reason beside `accepted`, are taken
/// (FB-21); uuids are compared without regard to case and to "urn:uuid:"; what is no uuid cannot
/// be one of ours and is refused; the time may be in another zone than UTC.
/// Members that we do not know are ignored.
///
/// Errors, `where` naming the entry, e.g. "feedback[2].outcome", all meaning 400: Errc::missing for
/// a required member, for `acceptedSuggestions` of an accepted card, and for an `overrideReason`
/// with neither `reason` nor `userComment`; Errc::malformed for a value of the wrong type, null or
/// empty; Errc::unsupported for another outcome; Errc::out_of_range for more than the limits above
/// and for a time that there is not.
/// Source: CDS Hooks 2.0.1, "Feedback"; rows FB-03 to FB-13, FB-18, FB-20, FB-21, FB-25.
Result<std::vector<Feedback>> read_feedback(View body);

}  // namespace cdss::hooks
