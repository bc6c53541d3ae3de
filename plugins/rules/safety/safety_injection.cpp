#include <initializer_list>
#include <string>
#include <utility>

#include "plugins/rules/safety/safety_finder.hpp"

namespace cdss::rules {
namespace {

/// What of the record tells of a hip prosthesis, of whatever kind.
Reasons prosthesis(const HipReplacement& hip) {
  Reasons reasons;
  const auto add = [&](std::string_view text, const std::vector<HipEvidence>& evidence) {
    for (const auto& one : evidence) {
      reasons.push_back({.text = std::string{text}, .finding = one.finding});
    }
  };
  if (hip.flag != ThaFlag::none) {
    add("hip replacement", hip.operations);
    add("hip replacement", hip.conditions);
  }
  add("hip arthroplasty, not total", hip.other_operations);
  return reasons;
}

/// Corticosteroid injection at the iliopsoas. Clinical basis: README.md, "Safety".
struct Injection : SafetyFinder {
  /// The red flags of these that have fired.
  Reasons fired(std::initializer_list<std::string_view> ids) const {
    Reasons reasons;
    for (const RedFlag& flag : red_flags.fired) {
      for (const auto id : ids) {
        if (flag.row->id == id) {
          reasons.push_back({.text = flag.row->id + ": " + flag.row->text, .finding = {}});
        }
      }
    }
    return reasons;
  }

  /// A quantity of the examination form.
  Reasons item(std::string_view id, const ItemAnswer& answer) const {
    const auto& definition = *facts.definitions.item(id);
    const auto days = [](double value) { return std::to_string(static_cast<int>(value)); };
    std::string number = days(answer.least);
    if (days(answer.least) != days(answer.most)) {
      number += " to " + days(answer.most);
    }
    return {{.text = definition.text + ": " + number, .finding = answer.finding}};
  }

  void find_infection() {
    add("IJ01", any_of({red_flags.fever, facts.above("crp", limits.crp_raised),
                        facts.hip.is_any() ? facts.above("esr", limits.esr_raised) : Reasons{},
                        fired({"RF01", "RF02", "RF07", "RF08", "RF09", "RF17", "RF18"})}));
    add("IJ02", fired({"RF03", "RF04"}));
  }

  /// Of a day that is not exact any possible one suffices.
  void find_timing() {
    const ItemAnswer* planned = facts.items.find("planned_hip_arthroplasty_days");
    if (planned != nullptr && planned->least <= limits.arthroplasty_days) {
      add("IJ05", item("planned_hip_arthroplasty_days", *planned));
    }
    Reasons repeated;
    const ItemAnswer* since = facts.items.find("days_since_last_injection");
    if (since != nullptr && since->least < limits.injection_days) {
      repeated = item("days_since_last_injection", *since);
    }
    const ItemAnswer* count = facts.items.find("injection_count");
    if (count != nullptr && count->most >= limits.most_injections) {
      repeated = any_of({repeated, item("injection_count", *count)});
    }
    add("IJ07", std::move(repeated));
    if (facts.hip.flag == ThaFlag::pathway_early || facts.hip.has_early_other) {
      add("IJ12", prosthesis(facts.hip));
    }
  }

  void find_for_injection() {
    find_infection();
    find_timing();
    if (Reasons diabetes = coded({{"diabetes", named.diabetes}}); !diabetes.empty()) {
      if (const ResultValue* hba1c = facts.results.find("hba1c")) {
        diabetes.push_back(reason_of(*hba1c));
      }
      add("IJ03", std::move(diabetes));
    }
    add("IJ04", any_of({anticoagulants_of(facts, medicines), antiplatelets()}));
    add("IJ06", prosthesis(facts.hip));
    add("IJ08", any_of({facts.bleeding_disorder(), facts.below("platelets", limits.platelets),
                        allergic_to("corticosteroid"), allergic_to("local_anaesthetic")}));
    add("IJ09", coded({{"immunosuppression", named.immunosuppression}}));
    add("IJ10", red_flags.pregnancy);
  }

  bool is_marker_known(std::string_view result, double limit) const {
    const ResultValue* value = facts.results.find(result);
    return value != nullptr && value->is_above(limit).has_value() &&
           !facts.results.is_doubtful(result) && !facts.hip.is_before_latest(value->finding);
  }
};

}  // namespace

void find_injection_rules(SafetyFinder finder) {
  Injection injection{std::move(finder)};
  injection.find_for_injection();
  const auto& limits = injection.limits;
  for (const auto& [id, limit] :
       {std::pair{"crp", limits.crp_raised}, {"esr", limits.esr_raised}}) {
    if (!injection.is_marker_known(id, limit)) {
      injection.safety.unknown_markers.emplace_back(id);
    }
  }
}

}  // namespace cdss::rules
