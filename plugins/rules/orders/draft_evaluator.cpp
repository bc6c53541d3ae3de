#include "plugins/rules/orders/draft_evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <vector>

#include "core/base/text/ascii.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

bool is_same(const fhir::CodeableConcept& one, const fhir::CodeableConcept& other) {
  return !one.codings.empty() && !other.codings.empty() && one.codings[0].same_as(other.codings[0]);
}

/// What is said of the body sites of a draft, all together: a side may stand in one of its own.
struct Place {
  std::vector<fhir::Coding> codings;  ///< those with a system and a code
  std::vector<std::string> words;     ///< of sites without such a coding, in lower case

  explicit Place(const fhir::CodeableConcepts& sites) {
    for (const auto& site : sites) {
      const auto before = codings.size();
      std::ranges::copy_if(site.codings, std::back_inserter(codings), [](const auto& coding) {
        return !coding.system.empty() && !coding.code.empty();
      });
      if (codings.size() == before && !site.words().empty()) {
        words.push_back(to_lower(site.words()));
      }
    }
  }

  bool is_within(const Place& other) const {
    return std::ranges::all_of(codings,
                               [&](const auto& one) {
                                 return std::ranges::any_of(other.codings, [&](const auto& two) {
                                   return one.same_as(two);
                                 });
                               }) &&
           std::ranges::all_of(words, [&](const std::string& word) {
             return std::ranges::find(other.words, word) != other.words.end();
           });
  }
};

/// Surely the same place: the very same codes and words, or none told in either. Sites of which
/// nothing can be compared are no same place.
bool is_same_place(const Draft& one, const Draft& other) {
  const Place a{one.body_sites};
  const Place b{other.body_sites};
  const bool is_told = !a.codings.empty() || !a.words.empty();
  const bool is_none = one.body_sites.empty() && other.body_sites.empty();
  return is_none || (is_told && a.is_within(b) && b.is_within(a));
}

bool says(const Draft& draft, std::string_view side) {
  return std::ranges::any_of(draft.texts,
                             [&](std::string_view text) { return has_word(text, side); });
}

bool says_same_side(const Draft& one, const Draft& other) {
  return says(one, "left") == says(other, "left") && says(one, "right") == says(other, "right");
}

/// "2,400", "7.5"
std::string grouped(double mg) {
  constexpr long long kTenths = 10;
  constexpr std::size_t kGroup = 3;
  const long long tenths = std::llround(mg * kTenths);
  std::string text = std::to_string(tenths / kTenths);
  if (text.size() > kGroup) {
    text.insert(text.size() - kGroup, 1, ',');
  }
  return tenths % kTenths == 0 ? text : text + '.' + std::to_string(tenths % kTenths);
}

}  // namespace

/// At the hip, or in a place that is not told in a patient with pain there.
bool DraftEvaluator::is_in_region() const {
  return draft.site == Site::psoas || draft.site == Site::hip ||
         (draft.site == Site::unknown && patient.has_regional_pain);
}

bool DraftEvaluator::is_drafted(std::string_view what) const {
  if (what == "any") {
    return true;
  }
  if (what == "injection") {
    return draft.kind == DraftKind::injection && is_in_region();
  }
  if (what == "steroid") {
    return draft.is_steroid;
  }
  if (what == "mri") {
    return draft.kind == DraftKind::mri && (draft.site == Site::hip || draft.site == Site::psoas);
  }
  if (what == "physical_therapy") {
    return draft.kind == DraftKind::physical_therapy && draft.site != Site::elsewhere;
  }
  if (what == "surgery") {
    return draft.kind == DraftKind::surgery && draft.site == Site::psoas;
  }
  if (what == "abductor_tenotomy") {
    return draft.kind == DraftKind::abductor_tenotomy;
  }
  return draft.is_medicine_of(what);
}

/// Is a reason told that is pain in the region or the psoas?
bool DraftEvaluator::is_for_region() const {
  const auto is_regional = [&](const fhir::CodeableConcept& reason) {
    return std::ranges::any_of(rules.reasons,
                               [&](ConceptId id) { return concepts.has(id, reason); }) ||
           has_any_word(reason.words(), rules.recognition.words.reason);
  };
  return std::ranges::any_of(draft.reasons, is_regional) ||
         std::ranges::any_of(draft.reason_references, [&](std::string_view reference) {
           return std::ranges::find(patient.regional_findings, reference) !=
                  patient.regional_findings.end();
         });
}

