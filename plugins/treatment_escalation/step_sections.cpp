#include "plugins/treatment_escalation/step_sections.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string_view>

#include "plugins/cards/wording.hpp"
#include "plugins/treatment_escalation/step_orders.hpp"

namespace cdss::treatment_escalation {
namespace {

using rules::Effect;
using rules::Step;
using rules::Treatment;

/// Writes the sections of a step.
struct Writer {
  const StepWriting& with;
  const rules::Texts& texts = with.assessment.facts.knowledge.texts;
  const rules::StepDecision& step_decision = with.assessment.step_decision;

  std::string weeks(const rules::WeeksEstimate& known) const {
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
    const auto& assessment = with.assessment;
    std::string lines =
        "- " +
        texts.of("step.why.band", {{"band", rules::to_string(assessment.likelihood.band)},
                                   {"score", assessment.likelihood.score.text()}}) +
        '\n';
    if (const auto* pain = assessment.facts.results.find("pain_score_nrs")) {
      lines += "- " +
               texts.of("step.why.pain",
                        {{"score", pain->words}, {"where", rules::text_of(pain->finding)}}) +
               '\n';
    }
    if (is_pain_on_other_side(with.assessment)) {
      lines += "- " + texts.of("step.why.other-side") + '\n';
    }
    if (step_decision.duration) {
      lines +=
          "- " + texts.of("step.why.duration", {{"weeks", weeks(*step_decision.duration)}}) + '\n';
    }
    if (step_decision.therapy) {
      lines +=
          "- " + texts.of("step.why.therapy", {{"weeks", weeks(*step_decision.therapy)}}) + '\n';
    }
    if (const auto* injection = assessment.facts.items.find("diagnostic_injection")) {
      lines += "- " +
               texts.of(injection->is_present ? "step.why.relief" : "step.why.no-relief",
                        {{"where", rules::text_of(injection->finding)}}) +
               '\n';
    }
    return lines;
  }

  std::string actions(const rules::StepRow& row) const {
    std::string lines;
    const auto& assessment = with.assessment;
    if (step_decision.step == Step::L3 && assessment.safety.avoids(Treatment::injection)) {
      lines += "- " + texts.of("step.wait") + '\n';
    }
    for (const auto& action : row.special) {
      if (rules::holds(action.when, assessment.facts, assessment.safety)) {
        lines += "- " + action.text + '\n';
      }
    }
    for (const auto& action : row.actions) {
      lines += "- " + action + '\n';
    }
    const auto* overhang = assessment.facts.items.find("cup_overhang_mm");
    if (step_decision.step == Step::L4 && overhang != nullptr) {
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
    for (const auto& id : step_decision.blocked_by) {
      if (const auto* row = with.assessment.facts.knowledge.safety.find(id)) {
        lines += "- " +
                 texts.of("step.blocked", {{"blocked", rules::to_string(step_decision.blocked)},
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
    add(step_decision.unmet, "step.unmet");
    add(step_decision.needed, "step.needed");
    return lines;
  }

  /// Does the rule bear on the step: what is to be avoided always, a caution where its treatment
  /// is near; what blocks the next step is told there.
  bool bears(const rules::SafetyFinding& found) const {
    if (std::ranges::find(step_decision.blocked_by, found.row->id) !=
        step_decision.blocked_by.end()) {
      return false;
    }
    if (found.effect == Effect::avoid || with.assessment.red_flags.any()) {
      return found.effect == Effect::avoid;
    }
    const bool is_injection = found.row->treatment == Treatment::injection;
    if (!is_injection && with.assessment.safety.avoids(found.row->treatment)) {
      return false;  // what is to be avoided needs no advice on how to take it
    }
    const bool is_upper = step_decision.step == Step::L3 || step_decision.step == Step::L4;
    return is_injection ? is_upper || !step_decision.blocked_by.empty()
                        : step_decision.step == Step::L2;
  }

  std::string safety() const {
    std::string lines;
    for (const auto& found : with.assessment.safety.found) {
      if (!bears(found)) {
        continue;
      }
      lines += "- " +
               texts.of(with.assessment.red_flags.any() ? "step.safety.avoid.brief"
                        : found.effect == Effect::avoid ? "step.safety.avoid"
                                                        : "step.safety.caution",
                        {{"id", found.row->id},
                         {"what", texts.of(treatment(found.row->treatment))},
                         {"reasons", cards::list_of(texts, found.reasons, 2)},
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
    if (step_decision.step != Step::L2) {
      return {};
    }
    const auto& safety = with.assessment.safety;
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
    const bool is_conservative = step_decision.step == Step::L1 || step_decision.step == Step::L2;
    if (!is_conservative || with.exercises.empty()) {
      return {};
    }
    const auto& facts = with.assessment.facts;
    const bool is_hip_known = facts.record.procedures.is_known && facts.hip.unreadable == 0;
    if (!facts.hip.is_any() && !is_hip_known && !facts.items.is_present("surgeon_cleared")) {
      return "- " + texts.of("step.exercises.unknown") + '\n';
    }
    if (with.assessment.facts.hip.is_any() &&
        !with.assessment.facts.items.is_present("surgeon_cleared")) {
      return "- " + texts.of("step.exercises.not-cleared") + '\n';
    }
    if (!rules::pregnancy_of(with.assessment.facts).empty()) {
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
           texts.of(with.assessment.facts.hip.is_any() ? "step.exercises.precaution.replaced"
                                                       : "step.exercises.precaution") +
           '\n';
  }
};

}  // namespace

std::string why_of(const StepWriting& writing) {
  return Writer{writing}.why();
}

std::string actions_of(const StepWriting& writing) {
  const auto& assessment = writing.assessment;
  return Writer{writing}.actions(
      assessment.facts.knowledge.ladder.row(assessment.step_decision.step));
}

std::string next_step_of(const StepWriting& writing) {
  return Writer{writing}.next_step();
}

std::string safety_of(const StepWriting& writing) {
  return Writer{writing}.safety();
}

std::string medicines_of(const StepWriting& writing) {
  return Writer{writing}.medicines();
}

std::string exercises_of(const StepWriting& writing) {
  return Writer{writing}.exercises();
}

}  // namespace cdss::treatment_escalation
