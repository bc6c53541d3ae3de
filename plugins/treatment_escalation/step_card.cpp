#include "plugins/treatment_escalation/step_card.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "core/hooks/markdown.hpp"
#include "plugins/clinical/red_flag_card.hpp"
#include "plugins/clinical/wording.hpp"
#include "plugins/treatment_escalation/step_orders.hpp"
#include "plugins/treatment_escalation/treatment_escalation.hpp"

namespace cdss::treatment_escalation {
namespace {

using rules::Band;
using rules::Effect;
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

  /// "step 3 is blocked: hip replacement planned within 3 months".
  std::string blocked_brief() const {
    if (standing.blocked_by.empty()) {
      return {};
    }
    const auto* row = safety_row(standing.blocked_by.front());
    return texts.of("step.blocked.brief",
                    {{"why", row == nullptr ? standing.blocked_by.front() : row->text}});
  }

  std::string summary() const {
    constexpr std::size_t kSummaryBelow = 140;  // CDS Hooks conformance row CARD-02
    std::string id = "step.summary." + step_name();
    if (standing.step == Step::L2) {
      const auto& safety = with.reading.safety;
      if (safety.avoids(Treatment::nsaid)) {
        id += safety.avoids(Treatment::acetaminophen) ? ".none" : ".no-nsaid";
      }
    }
    std::string text = texts.of(id, {{"band", rules::to_string(with.reading.likelihood.band)}});
    const std::string blocked = blocked_brief();
    if (!blocked.empty() && hooks::count_code_points(text + blocked) < kSummaryBelow) {
      text += blocked;
    }
    return text;
  }

  std::string weeks(const rules::KnownWeeks& known) const {
    const auto least = std::to_string(static_cast<int>(std::floor(known.least)));
    const auto most = std::to_string(static_cast<int>(std::floor(known.most)));
    const auto where = rules::text_of(known.finding);
    return texts.of(least == most ? "step.weeks" : "step.weeks.between",
                    {{"least", least}, {"most", most}}) +
           (where.empty() ? "" : " (" + where + ')');
  }

  /// Why this step: the band, the pain, how long, what was tried.
  std::string why() const {
    const auto& reading = with.reading;
    std::string lines =
        "- " +
        texts.of("step.why.band", {{"band", rules::to_string(reading.likelihood.band)},
                                   {"score", reading.likelihood.score.text()}}) +
        '\n';
    if (const auto* pain = reading.facts.results.find("pain_score_nrs")) {
      lines += "- " + rules::text_of(rules::reason_of(*pain)) + '\n';
    }
    if (standing.duration) {
      lines += "- " + texts.of("step.why.duration", {{"weeks", weeks(*standing.duration)}}) + '\n';
    }
    if (standing.therapy) {
      lines += "- " + texts.of("step.why.therapy", {{"weeks", weeks(*standing.therapy)}}) + '\n';
    }
    if (const auto* injection = reading.facts.items.find("diagnostic_injection")) {
      lines += "- " +
               texts.of(injection->is_present ? "step.why.relief" : "step.why.no-relief",
                        {{"where", rules::text_of(injection->finding)}}) +
               '\n';
    }
    return lines;
  }

  std::string actions(const rules::StepRow& row) const {
    std::string lines;
    for (const auto& action : row.actions) {
      lines += "- " + action + '\n';
    }
    return lines;
  }

  /// What holds the next step back, and what is to be known or done to move on.
  std::string next_step() const {
    std::string lines;
    for (const auto& id : standing.blocked_by) {
      if (const auto* row = safety_row(id)) {
        lines +=
            "- " +
            texts.of("step.blocked", {{"id", id}, {"why", row->text}, {"advice", row->advice}}) +
            '\n';
      }
    }
    const auto add = [&](const std::vector<std::string>& ids, std::string_view text) {
      std::string all;
      for (const auto& id : ids) {
        all += (all.empty() ? "" : "; ") + texts.of("step.need." + id);
      }
      if (!all.empty()) {
        lines += "- " + texts.of(text, {{"what", all}}) + '\n';
      }
    };
    add(standing.unmet, "step.unmet");
    add(standing.needed, "step.needed");
    return lines;
  }

