#include "plugins/cards/assessment.hpp"

#include <cstddef>
#include <string_view>
#include <utility>

namespace cdss::cards {
namespace {

/// The record as the host found it.
rules::Record record_of(const sdk::Request& request) {
  rules::Record record;
  for (const auto& [key, source] : rules::kSources) {
    const auto found = request.key(key);
    record.*source = {.value = found.value, .is_known = found.is_known()};
  }
  return record;
}

/// Entries that were there and could not be used.
void note_unused(sdk::Gaps& gaps, const rules::Facts& facts) {
  constexpr std::string_view kUnreadable = "could not be read";
  const auto& items = facts.items.unused();
  const struct {
    std::string_view key;
    std::size_t count;
    std::string_view words;
    std::string_view why;
  } unused[] = {
      {"conditions", facts.findings.unreadable(), "conditions", kUnreadable},
      {"procedures", facts.findings.unreadable_procedures(), "procedures", kUnreadable},
      {"results", facts.results.unreadable(), "results", kUnreadable},
      {"medications", facts.medicines.refused(), "medications", kUnreadable},
      {"medications", facts.medicines.unreadable().size(), "active medications",
       "could not be recognised: neither a known code nor a readable name"},
      {"medications", facts.medicines.unclear(), "medications",
       "could not be told to be taken or not: status unknown, missing or unreadable"},
      {"allergies", facts.allergies.refused(), "allergies", kUnreadable},
      {"examination", items.too_old, "examination answers", "could not be used: too old"},
      {"examination", items.in_future, "examination answers",
       "could not be used: dated in the future"},
      {"examination", items.without_day, "examination answers", "could not be used: without a day"},
      {"examination", items.unreadable, "examination answers",
       "could not be used: unreadable, or not a value of the item"},
  };
  for (const auto& [key, count, words, why] : unused) {
    gaps.note_unused(key, count, words, why);
  }
}

/// What of the record could not be looked at, or not be used.
sdk::Gaps gaps_of(const sdk::Request& request, const rules::Facts& facts,
                  const rules::Texts& texts) {
  sdk::Gaps gaps;
  if (facts.person.scope == rules::AgeScope::unknown) {
    gaps.keys.emplace_back("birthDate");
    gaps.sentences.push_back(texts.of("gap.birth-date"));
  }
  constexpr std::pair<std::string_view, std::string_view> kNoted[] = {
      {"conditions", "conditions"},
      {"procedures", "procedures"},
      {"results", "laboratory results and vital signs"},
      {"examination", "examination findings"},
      {"questionnaire", "examination forms"},
      {"medications", "medications"},
      {"allergies", "allergies"},
  };
  for (const auto& [key, words] : kNoted) {
    gaps.note(request, key, words);
  }
  if (facts.record.statements.value) {  // no gap when it was not sent, but one when it is cut
    gaps.note(request, "statements", "medication statements");
  }
  note_unused(gaps, facts);
  for (const auto id : facts.results.not_interpretable()) {
    const auto* found = rules::find_by_id(facts.definitions.results, id);
    gaps.keys.emplace_back(id);
    gaps.sentences.push_back(texts.of("gap.not-interpretable", {{"result", found->text}}));
  }
  return gaps;
}

}  // namespace

Assessment Assessment::of(const rules::Knowledge& knowledge, const sdk::Request& request) {
  auto facts = rules::Facts::read(knowledge.definitions, record_of(request), request.today());
  auto red_flags = rules::find_red_flags(knowledge.red_flags, facts);
  auto likelihood = rules::score(knowledge.score, facts);
  const auto& limits = knowledge.red_flags.limits;
  auto prompts =
      rules::find_prompts({.rules = knowledge.prompts,
                           .limits = limits,
                           .facts = facts,
                           .red_flags = red_flags,
                           .has_possible_score = likelihood.score >= knowledge.score.possible});
  rules::apply_caps(knowledge.score,
                    rules::find_caps({.rules = knowledge.score,
                                      .limits = limits,
                                      .facts = facts,
                                      .red_flags = red_flags,
                                      .prompts = prompts}),
                    likelihood);
  auto gaps = gaps_of(request, facts, knowledge.texts);
  return {.knowledge = knowledge,
          .facts = std::move(facts),
          .red_flags = std::move(red_flags),
          .likelihood = std::move(likelihood),
          .prompts = std::move(prompts),
          .gaps = std::move(gaps)};
}

}  // namespace cdss::cards
