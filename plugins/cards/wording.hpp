#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/hooks/card/card.hpp"
#include "plugins/rules/facts/reason.hpp"
#include "plugins/rules/knowledge/texts.hpp"
#include "plugins/sdk/gaps.hpp"

// What our cards have in common: reasons in words, sections, what is not known, who speaks.

namespace cdss::cards {

/// A summary has fewer code points than this. Source: CDS Hooks conformance row CARD-02.
inline constexpr std::size_t kSummaryBelow = 140;

/// "groin pain (Condition/a1, R10.31); CRP 186 mg/L (Observation/b)": each once, at most `most` of
/// them, then "and 2 more".
std::string list_of(const rules::Texts& texts, const rules::Reasons& reasons, std::size_t most = 4);

/// Appends "**title**" and the lines, when there are any. Each line begins with "- " and ends with
/// a line break.
void add_section(std::string& detail, const std::string& title, const std::string& lines);

/// "- text" on a line of its own.
std::string bullet(std::string_view text);

/// A card with its source, override reasons and kind; the rest is to be filled in.
///
/// @param overrides  ids of their texts: "psoas.override.error" is the code "psoas-override-error".
hooks::Card new_card(const rules::Texts& texts, std::string_view service, std::string kind,
                     std::span<const std::string_view> overrides = {});

/// Appends a name to the member `missing` of an assessment, unless it is there already.
void add_missing(std::vector<std::string>& missing, std::string_view name);

/// Appends the section "Not known" with the gaps, then the footer. Every card ends with it.
void add_end(std::string& detail, const rules::Texts& texts, const sdk::Gaps& gaps);

}  // namespace cdss::cards
