// IJ01 to IJ12: corticosteroid injection at the iliopsoas. Clinical basis: README.md, "Safety".

#include <utility>

#include "plugins/rules/safety_finder.hpp"

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

}  // namespace

Reasons SafetyFinder::fired(std::initializer_list<std::string_view> ids) const {
  Reasons reasons;
  for (const RedFlag& flag : red_flags_.fired) {
    for (const auto id : ids) {
      if (flag.row->id == id) {
        reasons.push_back({.text = flag.row->id + ": " + flag.row->text, .finding = {}});
      }
    }
  }
  return reasons;
}

Reasons SafetyFinder::item(std::string_view id, const ItemAnswer& answer) const {
  const auto& definition = *facts_.knowledge.score.item(id);
  const auto days = [](double value) { return std::to_string(static_cast<int>(value)); };
  std::string number = days(answer.least);
  if (days(answer.least) != days(answer.most)) {
    number += " to " + days(answer.most);
  }
  return {{.text = definition.text + ": " + number, .finding = answer.finding}};
}

void SafetyFinder::find_infection() {
  add("IJ01", any_of({fever_of(facts_), above("crp", limits_.crp_raised),
                      facts_.hip.is_any() ? above("esr", limits_.esr_raised) : Reasons{},
                      fired({"RF01", "RF02", "RF07", "RF08", "RF09", "RF17", "RF18"})}));
  add("IJ02", fired({"RF03", "RF04"}));
}

/// Of a day that is not exact any possible one suffices.
void SafetyFinder::find_timing() {
  const ItemAnswer* planned = facts_.items.find("planned_hip_arthroplasty_days");
  if (planned != nullptr && planned->least <= limits_.arthroplasty_days) {
    add("IJ05", item("planned_hip_arthroplasty_days", *planned));
  }
  Reasons repeated;
  const ItemAnswer* since = facts_.items.find("days_since_last_injection");
  if (since != nullptr && since->least < limits_.injection_days) {
    repeated = item("days_since_last_injection", *since);
  }
  const ItemAnswer* count = facts_.items.find("injection_count");
  if (count != nullptr && count->most >= limits_.most_injections) {
    repeated = any_of({repeated, item("injection_count", *count)});
  }
  add("IJ07", std::move(repeated));
  if (facts_.hip.flag == ThaFlag::pathway_early || facts_.hip.has_early_other) {
    add("IJ12", prosthesis(facts_.hip));
  }
}

void SafetyFinder::find_for_injection() {
  find_infection();
  find_timing();
  if (Reasons diabetes = coded({{"diabetes", named_.diabetes}}); !diabetes.empty()) {
    if (const ResultValue* hba1c = facts_.results.find("hba1c")) {
      diabetes.push_back(reason_of(*hba1c));
    }
    add("IJ03", std::move(diabetes));
  }
  add("IJ04", any_of({anticoagulants_of(facts_), antiplatelets()}));
  add("IJ06", prosthesis(facts_.hip));
  add("IJ08", any_of({coded({{"bleeding disorder", named_.bleeding_disorder}}),
                      below("platelets", limits_.platelets), allergic_to("corticosteroid"),
                      allergic_to("local_anaesthetic")}));
  add("IJ09", coded({{"immunosuppression", named_.immunosuppression}}));
  add("IJ10", pregnancy_of(facts_));
}

}  // namespace cdss::rules
