#include "plugins/rules/red_flags/prompts.hpp"

#include <algorithm>
#include <utility>

#include "plugins/rules/red_flags/clearing.hpp"
#include "plugins/rules/red_flags/prompt_patterns.hpp"

namespace cdss::rules {
namespace {

/// The reasons for which the prompt of that row fires.
Prompt fire(const PromptRow& row, const PromptInput& input) {
  const Signs signs{.limits = input.limits, .facts = input.facts, .common = input.red_flags};
  Prompt prompt{.row = &row, .reasons = {}};
  for (const auto patterns : {infection_prompts(), structure_prompts(), other_prompts()}) {
    for (const PromptPattern& pattern : patterns) {
      if (pattern.id != row.id || !(pattern.is_always || input.has_possible_score)) {
        continue;
      }
      auto found = pattern.find(signs);
      if (!found.empty() && !is_cleared(row.cleared_by, found, input.facts)) {
        prompt.is_always = prompt.is_always || pattern.is_always;
        prompt.reasons = any_of({std::move(prompt.reasons), std::move(found)});
      }
    }
  }
  return prompt;
}

bool is_said_by_red_flag(const PromptRow& row, const RedFlags& flags) {
  return std::ranges::any_of(row.not_beside, [&](const std::string& id) { return flags.has(id); });
}

}  // namespace

bool Prompts::has(std::string_view id) const {
  return std::ranges::any_of(fired, [&](const Prompt& one) { return one.row->id == id; });
}

bool Prompts::has_always() const {
  return std::ranges::any_of(fired, &Prompt::is_always);
}

bool Prompts::leaves_acetaminophen() const {
  return std::ranges::all_of(fired,
                             [](const Prompt& one) { return one.row->leaves_acetaminophen; });
}

Prompts find_prompts(const PromptInput& input) {
  Prompts prompts;
  const Person& person = input.facts.person;
  const bool has_pain =
      !input.red_flags.pain.empty() || !input.facts.pains.in(pain::kSpine).empty();
  if (person.is_deceased || person.scope != AgeScope::adult || !has_pain) {
    return prompts;
  }
  for (const PromptRow& row : input.rules.rows) {
    if (!is_said_by_red_flag(row, input.red_flags)) {
      if (auto prompt = fire(row, input); !prompt.reasons.empty()) {
        prompts.fired.push_back(std::move(prompt));
      }
    }
  }
  std::ranges::stable_sort(prompts.fired, {}, [](const Prompt& one) { return one.row->urgency; });
  return prompts;
}

}  // namespace cdss::rules
