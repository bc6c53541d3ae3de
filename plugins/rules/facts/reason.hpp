#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/facts/medicines.hpp"
#include "plugins/rules/facts/results.hpp"

namespace cdss::rules {

/// One thing of the record on which a rule rests: what it is, in our words, and where it stands.
struct Reason {
  std::string text;  ///< "groin pain", "CRP 186 mg/L", "warfarin"; never text of the record
  Finding finding;
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

/// All of them when each holds, else nothing.
Reasons all_of(std::initializer_list<Reasons> parts);
/// Those that hold.
Reasons any_of(std::initializer_list<Reasons> parts);

}  // namespace cdss::rules
