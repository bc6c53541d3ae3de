#pragma once

#include <string_view>

namespace cdss::hooks {

/// The code system that CDS Hooks suggests for override reasons (CARD-23).
inline constexpr std::string_view kNonAdherenceReasons =
    "http://terminology.hl7.org/CodeSystem/non-adherence-reason-codes";

/// True for one of its 35 codes, categories and leaves alike. Thread-safe.
/// Source: CDS Hooks 3.0.0-ballot, CodeSystem non-adherence-reason-codes.
bool is_non_adherence_reason(std::string_view code);

}  // namespace cdss::hooks
