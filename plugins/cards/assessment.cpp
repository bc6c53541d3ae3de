#include "plugins/cards/assessment.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/hooks/card/markdown.hpp"

namespace cdss::cards {
namespace {

/// Was something sent for the key that could not be read whole? An optional key that was not sent is
/// no gap.
bool is_lost(const sdk::Key& key) {
  return !key.is_known() && (key.value || key.state == sdk::KeyState::truncated ||
                             !key.reason.starts_with("not sent"));
}

/// The record as the host found it. Statements that were lost leave the medicines not known whole.
rules::Record record_of(const sdk::Request& request) {
  rules::Record record;
  for (const auto& [key, source] : rules::kSources) {
    const auto found = request.key(key);
    record.*source = {.value = found.value, .is_known = found.is_known()};
  }
  record.medications.is_known = record.medications.is_known && !is_lost(request.key("statements"));
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

/// The ids of the texts that name what is not recognised.
struct UnrecognisedTexts {
  std::string_view sentence;
  std::string_view code;
  std::string_view nothing;   ///< neither words nor a code that can be shown
  std::string_view referred;  ///< a reference that leads nowhere
};

constexpr UnrecognisedTexts kMedicineTexts{"unrecognised.medicine", "unrecognised.medicine.code",
                                           "unrecognised.medicine.nothing",
                                           "unrecognised.medicine.referred"};
constexpr UnrecognisedTexts kAllergyTexts{"unrecognised.allergy", "unrecognised.allergy.code",
                                          "unrecognised.allergy.nothing",
                                          "unrecognised.allergy.nothing"};

/// By the words of the record, else by its code.
std::string name_of(const rules::Unrecognised& one, const rules::Texts& texts,
                    const UnrecognisedTexts& ids) {
  constexpr std::size_t kLongestName = 60;  // code points
  std::string name;
  if (!one.words.empty()) {
    name = hooks::escape_markdown(one.words, kLongestName);
  } else if (!one.code.empty()) {
    const auto system =
        one.system.empty() ? texts.of("unrecognised.code") : std::string{one.system};
    name = texts.of(ids.code, {{"system", system}, {"code", one.code}});
  } else {
    name = texts.of(one.is_referred ? ids.referred : ids.nothing);
  }
  return one.finding.reference.empty() ? name : name + " (" + one.finding.reference + ')';
}

void note_unrecognised(sdk::Gaps& gaps, const rules::Texts& texts, std::string_view key,
                       const UnrecognisedTexts& ids, std::span<const rules::Unrecognised> all) {
  constexpr std::size_t kMostNamed = 3;
  if (all.empty()) {
    return;
  }
  std::string names;
  for (const auto& one : all.first(std::min(kMostNamed, all.size()))) {
    names += (names.empty() ? "" : "; ") + name_of(one, texts, ids);
  }
  if (all.size() > kMostNamed) {
    names += "; " + texts.of("section.more", {{"count", std::to_string(all.size() - kMostNamed)}});
  }
  gaps.add(key, texts.of(ids.sentence, {{"names", names}}));
}

/// Conditions of which no code is read.
void note_unread(sdk::Gaps& gaps, const rules::UnreadConditions& unread,
                 const rules::Texts& texts) {
  constexpr std::size_t kLongest = 60;  // code points
  const auto note = [&](std::string_view id, std::size_t count, const std::string& sample) {
    if (count > 0) {
      const auto words = hooks::escape_markdown(sample, kLongest);
      const auto such = words.empty() ? words : texts.of("gap.unread-sample", {{"words", words}});
      gaps.add("conditions", texts.of(id, {{"count", std::to_string(count)}, {"sample", such}}));
    }
  };
  note("gap.unread-systems", unread.in_other_systems, unread.sample_in_other_systems);
  note("gap.unread-words", unread.without_code, unread.sample_without_code);
}

/// What of the record could not be looked at, or not be used.
sdk::Gaps gaps_of(const sdk::Request& request, const rules::Facts& facts,
                  const rules::Texts& texts) {
  sdk::Gaps gaps;
  if (facts.person.scope == rules::AgeScope::unknown) {
    gaps.keys.emplace_back("birthDate");
    gaps.sentences.push_back(texts.of("gap.birth-date"));
  }
  if (facts.person.is_replaced) {
    gaps.add("patient", texts.of("gap.replaced"));
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
  if (is_lost(request.key("statements"))) {
    gaps.note(request, "statements", "medication statements");
  }
  note_unused(gaps, facts);
  note_unrecognised(gaps, texts, "medications", kMedicineTexts, facts.medicines.unrecognised());
  note_unrecognised(gaps, texts, "allergies", kAllergyTexts, facts.allergies.unrecognised());
  note_unread(gaps, facts.findings.unread(), texts);
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
