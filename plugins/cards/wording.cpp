#include "plugins/cards/wording.hpp"

#include <algorithm>
#include <utility>

namespace cdss::cards {
namespace {

/// Override reasons of our code system, by the ids of their texts: "psoas.override.error" is the
/// code "psoas-override-error".
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

}  // namespace

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

std::string bullet(std::string_view text) {
  return std::string{"- "}.append(text).append("\n");
}

hooks::Card new_card(const rules::Texts& texts, std::string_view service, std::string kind,
                     std::span<const std::string_view> overrides) {
  hooks::Card card;
  card.source.label = "Psoas CDS, " + std::string{service};
  card.override_reasons = override_reasons(texts, overrides);
  card.card_kind = std::move(kind);
  return card;
}

void add_missing(std::vector<std::string>& missing, std::string_view name) {
  if (std::ranges::find(missing, name) == missing.end()) {
    missing.emplace_back(name);
  }
}

void add_end(std::string& detail, const rules::Texts& texts, const sdk::Gaps& gaps) {
  std::string lines;
  for (const auto& sentence : gaps.sentences) {
    lines += bullet(sentence);
  }
  add_section(detail, texts.of("section.not-known"), lines);
  detail += '\n' + texts.of("footer.not-validated");
}

}  // namespace cdss::cards
