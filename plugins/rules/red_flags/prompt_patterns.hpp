#pragma once

// What fires each prompt. For the .cpp files of this folder only.

#include <span>
#include <string_view>

#include "plugins/rules/red_flags/signs.hpp"

namespace cdss::rules {

/// One way for a prompt to fire: the reasons when it does, else nothing.
struct PromptPattern {
  std::string_view id;  ///< of the prompt; several may have the same
  Reasons (*find)(const Signs&);
  bool is_always = false;  ///< whatever the score
};

std::span<const PromptPattern> infection_prompts();
std::span<const PromptPattern> structure_prompts();  ///< bone, implant, nerve, vessel
std::span<const PromptPattern> other_prompts();      ///< abdomen, cancer, pregnancy, metal

}  // namespace cdss::rules
