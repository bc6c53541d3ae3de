#pragma once

#include <string>

#include "core/json/json_writer.hpp"
#include "plugins/cards/assessment.hpp"

// How prompts ("must not miss") are said. Each of them is named on the card.

namespace cdss::cards {

/// The summary "To exclude first: fracture after a fall. Radiograph ..." by the text of that id;
/// below 140 characters. There must be a prompt.
std::string prompt_summary(const Assessment& assessed, std::string_view text_id);

/// Appends the section of prompts: each with what settles it and on what it rests. Beside a red flag
/// they are one line.
void add_prompts(std::string& detail, const Assessment& assessed);

/// Appends the section "To think of": what is no prompt and worth a sentence.
void add_reminders(std::string& detail, const Assessment& assessed);

/// The member `prompts` of an assessment.
void write_prompts(json::Object& out, const rules::Prompts& prompts);

}  // namespace cdss::cards
