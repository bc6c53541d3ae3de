#include "plugins/cards/not_seen_card.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "plugins/cards/wording.hpp"

namespace cdss::cards {
namespace {

/// Which of the keys was cut short, or is not there beside pain of the region; empty when none.
std::string_view unseen_key(const Assessment& assessed, const sdk::Request& request,
                            LooksFor looks_for) {
  for (const std::string_view key : {"conditions", "procedures"}) {
    if (key == "procedures" && looks_for != LooksFor::implant) {
      continue;
    }
    const auto state = request.key(key).state;
    if (state == sdk::KeyState::truncated ||
        (state == sdk::KeyState::unavailable && !assessed.red_flags.pain.empty())) {
      return key;
    }
  }
  return {};
}

/// Conditions that were sent and not understood, as far as they may be of the region.
std::size_t unread_of_region(const Assessment& assessed) {
  const auto& findings = assessed.facts.findings;
  const auto& unread = findings.unread();
  const auto& rules = assessed.knowledge.definitions.conditions;
  const bool has_pain = !assessed.red_flags.pain.empty();
  const bool is_of_region =
      has_pain || std::ranges::any_of(unread.words, [&](const std::string& words) {
        return rules.names_region(words);
      });
  const auto count =
      unread.without_code + unread.in_other_systems + (has_pain ? findings.unreadable() : 0);
  return is_of_region ? count : 0;
}

}  // namespace

std::optional<hooks::Card> not_seen_card(const Assessment& assessed, const sdk::Request& request,
                                         std::string_view service, LooksFor looks_for) {
  const auto& person = assessed.facts.person;
  if (person.is_deceased || person.scope != rules::AgeScope::adult) {
    return std::nullopt;
  }
  const auto& texts = assessed.texts();
  const auto key = unseen_key(assessed, request, looks_for);
  const auto unread = looks_for == LooksFor::pain ? unread_of_region(assessed) : 0;
  std::string summary;
  if (!key.empty()) {
    summary = texts.of("not-seen.summary", {{"what", key}});
  } else if (unread > 0) {
    summary = texts.of("not-seen.summary.unread", {{"count", std::to_string(unread)}});
  } else {
    return std::nullopt;
  }
  auto card = new_card(texts, service, "not-seen-" + std::string{service});
  card.summary = std::move(summary);
  card.indicator = hooks::Indicator::info;
  card.detail = texts.of("not-seen.detail") + '\n';
  add_end(card.detail, texts, assessed.gaps);
  return card;
}

}  // namespace cdss::cards
