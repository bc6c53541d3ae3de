#include "plugins/cards/prompts.hpp"

#include <algorithm>
#include <vector>

#include "core/base/text/ascii.hpp"
#include "core/hooks/card/markdown.hpp"
#include "plugins/cards/imaging_advice.hpp"
#include "plugins/cards/wording.hpp"

namespace cdss::cards {
namespace {

/// At most that many code points, cut after a whole word.
std::string cut_after_word(std::string text, std::size_t most) {
  while (hooks::count_code_points(text) > most) {
    const auto space = text.find_last_of(' ');
    if (space == std::string::npos) {
      break;
    }
    text.erase(space);
    text.erase(text.find_last_not_of(" ,;:(") + 1);
  }
  return text;
}

std::string capital(std::string text) {
  if (!text.empty()) {
    text[0] = upper(text[0]);
  }
  return text;
}

/// One line of the section.
std::string line_of(const Assessment& assessed, const rules::Prompt& prompt) {
  const auto& texts = assessed.texts();
  const auto& row = *prompt.row;
  std::string text = texts.of("prompt.line", {{"short", capital(row.brief)},
                                              {"settle", row.settle},
                                              {"reasons", list_of(texts, prompt.reasons)}});
  if (const auto imaging = imaging_of(assessed, row); !imaging.empty()) {
    text += ' ' + capital(imaging) + '.';
  }
  return bullet(text);
}

/// An ESR that is not compared with a limit, since its method is another.
rules::Reasons esr_by_another_method(const rules::Facts& facts) {
  const auto* value = facts.results.find("esr_other_method");
  return value == nullptr ? rules::Reasons{} : rules::Reasons{rules::reason_of(*value)};
}

}  // namespace

std::string prompt_summary(const Assessment& assessed, std::string_view text_id) {
  const auto& row = *assessed.prompts.fired.front().row;
  const auto full =
      assessed.texts().of(text_id, {{"short", row.brief}, {"settle", capital(row.settle)}});
  return cut_after_word(full, kSummaryBelow - 1);
}

void add_prompts(std::string& detail, const Assessment& assessed) {
  const auto& texts = assessed.texts();
  if (!assessed.prompts.any()) {
    return;
  }
  if (assessed.red_flags.any()) {
    std::string all;
    for (const auto& prompt : assessed.prompts.fired) {
      all += (all.empty() ? "" : "; ") + prompt.row->brief + " (" + prompt.row->settle + ')';
    }
    detail += '\n' + texts.of("prompt.beside", {{"all", all}}) + '\n';
    return;
  }
  std::string lines;
  for (const auto& prompt : assessed.prompts.fired) {
    lines += line_of(assessed, prompt);
  }
  add_section(detail, texts.of("section.prompts"), lines);
}

void add_reminders(std::string& detail, const Assessment& assessed) {
  const auto& texts = assessed.texts();
  const auto& facts = assessed.facts;
  const auto& flags = assessed.red_flags;
  const auto& prompts = assessed.prompts;
  const auto& named = facts.definitions.named;
  std::string lines;
  const auto add = [&](bool is_said, std::string_view id, const rules::Reasons& reasons) {
    if (!is_said && !reasons.empty()) {
      lines += bullet(texts.of(id, {{"reasons", list_of(texts, reasons)}}));
    }
  };
  const bool has_pain = !flags.pain.empty();
  add(!has_pain || flags.has("RF03") || prompts.has("MM03"), "reminder.anticoagulant",
      rules::anticoagulants_of(facts, facts.medicines));
  add(flags.any() || prompts.has("MM04") || prompts.has("MM06") || prompts.has("MM07"),
      "reminder.weight-bearing-pain", facts.present("weight_bearing_pain_constant"));
  add(!has_pain, "reminder.pregnancy", flags.pregnancy);
  add(false, "reminder.radicular-sign", facts.present("straight_leg_raise_radicular"));
  add(flags.has("RF10") || prompts.has("MM10"), "reminder.aneurysm",
      rules::any_of(
          {facts.coded("aneurysm of the abdominal aorta", named.abdominal_aortic_aneurysm),
           facts.coded("aneurysm of an iliac artery", named.iliac_artery_aneurysm)}));
  add(false, "reminder.osteonecrosis", flags.known_osteonecrosis);
  add(false, "reminder.esr-method", esr_by_another_method(facts));
  add_section(detail, texts.of("section.ask"), lines);
}

void write_prompts(json::Object& out, const rules::Prompts& prompts) {
  std::vector<std::string_view> ids;
  for (const auto& prompt : prompts.fired) {
    ids.push_back(prompt.row->id);
  }
  std::ranges::sort(ids);
  out.strings("prompts", ids);
}

}  // namespace cdss::cards
