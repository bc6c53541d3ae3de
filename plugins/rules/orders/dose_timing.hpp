#pragma once

// How often a dose is taken. For the .cpp files of this folder only.

#include <optional>
#include <string_view>

#include "core/json/view.hpp"

namespace cdss::rules {

/// The most often in a day that the timing of a dosage allows: its repeat (frequency and period, or
/// times of day and events such as meals, of which each is one dose), its list of instants (the
/// busiest day), its code, else the words of the code or of the dosage.
///
/// Result: none when none of them tells it. Source: HL7 FHIR R4, Timing; HL7 v3 GTSAbbreviation and
/// TimingEvent for the codes.
std::optional<double> most_times_a_day(View dosage);

/// "every 4 to 6 hours", "q4h", "alle 6 Stunden", "3x daily", "twice a day": the most often in a day
/// that the words allow. None when they do not tell it, or when they tell of a most besides, which
/// is not read.
std::optional<double> times_a_day_in_words(std::string_view words);

/// "s", "min", "h", "d", "wk", "mo" or "a" in hours.
std::optional<double> hours_of(std::string_view unit);

}  // namespace cdss::rules
