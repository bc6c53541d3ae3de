#pragma once

#include <string>

#include "plugins/cards/assessment.hpp"
#include "plugins/rules/red_flags/prompts.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"

namespace cdss::cards {

/// What to do about a red flag, with the image that fits: in known pregnancy without radiation first,
/// with a pregnancy that is not excluded after a test, with poor kidneys not withheld. An aneurysm,
/// and a haematoma with a falling pressure or haemoglobin, ask for the same image in everybody.
/// Source: knowledge/references.json [77], [78].
std::string action_of(const Assessment& assessed, const rules::RedFlag& flag);

/// The sentence on the image of a prompt that asks for one; empty when the usual one is right.
std::string imaging_of(const Assessment& assessed, const rules::PromptRow& row);

}  // namespace cdss::cards
