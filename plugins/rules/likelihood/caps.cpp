#include "plugins/rules/likelihood/caps.hpp"

#include <algorithm>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

Reasons reasons_of(const CapPart& part, const Facts& facts) {
  Reasons reasons;
  for (const ConceptId id : part.concepts) {
    std::string name = facts.definitions.concepts.name(id);
    std::ranges::replace(name, '_', ' ');
    for (const Finding& finding : facts.findings.of(id)) {
      if (!part.within_days || is_recent(finding, *part.within_days, facts.today)) {
        reasons.push_back({.text = name, .finding = finding});
      }
    }
  }
  for (const std::string& item : part.items) {
    reasons = any_of({std::move(reasons), facts.present(item)});
  }
  return reasons;
}

/// Each part of the row, or nothing.
Reasons reasons_of(const CapRow& row, const Facts& facts) {
  Reasons reasons;
  for (const CapPart& part : row.all) {
    Reasons some = reasons_of(part, facts);
    if (some.empty()) {
      return {};
    }
    reasons = any_of({std::move(reasons), std::move(some)});
  }
  return reasons;
}

/// Is psoas syndrome diagnosed already, or proved by an injection?
bool has_diagnosis(const ScoreRules& rules, const Facts& facts) {
  const auto holds = [&](const std::string& id) {
    const ScoreRow& row = *find_by_id(rules.rows, id);
    return facts.findings.has_any(row.concepts) ||
           std::ranges::any_of(
               row.items, [&](const std::string& item) { return facts.items.is_present(item); });
  };
  return std::ranges::any_of(rules.diagnosis, holds);
}

/// Is a marker known not to be raised, of the joint as it is?
bool is_marker_normal(std::string_view id, double limit, const Facts& facts) {
  const ResultValue* value = facts.results.find(id);
  return value != nullptr && !value->is_above(limit).value_or(true) &&
         !facts.results.is_doubtful(id) && !facts.implant.is_before_latest(value->finding);
}

/// The item, or an image of the hip of a day that is not before the pain began nor the operation.
bool is_imaged(const Facts& facts) {
  if (const ItemAnswer* said = facts.items.find("imaging_done")) {
    return said->is_present;
  }
  const auto oldest = facts.pains.oldest(pain::kHipRegion);
  return std::ranges::any_of(facts.definitions.imaging, [&](ConceptId image) {
    return std::ranges::any_of(facts.findings.performed(image), [&](const Finding& done) {
      return done.days && oldest && days_ago(*done.days, facts.today).most <= *oldest &&
             !facts.implant.is_before_latest(done);
    });
  });
}

}  // namespace

Reasons open_implant(const RedFlagLimits& limits, const Facts& facts) {
  const Implant& implant = facts.implant;
  if (implant.pain.empty()) {
    return {};
  }
  Reasons open;
  const auto add = [&](bool is_open, std::string_view text) {
    if (is_open) {
      open.push_back({.text = std::string{text}, .finding = {}});
    }
  };
  add(implant.is_early, "operation within 90 days");
  add(!is_marker_normal("crp", limits.crp_late, facts), "no normal CRP");
  add(!is_marker_normal("esr", limits.esr_late, facts), "no normal ESR");
  add(!is_imaged(facts), "no image of the implant");
  const auto& named = facts.definitions.named;
  for (const ConceptId id :
       {named.prosthetic_hip_wear_osteolysis, named.other_mechanical_complication_hip,
        named.prosthetic_hip_breakage, named.prosthetic_hip_loosening,
        named.prosthetic_hip_dislocation, named.prosthetic_joint_failure_unspecified}) {
    add_reasons(open, "failure of the implant", facts.findings.possible(id));
  }
  return any_of({std::move(open), facts.present("radiograph_abnormal")});
}

std::vector<Cap> find_caps(const CapInput& input) {
  std::vector<Cap> caps;
  for (const RedFlag& flag : input.red_flags.fired) {
    caps.push_back({.id = flag.row->id, .text = flag.row->brief, .reasons = {}});
  }
  for (const Prompt& prompt : input.prompts.fired) {
    caps.push_back({.id = prompt.row->id, .text = prompt.row->brief, .reasons = {}});
  }
  const bool is_diagnosed = has_diagnosis(input.rules, input.facts);
  for (const CapRow& row : input.rules.caps) {
    const bool is_known_necrosis = row.id == "CX06";
    Reasons reasons = is_known_necrosis  ? input.red_flags.known_osteonecrosis
                      : row.id == "GX01" ? open_implant(input.limits, input.facts)
                      : is_diagnosed     ? Reasons{}
                                         : reasons_of(row, input.facts);
    if (!reasons.empty()) {
      caps.push_back({.id = row.id,
                      .text = row.text,
                      .reasons = std::move(reasons),
                      .is_always = is_known_necrosis});
    }
  }
  std::ranges::sort(caps, {}, &Cap::id);
  return caps;
}

}  // namespace cdss::rules