  /// The safety rules that hold; of an injection only where it is near.
  std::string safety() const {
    std::string lines;
    for (const auto& found : with.reading.safety.found) {
      lines += "- " +
               texts.of(found.effect == Effect::avoid ? "step.safety.avoid" : "step.safety.caution",
                        {{"id", found.row->id},
                         {"what", texts.of(treatment(found.row->treatment))},
                         {"why", found.row->text},
                         {"reasons", clinical::list_of(texts, found.reasons, 2)},
                         {"advice", found.row->advice}}) +
               '\n';
    }
    return lines;
  }

  static std::string_view treatment(Treatment treatment) {
    switch (treatment) {
      case Treatment::nsaid:
        return "step.treatment.nsaid";
      case Treatment::acetaminophen:
        return "step.treatment.acetaminophen";
      case Treatment::injection:
        return "step.treatment.injection";
    }
    return {};
  }

  /// Why a medicine that would fit is not suggested, and what has to be asked in any case.
  std::string medicines() const {
    if (standing.step != Step::L2) {
      return {};
    }
    const auto& safety = with.reading.safety;
    std::string lines;
    const auto add = [&](Treatment one, const std::vector<std::string_view>& unknown) {
      if (safety.avoids(one) || unknown.empty()) {
        return;
      }
      std::string all;
      for (const auto id : unknown) {
        all += (all.empty() ? "" : ", ") + texts.of("unknown." + std::string{id});
      }
      lines += "- " +
               texts.of("step.unknown", {{"what", texts.of(treatment(one))}, {"unknown", all}}) +
               '\n';
    };
    add(Treatment::nsaid, safety.unknown_for_nsaid);
    add(Treatment::acetaminophen, safety.unknown_for_acetaminophen);
    return lines + "- " + texts.of("step.cannot-check") + '\n';
  }

  /// For the therapist, and after a hip replacement only when the surgeon has cleared it.
  std::string exercises() const {
    const bool is_conservative = standing.step == Step::L1 || standing.step == Step::L2;
    if (!is_conservative || with.exercises.empty()) {
      return {};
    }
    if (with.reading.facts.hip.is_any() &&
        !with.reading.facts.items.is_present("surgeon_cleared")) {
      return "- " + texts.of("step.exercises.not-cleared") + '\n';
    }
    std::string all;
    for (const auto& name : with.exercises) {
      all += (all.empty() ? "" : "; ") + name;
    }
    return "- " + all + ".\n- " + texts.of("step.exercises.precaution") + '\n';
  }

  std::string detail() const {
    const auto& row = with.reading.facts.knowledge.ladder.row(standing.step);
    std::string detail =
        "**" + texts.of("step.title", {{"id", step_name()}, {"title", row.title}}) + "**\n";
    clinical::add_section(detail, texts.of("step.section.why"), why());
    clinical::add_section(detail, texts.of("step.section.do"), actions(row));
    clinical::add_section(detail, texts.of("step.section.reassess"),
                          "- " + row.reassess + "\n- " + row.stop + '\n');
    clinical::add_section(detail, texts.of("step.section.next"), next_step());
    clinical::add_section(detail, texts.of("step.section.safety"), safety() + medicines());
    clinical::add_section(detail, texts.of("step.section.exercises"), exercises());
    clinical::add_prompts(detail, texts, with.reading.red_flags);
    clinical::add_end(detail, texts, {}, with.gaps);
    return detail;
  }
};

void add_suggestions(hooks::Card& card, const StepWriting& with) {
  OrderContext context = with.context;
  add_reasons(context, with.reading);
  context.is_urgent = with.reading.standing.step == Step::L0;
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
  CDSS_TRY(const auto rows, file.at("rows"));
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
    const Writer writer{writing};
    clinical::add_section(card.detail, texts.of("step.section.safety"), writer.safety());
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
