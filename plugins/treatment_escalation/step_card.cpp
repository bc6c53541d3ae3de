#include "plugins/treatment_escalation/step_card.hpp"

#include <string_view>

#include "core/base/text/ascii.hpp"
#include "core/hooks/card/markdown.hpp"
#include "plugins/cards/prompts.hpp"
#include "plugins/cards/red_flag_card.hpp"
#include "plugins/cards/wording.hpp"
#include "plugins/rules/terminology/reading.hpp"
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
  const rules::Texts& texts = with.assessment.texts();
  const rules::StepDecision& step_decision = with.assessment.step_decision;

  std::string step_name() const { return std::string{rules::to_string(step_decision.step)}; }

  const rules::SafetyRow* safety_row(std::string_view id) const {
    return with.assessment.knowledge.safety.find(id);
  }

  std::string summary() const {
    if (with.assessment.prompts.any()) {
      return cards::prompt_summary(with.assessment, "step.summary.prompt");
    }
    const auto band = rules::to_string(with.assessment.likelihood.band);
    if (!step_decision.blocked_by.empty()) {
      const std::string step = step_name().substr(1);
      const auto what = texts.of(step_decision.blocked == Step::L4 ? "step.blocked.opinion"
                                                                   : "step.blocked.injection");
      const auto* row = safety_row(step_decision.blocked_by.front());
      std::string blocked = texts.of("step.summary.blocked",
                                     {{"band", band},
                                      {"what", what},
                                      {"why", row == nullptr ? std::string{} : lower(row->text)},
                                      {"step", step}});
      return hooks::count_code_points(blocked) < cards::kSummaryBelow
                 ? blocked
                 : texts.of("step.summary.blocked.brief", {{"band", band},
                                                           {"what", what},
                                                           {"id", step_decision.blocked_by.front()},
                                                           {"step", step}});
    }
    std::string id = "step.summary." + step_name();
    const auto& safety = with.assessment.safety;
    if (step_decision.step == Step::L2) {
      id = analgesic_summary(safety);
    } else if (step_decision.step == Step::L3 && safety.withholds(Treatment::injection)) {
      id = "step.summary.L3.wait";
    } else if (step_decision.step == Step::L1 && with.assessment.facts.hip.is_any()) {
      id += ".replaced";
    }
    return texts.of(id, {{"band", band}});
  }

  static std::string_view analgesic_summary(const rules::Safety& safety) {
    const bool no_acetaminophen = safety.withholds(Treatment::acetaminophen);
    if (safety.withholds(Treatment::nsaid)) {
      return no_acetaminophen ? "step.summary.L2.none" : "step.summary.L2.no-nsaid";
    }
    return no_acetaminophen ? "step.summary.L2.no-acetaminophen" : "step.summary.L2";
  }

  /// With a small first letter, unless it is an abbreviation.
  static std::string lower(std::string text) {
    if (text.size() > 1 && is_lower(text[1])) {
      text[0] = cdss::lower(text[0]);
    }
    return text;
  }

  std::string detail() const {
    const auto& row = with.assessment.knowledge.ladder.row(step_decision.step);
    std::string detail =
        "**" + texts.of("step.title", {{"id", step_name()}, {"title", row.title}}) + "**\n";
    const StepSections sections{with};
    if (with.assessment.prompts.any()) {
      return settle_first(sections);
    }
    const auto add = [&](std::string_view title, const std::string& lines) {
      cards::add_section(detail, texts.of(title), lines);
    };
    add("step.section.why", sections.why());
    add("step.section.do", sections.actions());
    add("step.section.reassess", cards::bullet(row.reassess) + cards::bullet(row.stop));
    add("step.section.next", sections.next_step());
    add("step.section.safety", sections.safety() + sections.medicines());
    add("step.section.exercises", sections.exercises());
    cards::add_reminders(detail, with.assessment);
    cards::add_end(detail, texts, with.assessment.gaps);
    return detail;
  }

  /// While a prompt stands: what is to be settled, and why this was asked at all.
  std::string settle_first(const StepSections& sections) const {
    std::string detail = "**" + texts.of("step.title.settle") + "**\n\n";
    detail += texts.of("step.settle") + '\n';
    cards::add_prompts(detail, with.assessment);
    cards::add_section(detail, texts.of("step.section.why"), sections.why());
    cards::add_section(detail, texts.of("step.section.safety"), sections.safety());
    cards::add_reminders(detail, with.assessment);
    cards::add_end(detail, texts, with.assessment.gaps);
    return detail;
  }
};

void add_suggestions(hooks::Card& card, const StepWriting& with) {
  OrderContext context = with.context;
  add_reasons(context, with.assessment);
  for (const auto id : orders_of_step(with.assessment, with.suggest_medicines)) {
    if (const rules::Order* order = with.orders.find(id)) {
      card.suggestions.push_back(suggestion(*order, context));
    }
  }
  card.selection_behavior = hooks::SelectionBehavior::any;
}

}  // namespace

Result<std::vector<std::string>> read_exercises(View file) {
  CDSS_TRY(const auto rows, rules::rows_at(file, "rows"));
  return rules::read_each(rows, [](View row) -> Result<std::string> {
    CDSS_TRY(const auto name, row.required_string("text"));
    return std::string{name};
  });
}

std::optional<hooks::Card> step_card(const StepWriting& writing) {
  const auto& assessment = writing.assessment;
  const auto& texts = assessment.texts();
  hooks::Card card;
  if (assessment.red_flags.any()) {
    if (!cards::may_show(assessment)) {
      return std::nullopt;
    }
    card = cards::red_flag_card(assessment, TreatmentEscalation::kId);
    cards::add_section(card.detail, texts.of("step.section.safety"),
                       StepSections{writing}.safety());
    cards::add_end(card.detail, texts, assessment.gaps);
  } else {
    const Band band = assessment.likelihood.band;
    if (band != Band::possible && band != Band::likely && !assessment.prompts.has_always()) {
      return std::nullopt;
    }
    const Writer writer{writing};
    card = cards::new_card(texts, TreatmentEscalation::kId, "treatment-step-" + writer.step_name(),
                           kOverrides);
    card.summary = writer.summary();
    if (assessment.prompts.any()) {
      card.indicator = hooks::Indicator::warning;
    }
    card.detail = writer.detail();
  }
  add_suggestions(card, writing);
  return card;
}

}  // namespace cdss::treatment_escalation
