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

  std::string weeks(const rules::KnownWeeks& known) const {
    const auto least = std::to_string(static_cast<int>(std::floor(known.least)));
    const auto most = std::to_string(static_cast<int>(std::floor(known.most)));
    const auto where = rules::text_of(known.finding);
    const auto* id = least != most  ? "step.weeks.between"
                     : least == "1" ? "step.week"
                                    : "step.weeks";
    return texts.of(id, {{"least", least}, {"most", most}}) +
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
      lines += "- " +
               texts.of("step.why.pain",
                        {{"score", pain->words}, {"where", rules::text_of(pain->finding)}}) +
               '\n';
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
    const auto& reading = with.reading;
    if (standing.step == Step::L3 && reading.safety.avoids(Treatment::injection)) {
      lines += "- " + texts.of("step.wait") + '\n';
    }
    for (const auto& action : row.special) {
      if (rules::holds(action.when, reading.facts, reading.safety)) {
        lines += "- " + action.text + '\n';
      }
    }
    for (const auto& action : row.actions) {
      lines += "- " + action + '\n';
    }
    const auto* overhang = reading.facts.items.find("cup_overhang_mm");
    if (standing.step == Step::L4 && overhang != nullptr) {
      const auto mm = std::to_string(static_cast<int>(std::floor(overhang->least)));
      lines +=
          "- " +
          texts.of("step.overhang", {{"mm", mm}, {"where", rules::text_of(overhang->finding)}}) +
          '\n';
    }
    return lines;
  }

  /// What holds the next step back, and what is to be known or done to move on.
  std::string next_step() const {
    std::string lines;
    for (const auto& id : standing.blocked_by) {
      if (const auto* row = safety_row(id)) {
        lines += "- " +
                 texts.of("step.blocked", {{"blocked", rules::to_string(standing.blocked)},
                                           {"id", id},
                                           {"why", row->text},
                                           {"advice", row->advice}}) +
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

  /// Does the rule bear on the step: what is to be avoided always, a caution where its treatment
  /// is near; what blocks the next step is told there.
  bool bears(const rules::SafetyFinding& found) const {
    if (std::ranges::find(standing.blocked_by, found.row->id) != standing.blocked_by.end()) {
      return false;
    }
    if (found.effect == Effect::avoid || with.reading.red_flags.any()) {
      return found.effect == Effect::avoid;
    }
    const bool is_injection = found.row->treatment == Treatment::injection;
    if (!is_injection && with.reading.safety.avoids(found.row->treatment)) {
      return false;  // what is to be avoided needs no advice on how to take it
    }
    const bool is_upper = standing.step == Step::L3 || standing.step == Step::L4;
    return is_injection ? is_upper || !standing.blocked_by.empty() : standing.step == Step::L2;
  }

  std::string safety() const {
    std::string lines;
    for (const auto& found : with.reading.safety.found) {
      if (!bears(found)) {
        continue;
      }
      lines += "- " +
               texts.of(with.reading.red_flags.any()    ? "step.safety.avoid.brief"
                        : found.effect == Effect::avoid ? "step.safety.avoid"
                                                        : "step.safety.caution",
                        {{"id", found.row->id},
                         {"what", texts.of(treatment(found.row->treatment))},
                         {"reasons", clinical::list_of(texts, found.reasons, 2)},
                         {"advice", found.advice()}}) +
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
    const auto& facts = with.reading.facts;
    const bool is_hip_known = facts.record.procedures.is_known && facts.hip.unreadable == 0;
    if (!facts.hip.is_any() && !is_hip_known && !facts.items.is_present("surgeon_cleared")) {
      return "- " + texts.of("step.exercises.unknown") + '\n';
    }
    if (with.reading.facts.hip.is_any() &&
        !with.reading.facts.items.is_present("surgeon_cleared")) {
      return "- " + texts.of("step.exercises.not-cleared") + '\n';
    }
    if (!rules::pregnancy_of(with.reading.facts).empty()) {
      return "- " + texts.of("step.exercises.pregnant") + '\n';
    }
    constexpr std::size_t kMostExercises = 6;  // the rest is on the service's page
    std::string all;
    const auto shown = std::min(kMostExercises, with.exercises.size());
    for (std::size_t i = 0; i < shown; ++i) {
      all += (all.empty() ? "" : "; ") + with.exercises[i];
    }
    const auto more = std::to_string(with.exercises.size() - shown);
    return "- " + texts.of("step.exercises", {{"names", all}, {"count", more}}) + "\n- " +
           texts.of(with.reading.facts.hip.is_any() ? "step.exercises.precaution.replaced"
                                                    : "step.exercises.precaution") +
           '\n';
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
