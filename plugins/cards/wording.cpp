#include "plugins/cards/wording.hpp"

#include <algorithm>

namespace cdss::cards {

std::string list_of(const rules::Texts& texts, const rules::Reasons& reasons, std::size_t most) {
  std::vector<std::string> all;
  for (const auto& reason : reasons) {
    std::string text = rules::text_of(reason);
    if (std::ranges::find(all, text) == all.end()) {
      all.push_back(std::move(text));
    }
  }
  std::string list;
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) {
    list += (i == 0 ? "" : "; ") + all[i];
  }
  if (all.size() > most) {
    list += "; " + texts.of("section.more", {{"count", std::to_string(all.size() - most)}});
  }
  return list;
}

void add_section(std::string& detail, const std::string& title, const std::string& lines) {
  if (!lines.empty()) {
    detail += "\n**" + title + "**\n\n" + lines;
  }
}

hooks::Source source_of(std::string_view service) {
  return {.label = "Psoas CDS, " + std::string{service}, .url = {}, .icon = {}, .topic = {}};
}

std::vector<hooks::Coding> override_reasons(const rules::Texts& texts,
                                            std::span<const std::string_view> ids) {
  constexpr const char* kSystem = "https://psoas-cds.github.io/fhir/CodeSystem/override-reason";
  std::vector<hooks::Coding> reasons;
  for (const auto id : ids) {
    std::string code{id};
    std::ranges::replace(code, '.', '-');
    reasons.push_back({.system = kSystem, .code = std::move(code), .display = texts.of(id)});
  }
  return reasons;
}

sdk::Gaps gaps_of(const sdk::Request& request, const rules::Facts& facts) {
  sdk::Gaps gaps;
  if (facts.person.scope == rules::AgeScope::unknown) {
    gaps.keys.emplace_back("birthDate");
    gaps.sentences.push_back(facts.knowledge.texts.of("gap.birth-date"));
  }
  gaps.note(request, "conditions", "conditions");
  gaps.note(request, "procedures", "procedures");
  gaps.note(request, "results", "laboratory results and vital signs");
  gaps.note(request, "examination", "examination findings");
  gaps.note(request, "questionnaire", "examination forms");
  gaps.note(request, "medications", "medications");
  gaps.note(request, "allergies", "allergies");
  if (facts.record.statements.value) {  // no gap when it was not sent, but one when it is cut
    gaps.note(request, "statements", "medication statements");
  }
  const auto unused = [&](std::string_view key, std::size_t count, std::string_view words,
                          std::string_view why) { gaps.note_unused(key, count, words, why); };
  constexpr std::string_view kUnreadable = "could not be read";
  unused("conditions", facts.findings.unreadable(), "conditions", kUnreadable);
  unused("procedures", facts.hip.unreadable, "procedures", kUnreadable);
  unused("results", facts.results.unreadable(), "results", kUnreadable);
  unused("medications", facts.medicines.refused(), "medications", kUnreadable);
  unused("medications", facts.medicines.unreadable().size(), "active medications",
         "could not be recognised: neither a known code nor a readable name");
  unused("medications", facts.medicines.unclear(), "medications",
         "could not be told to be taken or not: status unknown, missing or unreadable");
  unused("allergies", facts.allergies.refused(), "allergies", kUnreadable);
  const auto& items = facts.items.unused();
  unused("examination", items.too_old, "examination answers", "could not be used: too old");
  unused("examination", items.in_future, "examination answers",
         "could not be used: dated in the future");
  unused("examination", items.without_day, "examination answers",
         "could not be used: without a day");
  unused("examination", items.unreadable, "examination answers",
         "could not be used: unreadable, or not a value of the item");
  for (const auto id : facts.results.not_interpretable()) {
    const auto found = std::ranges::find(facts.knowledge.results, id, &rules::ResultDefinition::id);
    gaps.keys.emplace_back(id);
    gaps.sentences.push_back(
        facts.knowledge.texts.of("gap.not-interpretable", {{"result", found->text}}));
  }
  return gaps;
}

void add_missing(std::vector<std::string>& missing, std::string_view name) {
  if (std::ranges::find(missing, name) == missing.end()) {
    missing.emplace_back(name);
  }
}

void add_end(std::string& detail, const rules::Texts& texts, const std::string& not_known,
             const sdk::Gaps& gaps) {
  std::string lines = not_known;
  for (const auto& sentence : gaps.sentences) {
    lines += "- " + sentence + '\n';
  }
  add_section(detail, texts.of("section.not-known"), lines);
  detail += '\n' + texts.of("footer.not-validated");
}

}  // namespace cdss::cards
