#include "plugins/treatment_escalation/step_card.hpp"

#include <string_view>

#include "core/hooks/card/markdown.hpp"
#include "plugins/cards/red_flag_card.hpp"
#include "plugins/cards/wording.hpp"
#include "plugins/treatment_escalation/row_reading.hpp"
#include "plugins/treatment_escalation/step_orders.hpp"
#include "plugins/treatment_escalation/step_sections.hpp"
#include "plugins/treatment_escalation/treatment_escalation.hpp"

namespace cdss::treatment_escalation {
namespace {

using rules::Band;
using rules::Step;
using rules::Treatment;

constexpr std::string_view kOverrides[] = {"step.override.in-place", "step.override.other-plan",
                                           "step.override.patient", "step.override.error"};

/// Writes the card of a step that is no red flag's.
struct Writer {
  const StepWriting& with;
  const rules::Texts& texts = with.reading.facts.knowledge.texts;
  const rules::Standing& standing = with.reading.standing;

  std::string step_name() const { return std::string{rules::to_string(standing.step)}; }

  const rules::SafetyRow* safety_row(std::string_view id) const {
    return with.reading.facts.knowledge.safety.find(id);
  }

  std::string summary() const {
    constexpr std::size_t kSummaryBelow = 140;  // CDS Hooks conformance row CARD-02
    const auto band = rules::to_string(with.reading.likelihood.band);
    if (!standing.blocked_by.empty()) {
      const std::string step = step_name().substr(1);
      const auto what = texts.of(standing.blocked == Step::L4 ? "step.blocked.opinion"
                                                              : "step.blocked.injection");
      const auto* row = safety_row(standing.blocked_by.front());
      std::string blocked = texts.of("step.summary.blocked",
                                     {{"band", band},
                                      {"what", what},
                                      {"why", row == nullptr ? std::string{} : lower(row->text)},
                                      {"step", step}});
      return hooks::count_code_points(blocked) < kSummaryBelow
                 ? blocked
                 : texts.of("step.summary.blocked.brief", {{"band", band},
                                                           {"what", what},
                                                           {"id", standing.blocked_by.front()},
                                                           {"step", step}});
    }
    if (with.reading.red_flags.is_infection_open) {
      return texts.of("step.summary.infection-open",
                      {{"band", band}, {"step", step_name().substr(1)}});
    }
    std::string id = "step.summary." + step_name();
    const auto& safety = with.reading.safety;
    if (standing.step == Step::L2) {
      id = analgesic_summary(safety);
    } else if (standing.step == Step::L3 && safety.avoids(Treatment::injection)) {
      id = "step.summary.L3.wait";
    } else if (standing.step == Step::L1 && with.reading.facts.hip.is_any()) {
      id += ".replaced";
    }
    return texts.of(id, {{"band", band}});
  }

  static std::string_view analgesic_summary(const rules::Safety& safety) {
    const bool no_acetaminophen = safety.avoids(Treatment::acetaminophen);
    if (safety.avoids(Treatment::nsaid)) {
      return no_acetaminophen ? "step.summary.L2.none" : "step.summary.L2.no-nsaid";
    }
    return no_acetaminophen ? "step.summary.L2.no-acetaminophen" : "step.summary.L2";
  }

  /// With a small first letter, unless it is an abbreviation.
  static std::string lower(std::string text) {
    const bool is_word = text.size() > 1 && text[1] >= 'a' && text[1] <= 'z';
    if (is_word && text[0] >= 'A' && text[0] <= 'Z') {
      text[0] = static_cast<char>(text[0] - 'A' + 'a');
    }
    return text;
  }

  std::string detail() const {
    const auto& row = with.reading.facts.knowledge.ladder.row(standing.step);
    std::string detail =
        "**" + texts.of("step.title", {{"id", step_name()}, {"title", row.title}}) + "**\n";
    clinical::add_section(detail, texts.of("step.section.why"), why_of(with));
    clinical::add_section(detail, texts.of("step.section.do"), actions_of(with));
    clinical::add_section(detail, texts.of("step.section.reassess"),
                          "- " + row.reassess + "\n- " + row.stop + '\n');
    clinical::add_section(detail, texts.of("step.section.next"), next_step_of(with));
    clinical::add_section(detail, texts.of("step.section.safety"),
                          safety_of(with) + medicines_of(with));
    clinical::add_section(detail, texts.of("step.section.exercises"), exercises_of(with));
    clinical::add_prompts(detail, texts, with.reading.red_flags);
    clinical::add_end(detail, texts, {}, with.gaps);
    return detail;
  }
};

void add_suggestions(hooks::Card& card, const StepWriting& with) {
  OrderContext context = with.context;
  add_reasons(context, with.reading);
  for (const auto id : orders_of_step(with.reading, with.suggest_medicines)) {
    if (const Order* order = with.orders.find(id)) {
      card.suggestions.push_back(suggestion(*order, context));
    }
  }
  card.selection_behavior = hooks::SelectionBehavior::any;
}

}  // namespace

Result<std::vector<std::string>> read_exercises(View file) {
  std::vector<std::string> names;
  CDSS_TRY(const auto rows, read_rows(file, "rows"));
  for (const View row : rows.elements()) {
    CDSS_TRY(const auto name, row.required_string("text"));
    names.emplace_back(name);
  }
  return names;
}

std::optional<hooks::Card> step_card(const StepWriting& writing) {
  const auto& reading = writing.reading;
  const auto& texts = reading.facts.knowledge.texts;
  hooks::Card card;
  if (reading.red_flags.any()) {
    if (!clinical::may_show(reading.red_flags, reading.facts.hip)) {
      return std::nullopt;
    }
    card = clinical::red_flag_card(reading.facts, reading.red_flags, TreatmentEscalation::kId);
    clinical::add_section(card.detail, texts.of("step.section.safety"), safety_of(writing));
    clinical::add_end(card.detail, texts, {}, writing.gaps);
  } else {
    const Band band = reading.likelihood.band;
    if (band != Band::possible && band != Band::likely) {
      return std::nullopt;
    }
    const Writer writer{writing};
    card.summary = writer.summary();
    card.detail = writer.detail();
    card.source = clinical::source_of(TreatmentEscalation::kId);
    card.override_reasons = clinical::override_reasons(texts, kOverrides);
    card.card_kind = "treatment-step-" + writer.step_name();
  }
  add_suggestions(card, writing);
  return card;
}

}  // namespace cdss::treatment_escalation
