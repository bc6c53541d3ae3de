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

/// How long the pain has lasted: the local item; else since the earliest onset of a pain of the hip
/// region that is active and confirmed; else of any regional pain.
std::optional<WeeksEstimate> duration_of(const LadderRules& rules, const Facts& facts);

/// How long physical therapy has gone on: the local item; else from the first to the last of at
/// least two completed sessions since the pain began (within a year when that is not known).
std::optional<WeeksEstimate> therapy_of(const LadderRules& rules, const Facts& facts,
                                        const std::optional<WeeksEstimate>& duration);

/// Weeks of physical therapy, or a session lately.
bool is_in_therapy(const LadderRules& rules, const Facts& facts,
                   const std::optional<WeeksEstimate>& therapy);

/// Has an analgesic been tried, or may none be given: the local item; else an order of this
/// pain that has ended, or one that has run long enough; or a rule against both.
Answer otc_tried(const LadderRules& rules, const Facts& facts, const Safety& safety,
                 const std::optional<WeeksEstimate>& duration);

/// Has hip or pelvis been imaged for this pain: the local item; else a completed Procedure that is
/// surely not before the pain began (within a year when that is not known).
Answer imaging_done(const Facts& facts, const std::optional<WeeksEstimate>& duration);

}  // namespace cdss::rules
