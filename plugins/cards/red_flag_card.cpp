#include "plugins/cards/red_flag_card.hpp"

#include <algorithm>
#include <vector>

#include "core/hooks/card/markdown.hpp"
#include "plugins/cards/imaging_advice.hpp"
#include "plugins/cards/prompts.hpp"
#include "plugins/cards/wording.hpp"

namespace cdss::cards {
namespace {

/// Below 140 characters.
std::string red_flag_summary(const rules::Texts& texts, const rules::RedFlags& flags) {
  const auto& fired = flags.fired;
  const std::string& first = fired.front().row->brief;
  if (fired.size() == 1) {
    return texts.of(fired.front().is_coded ? "red-flag.summary.coded" : "red-flag.summary.one",
                    {{"first", first}});
  }
  if (fired.size() == 2) {
    std::string both =
        texts.of("red-flag.summary.two", {{"first", first}, {"second", fired[1].row->brief}});
    if (hooks::count_code_points(both) < kSummaryBelow) {
      return both;
    }
  }
  return texts.of("red-flag.summary.more",
                  {{"first", first}, {"count", std::to_string(fired.size() - 1)}});
}

void add_red_flags(std::string& detail, const Assessment& assessed) {
  constexpr std::size_t kMostReasons = 8;  // what decides is to be seen, not "and 3 more"
  const auto& texts = assessed.texts();
  for (const auto& flag : assessed.red_flags.fired) {
    const auto reasons = list_of(texts, flag.reasons, kMostReasons);
    detail += "**" + texts.of("red-flag.title", {{"text", flag.row->text}, {"id", flag.row->id}}) +
              "**\n\n" +
              bullet(texts.of("red-flag.action", {{"action", action_of(assessed, flag)}})) +
              bullet(texts.of("red-flag.because", {{"reasons", reasons}})) + '\n';
  }
  detail += texts.of("red-flag.suspended") + '\n';
  if (assessed.facts.person.scope == rules::AgeScope::minor) {
    detail += '\n' + texts.of("red-flag.paediatric") + '\n';
  }
}

}  // namespace

bool may_show(const Assessment& assessed) {
  const auto& flags = assessed.red_flags;
  const bool has_spine_pain = !assessed.facts.pains.in(rules::pain::kSpine).empty();
  const bool is_ruptured = std::ranges::any_of(flags.fired, [](const rules::RedFlag& flag) {
    return flag.row->id == "RF10" && flag.is_coded;
  });
  return flags.any() && (!flags.pain.empty() || assessed.facts.hip.is_any() ||
                         (flags.has("RF06") && has_spine_pain) || flags.has("RF09") ||
                         flags.has("RF17") || is_ruptured);
}

hooks::Indicator indicator_of(const rules::RedFlags& flags) {
  const bool is_emergency = std::ranges::any_of(flags.fired, [](const rules::RedFlag& flag) {
    return flag.row->urgency == rules::Urgency::emergency;
  });
  return is_emergency ? hooks::Indicator::critical : hooks::Indicator::warning;
}

hooks::Card red_flag_card(const Assessment& assessed, std::string_view service) {
  constexpr std::string_view kOverrides[] = {"red-flag.override.cleared", "red-flag.override.known",
                                             "red-flag.override.error"};
  const auto& texts = assessed.texts();
  const auto& flags = assessed.red_flags;
  auto card = new_card(texts, service, "red-flag-" + std::string{service}, kOverrides);
  card.summary = red_flag_summary(texts, flags);
  card.indicator = indicator_of(flags);
  add_red_flags(card.detail, assessed);
  add_prompts(card.detail, assessed);
  add_reminders(card.detail, assessed);
  return card;
}

void write_red_flags(json::Object& out, const rules::RedFlags& flags) {
  std::vector<std::string_view> ids;
  for (const auto& flag : flags.fired) {
    ids.push_back(flag.row->id);
  }
  std::ranges::sort(ids);
  out.strings("redFlags", ids);
}

}  // namespace cdss::cards
