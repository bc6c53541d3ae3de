#include <algorithm>
#include <utility>

#include "plugins/rules/red_flags/prompt_patterns.hpp"

namespace cdss::rules {
namespace {

Reasons acute_abdomen(const Signs& s) {  // MM09
  const int days = s.limits.sign_days;
  return any_of(
      {s.facts.pains.within(pain::kLowerQuadrant, days),
       all_of({s.present("abdominal_pain", days), s.facts.pains.within(pain::kRegional, days)})});
}

/// Malignancy of bone, pelvis or retroperitoneum of more than a year ago.
Reasons known_in_bone(const Signs& s) {
  const auto& concepts = s.facts.definitions.malignancy_of_region;
  Reasons known;
  for (const ConceptId id : concepts) {
    for (auto& reason : s.coded("malignancy of bone or pelvis", id)) {
      if (!is_recent(reason.finding, s.limits.known_days, s.facts.today)) {
        known.push_back(std::move(reason));
      }
    }
  }
  return known;
}

bool is_pain_at_rest_denied(const Signs& s) {
  return s.facts.is_absent("night_pain") && s.facts.is_absent("rest_pain");
}

/// Was the region imaged after the pain began?
bool is_imaged_since(const Signs& s, std::uint16_t places, Sides sides) {
  const auto& facts = s.facts;
  const auto oldest = facts.pains.oldest(places);
  for (const ConceptId image : facts.definitions.imaging) {
    for (const Finding& done : facts.findings.performed(image)) {
      if (done.days && oldest && !are_opposite(done.sides, sides) &&
          days_ago(*done.days, facts.today).most <= *oldest) {
        return true;
      }
    }
  }
  return false;
}

Reasons metastasis(const Signs& s) {  // MM11
  const Reasons weight_loss = s.coded("weight loss", s.named.weight_loss);
  if (is_pain_at_rest_denied(s) && weight_loss.empty()) {
    return {};
  }
  const bool has_sign =
      !any_of({s.night_or_rest_pain(), weight_loss, s.present("pain_worse")}).empty();
  if (!has_sign && is_imaged_since(s, pain::kRegional, {})) {
    return {};
  }
  return any_of(
      {all_of({s.malignancy(), s.new_pain()}), all_of({known_in_bone(s), s.common.pain})});
}

/// A corticosteroid long enough: coded, or begun a month ago and taken or ended within two years.
Reasons lasting_steroid(const Signs& s) {
  const auto& facts = s.facts;
  Reasons reasons = s.coded("long-term systemic corticosteroid", s.named.systemic_steroid_use);
  const auto add = [&](std::span<const Medicine> medicines, bool has_ended) {
    for (const Medicine& one : medicines) {
      if (!one.is_of("systemic_steroid") || (has_ended && !one.finding.days)) {
        continue;
      }
      if (!one.finding.days) {  // since when it is taken is not known
        reasons.push_back(reason_of(one));
        continue;
      }
      const auto ago = days_ago(*one.finding.days, facts.today);
      const bool counts = has_ended ? ago.least <= std::chrono::days{s.limits.steroid_ended_days}
                                    : ago.most >= std::chrono::days{s.limits.steroid_from_days};
      if (counts) {
        reasons.push_back(reason_of(one));
      }
    }
  };
  add(facts.medicines.active(), false);
  add(facts.medicines.ended(), true);
  return reasons;
}

Reasons osteonecrosis(const Signs& s) {  // MM13
  constexpr std::uint16_t kPlaces = pain::kGroin | pain::kHip;
  const auto& facts = s.facts;
  const Reasons there = facts.pains.in(kPlaces);
  Sides sides;
  for (const Reason& one : there) {
    sides |= one.finding.sides;
  }
  const bool is_new = !facts.pains.fresh(pain::kHipRegion).empty();
  const bool is_replaced = facts.implant.is_any() && !are_opposite(facts.implant.sides, sides);
  if (is_replaced || is_pain_at_rest_denied(s) ||
      !(is_new || !is_imaged_since(s, kPlaces, sides))) {
    return {};
  }
  const auto& named = s.named;
  return all_of(
      {there,
       any_of({lasting_steroid(s), s.coded("alcohol use disorder", named.alcohol_use_disorder),
               s.coded("sickle cell disease", named.sickle_cell_disease),
               s.coded("lupus", named.lupus), s.coded("organ transplant", named.organ_transplant),
               s.coded("HIV", named.hiv)})});
}

Reasons incarcerated_hernia(const Signs& s) {  // MM14
  constexpr std::uint16_t kPlaces = pain::kGroin | pain::kPelvis | pain::kLowerQuadrant;
  Reasons irreducible;
  if (s.facts.is_absent("hernia_reducible")) {
    const ItemAnswer* answer = s.facts.items.find("hernia_reducible");
    irreducible.push_back(
        {.text = "hernia cannot be reduced", .finding = answer->finding, .since = answer->since});
  }
  return all_of({s.hernia(), any_of({s.facts.pains.within(kPlaces, s.limits.hernia_days),
                                     all_of({s.sudden_onset(), s.facts.pains.fresh(kPlaces)}),
                                     s.present("vomiting"), irreducible})});
}

Reasons unknown_pregnancy(const Signs& s) {  // MM15
  const auto& stated = s.facts.results.pregnancy();
  const bool is_status_known = stated && stated->is_pregnant &&
                               days_ago(*stated->finding.days, s.facts.today).most <=
                                   std::chrono::days{s.limits.pregnancy_status_days};
  if (s.is_pregnant() || is_status_known || !s.may_be_pregnant() ||
      s.facts.findings.has(s.named.ovaries_removed)) {
    return {};
  }
  return s.facts.pains.within(pain::kPelvis | pain::kLowerQuadrant, s.limits.pelvic_days);
}

Reasons reaction_to_metal(const Signs& s) {  // MM16
  const auto& implant = s.facts.implant;
  const std::chrono::days old{s.limits.metal_days};
  if (implant.latest && days_ago(*implant.latest, s.facts.today).most < old) {
    return {};
  }
  Reasons mass =
      s.coded_within("mass of groin or hip", s.named.hip_mass_or_groin_mass, s.limits.metal_days);
  std::erase_if(mass,
                [&](const Reason& one) { return are_opposite(one.finding.sides, implant.sides); });
  return all_of(
      {implant.pain,
       any_of({std::move(mass), s.above("cobalt", s.limits.cobalt, s.limits.cobalt_days),
               s.present("metal_on_metal"),
               s.coded("wear of the prosthesis", s.named.prosthetic_hip_wear_osteolysis)})});
}

constexpr PromptPattern kPatterns[] = {
    {"MM09", acute_abdomen},       {"MM11", metastasis},        {"MM13", osteonecrosis},
    {"MM14", incarcerated_hernia}, {"MM15", unknown_pregnancy}, {"MM16", reaction_to_metal},
};

}  // namespace

std::span<const PromptPattern> other_prompts() {
  return kPatterns;
}

}  // namespace cdss::rules
