#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/facts/medicines.hpp"
#include "plugins/rules/facts/results.hpp"

namespace cdss::rules {

/// When does a reason undo a clearing that was recorded before it: an item such as
/// infection_excluded. Source: plugins/rules/README.md, "Clearing".
enum class Undoes : std::uint8_t {
  by_day,    ///< when its day is later: a result, an item, a condition
  by_onset,  ///< when it began later: pain and gait, which are recorded at each visit
  never,     ///< a medicine, an implant
};

/// One thing of the record on which a rule rests: what it is, in our words, and where it stands.
struct Reason {
  std::string text;  ///< "groin pain", "CRP 186 mg/L", "warfarin"; never text of the record
  Finding finding;
  Undoes undoes = Undoes::by_day;
  std::optional<Days> since{};  ///< of an item: when it was first recorded so
};

using Reasons = std::vector<Reason>;

/// "groin pain (Condition/a1, R10.31, 2026-10-03)".
std::string text_of(const Reason& reason);

/// The findings of a concept, each with the same text.
void add_reasons(Reasons& into, std::string_view text, std::span<const Finding> findings);
Reason reason_of(const ResultValue& value);  ///< "CRP 186 mg/L"
Reason reason_of(const Medicine& medicine);  ///< "warfarin", "warfarin, on hold"
/// Medicines of that class that are, or may be, taken.
Reasons taken(const Medicines& medicines, std::string_view medicine_class);

/// The same, which undo a clearing only in that way.
Reasons with(Reasons reasons, Undoes undoes);

/// All of them when each holds, else nothing.
Reasons all_of(std::initializer_list<Reasons> parts);
/// Those that hold.
Reasons any_of(std::initializer_list<Reasons> parts);

}  // namespace cdss::rules