/// Other medicines than the ladder's: for the pain that it is about, not for a red flag, nor for
/// the weeks after an operation unless the reason says so. What is mostly given for something else
/// needs a reason that is told.
bool DraftEvaluator::is_outside_ladder(const ConflictRule& rule) const {
  if (!patient.red_flags.empty()) {
    return false;
  }
  if (!draft.reasons.empty() || !draft.reason_references.empty()) {
    return is_for_region();
  }
  const bool needs_reason =
      rule.needs_reason || std::ranges::any_of(draft.texts, [&](std::string_view text) {
        return has_any_word(text, rule.needs_reason_with);
      });
  return !needs_reason && patient.points_to_psoas && !patient.is_early;
}

bool DraftEvaluator::is_psoas_meant() const {
  const auto names_psoas = [&](std::string_view text) {
    return has_any_word(text, rules.recognition.words.psoas);
  };
  return std::ranges::any_of(draft.texts, names_psoas) ||
         std::ranges::any_of(draft.reasons, [&](const fhir::CodeableConcept& reason) {
           return names_psoas(reason.words());
         });
}

bool DraftEvaluator::is_guided() const {
  const bool has_guidance_beside = std::ranges::any_of(
      all, [](const Draft& other) { return other.kind == DraftKind::guidance; });
  return draft.guidance == Guidance::guided ||
         (draft.guidance == Guidance::not_stated && has_guidance_beside);
}

/// Is this the second of two drafts of the very same code and place?
bool DraftEvaluator::is_drafted_twice() const {
  if (draft.is_medicine_of("nsaid") || draft.is_medicine_of("acetaminophen")) {
    return false;  // rules of their own
  }
  return std::ranges::any_of(all, [&](const Draft& other) {
    const bool is_first = !other.is_judged || draft.is_after(other);
    return &other != &draft && is_first &&
           is_same(draft.codeable_concept, other.codeable_concept) && is_same_place(draft, other) &&
           says_same_side(draft, other);
  });
}

/// By itself, or with ConflictCondition::over_daily_dose_beside only together with what is taken beside.
bool DraftEvaluator::is_over_daily_dose(const ConflictRule& rule) const {
  if (!draft.acetaminophen_per_day) {
    return false;
  }
  const auto most = static_cast<double>(rule.most_mg_per_day);
  const double mg = draft.acetaminophen_per_day->mg;
  if (rule.when == ConflictCondition::over_daily_dose) {
    return mg > most;
  }
  return mg <= most && mg + patient.acetaminophen_beside_mg > most;
}

Reasons DraftEvaluator::over_ceilings() const {
  Reasons reasons;
  for (const auto& [ceiling, medicine, per_day] : draft.nsaid_doses) {
    const double most = patient.is_older ? ceiling->older_mg_per_day : ceiling->most_mg_per_day;
    if (per_day && per_day->mg > most) {
      reasons.push_back({.text = medicine->text + ' ' + grouped(per_day->mg) +
                                 " mg a day, ceiling " + grouped(most) + " mg",
                         .finding = {}});
    }
  }
  return reasons;
}

bool DraftEvaluator::has_taken(std::string_view medicine) const {
  const auto found = patient.taken.find(medicine);
  return found != patient.taken.end() && !found->second.empty();
}

bool DraftEvaluator::holds(const ConflictRule& rule) const {
  switch (rule.when) {
    case ConflictCondition::red_flag:
    case ConflictCondition::prompt:
    case ConflictCondition::safety:
      return false;
    case ConflictCondition::over_daily_dose:
    case ConflictCondition::over_daily_dose_beside:
      return is_over_daily_dose(rule);
    case ConflictCondition::over_ceiling:
      return !over_ceilings().empty();
    case ConflictCondition::dose_not_read:
      return draft.is_dose_unread;
    case ConflictCondition::medicine:
      return has_taken(rule.medicine);
    case ConflictCondition::unguided:
      return draft.site == Site::psoas && !is_guided();
    case ConflictCondition::infection_unknown:
      return patient.has_hip_prosthesis && !patient.is_infection_screen_known;
    case ConflictCondition::before_injection_step:
      return draft.site == Site::psoas && (patient.step == Step::L1 || patient.step == Step::L2);
    case ConflictCondition::without_metal_protocol:
      return patient.has_hip_prosthesis && !draft.has_metal_protocol;
    case ConflictCondition::outside_ladder:
      return is_outside_ladder(rule);
    case ConflictCondition::before_surgery_step:
      return patient.is_assessed && patient.step != Step::L4;
    case ConflictCondition::psoas_meant:
      return is_psoas_meant();
    case ConflictCondition::drafted_twice:
      return is_drafted_twice();
  }
  return false;
}

}  // namespace cdss::rules
