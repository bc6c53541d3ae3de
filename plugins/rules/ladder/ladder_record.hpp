#pragma once

// What of a record the ladder asks for. For the .cpp files of this folder only.

#include <cstdint>
#include <optional>

#include "plugins/rules/ladder/ladder.hpp"

namespace cdss::rules {

/// How a condition of a step stands.
enum class Answer : std::uint8_t { unknown, unmet, met };

/// Met when the least is enough, unmet when the most is not; else not known.
Answer reaches(const std::optional<WeeksEstimate>& weeks, int limit);

/// How long the pain has lasted: the local item; else since the earliest onset of a regional pain
/// that is active and confirmed.
std::optional<WeeksEstimate> duration_of(const LadderRules& rules, const Facts& facts);

/// How long physical therapy has gone on: the local item; else from the first to the last of at
/// least two completed sessions.
std::optional<WeeksEstimate> therapy_of(const LadderRules& rules, const Facts& facts);

/// Has an analgesic been tried, or may none be given: the local item; else an order that has ended
/// or has run long enough; or a rule against both.
Answer otc_tried(const LadderRules& rules, const Facts& facts, const Safety& safety);

/// Has hip or pelvis been imaged for this pain: the local item; else a completed Procedure that is
/// surely not before the pain began.
Answer imaging_done(const LadderRules& rules, const Facts& facts,
                    const std::optional<WeeksEstimate>& duration);

}  // namespace cdss::rules
