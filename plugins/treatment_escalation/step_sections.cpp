#include "plugins/treatment_escalation/step_sections.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "plugins/cards/wording.hpp"
#include "plugins/rules/terminology/reading.hpp"
#include "plugins/treatment_escalation/step_orders.hpp"

namespace cdss::treatment_escalation {
namespace {

using cards::bullet;
using rules::Effect;
using rules::Step;
using rules::Treatment;

std::string whole(double value) {
  return std::to_string(static_cast<int>(std::floor(value)));
}

std::string_view text_of(Treatment treatment) {
  constexpr std::string_view kTexts[] = {"step.treatment.nsaid", "step.treatment.acetaminophen",
                                         "step.treatment.injection"};
  return kTexts[static_cast<std::size_t>(treatment)];
}

}  // namespace

std::string StepSections::line(std::string_view text, rules::Texts::Parts parts) const {
  return bullet(texts_.of(text, parts));
}

std::string StepSections::weeks(const rules::WeeksEstimate& known) const {
  const auto least = whole(known.least);
  const auto most = whole(known.most);
  const auto where = rules::text_of(known.finding);
  if (most == "0") {
    return texts_.of("step.weeks.none") + (where.empty() ? "" : " (" + where + ')');
  }
  const auto* id = least != most ? "step.weeks.between" : least == "1" ? "step.week" : "step.weeks";
  return texts_.of(id, {{"least", least}, {"most", most}}) +
         (where.empty() ? "" : " (" + where + ')');
}

std::string StepSections::why() const {
  std::string lines =
      line("step.why.band", {{"band", rules::to_string(assessment_.likelihood.band)},
                             {"score", assessment_.likelihood.score.text()}});
  if (const auto* pain = assessment_.facts.results.find("pain_score_nrs")) {
    lines +=
        line("step.why.pain", {{"score", pain->words}, {"where", rules::text_of(pain->finding)}});
  }
  if (is_pain_on_other_side(assessment_)) {
    lines += line("step.why.other-side");
  }
  if (decision_.duration) {
    lines += line("step.why.duration", {{"weeks", weeks(*decision_.duration)}});
  }
  if (decision_.therapy) {
    lines += line("step.why.therapy", {{"weeks", weeks(*decision_.therapy)}});
  }
  if (const auto* injection = assessment_.facts.items.find("diagnostic_injection")) {
    lines += line(injection->is_present ? "step.why.relief" : "step.why.no-relief",
                  {{"where", rules::text_of(injection->finding)}});
  }
  return lines;
}

std::string StepSections::actions() const {
  const auto& row = assessment_.knowledge.ladder.row(decision_.step);
  std::string lines;
  if (decision_.step == Step::L3 && assessment_.safety.withholds(Treatment::injection)) {
    lines += line("step.wait");
  }
  for (const auto& action : row.special) {
    if (rules::holds(action.when, assessment_.found(), decision_)) {
      lines += bullet(action.text);
    }
  }
  for (const auto& action : row.actions) {
    lines += bullet(action);
  }
  const auto* overhang = assessment_.facts.items.find("cup_overhang_mm");
  if (decision_.step == Step::L4 && overhang != nullptr) {
    lines += line("step.overhang",
                  {{"mm", whole(overhang->least)}, {"where", rules::text_of(overhang->finding)}});
  }
  return lines;
}

std::string StepSections::next_step() const {
  std::string lines;
  for (const auto& id : decision_.blocked_by) {
    if (const auto* cap = rules::find_by_id(assessment_.knowledge.score.caps, id)) {
      lines +=
          line("step.blocked.cause",
               {{"blocked", rules::to_string(decision_.blocked)}, {"id", id}, {"why", cap->text}});
    } else if (const auto* row = assessment_.knowledge.safety.find(id)) {
      lines += line("step.blocked", {{"blocked", rules::to_string(decision_.blocked)},
                                     {"id", id},
                                     {"why", row->text},
                                     {"advice", row->advice}});
    }
  }
  const auto add = [&](const std::vector<std::string>& ids, std::string_view text) {
    std::string all;
    for (const auto& id : ids) {
      all += (all.empty() ? "" : "; ") + texts_.of("step.need." + id);
    }
    lines += all.empty() ? all : line(text, {{"what", all}});
  };
  add(decision_.unmet, "step.unmet");
  add(decision_.needed, "step.needed");
  return lines;
}

bool StepSections::bears(const rules::SafetyFinding& found) const {
  if (std::ranges::find(decision_.blocked_by, found.row->id) != decision_.blocked_by.end()) {
    return false;
  }
  if (found.effect == Effect::avoid || decision_.step == Step::L0) {
    return found.effect == Effect::avoid;
  }
  if (found.effect == Effect::withhold) {  // said unless a stronger rule says it already
    return decision_.step == Step::L2 &&
           std::ranges::none_of(assessment_.safety.found, [&](const rules::SafetyFinding& other) {
             return other.row->treatment == found.row->treatment && other.effect == Effect::avoid;
           });
  }
  const bool is_injection = found.row->treatment == Treatment::injection;
  if (!is_injection && assessment_.safety.withholds(found.row->treatment)) {
    return false;  // what is not suggested needs no advice on how to take it
  }
  const bool is_upper = decision_.step == Step::L3 || decision_.step == Step::L4;
  return is_injection ? is_upper || !decision_.blocked_by.empty() : decision_.step == Step::L2;
}

std::string StepSections::safety() const {
  std::string lines;
  bool is_of_both = false;  // of a rule that ibuprofen and aspirin together fall under
  for (const auto& found : assessment_.safety.found) {
    if (bears(found)) {
      lines += line(decision_.step == Step::L0         ? "step.safety.avoid.brief"
                    : found.effect == Effect::avoid    ? "step.safety.avoid"
                    : found.effect == Effect::withhold ? "step.safety.withhold"
                                                       : "step.safety.caution",
                    {{"id", found.row->id},
                     {"what", texts_.of(text_of(found.row->treatment))},
                     {"reasons", cards::list_of(texts_, found.reasons, 2)},
                     {"advice", found.advice()}});
      is_of_both = is_of_both || found.row->id == "NS05" || found.row->id == "NS12";
    }
  }
  const auto& medicines = assessment_.facts.medicines;
  if (is_of_both && medicines.has_active_of("ibuprofen") && medicines.has_active_of("aspirin")) {
    lines += line("step.ibuprofen-aspirin");
  }
  return lines;
}

std::string StepSections::medicines() const {
  if (decision_.step != Step::L2) {
    return {};
  }
  const auto& safety = assessment_.safety;
  std::string lines;
  const auto add = [&](Treatment one, const std::vector<std::string_view>& unknown) {
    if (safety.withholds(one) || unknown.empty()) {
      return;
    }
    std::string all;
    for (const auto id : unknown) {
      all += (all.empty() ? "" : ", ") + texts_.of("unknown." + std::string{id});
    }
    lines += line("step.unknown", {{"what", texts_.of(text_of(one))}, {"unknown", all}});
  };
  add(Treatment::nsaid, safety.unknown_for_nsaid);
  add(Treatment::acetaminophen, safety.unknown_for_acetaminophen);
  if (assessment_.facts.is_low_back_pain_alone() && !safety.withholds(Treatment::acetaminophen)) {
    lines += line("step.no-acetaminophen-for-back");
  }
  return lines + line("step.cannot-check");
}

std::string StepSections::exercises() const {
  const bool is_conservative = decision_.step == Step::L1 || decision_.step == Step::L2;
  if (!is_conservative || with_.exercises.empty()) {
    return {};
  }
  const auto& facts = assessment_.facts;
  const bool has_implant = facts.hip.is_any();
  const bool is_hip_known =
      facts.record.procedures.is_known && facts.findings.unreadable_procedures() == 0;
  if (!facts.items.is_present("surgeon_cleared") && (has_implant || !is_hip_known)) {
    return line(has_implant ? "step.exercises.not-cleared" : "step.exercises.unknown");
  }
  if (!assessment_.red_flags.pregnancy.empty()) {
    return line("step.exercises.pregnant");
  }
  return names_of_exercises() +
         line(has_implant ? "step.exercises.precaution.replaced" : "step.exercises.precaution");
}

std::string StepSections::names_of_exercises() const {
  constexpr std::size_t kMostExercises = 6;  // the rest is on the service's page
  std::string all;
  const auto shown = std::min(kMostExercises, with_.exercises.size());
  for (std::size_t i = 0; i < shown; ++i) {
    all += (all.empty() ? "" : "; ") + with_.exercises[i];
  }
  const auto more = std::to_string(with_.exercises.size() - shown);
  return line("step.exercises", {{"names", all}, {"count", more}});
}

}  // namespace cdss::treatment_escalation
