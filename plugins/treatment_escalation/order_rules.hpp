#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/view.hpp"
#include "core/hooks/card.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/medicines.hpp"
#include "plugins/treatment_escalation/orders.hpp"

namespace cdss::treatment_escalation {

/// What a draft orders, as far as a rule asks. Medicines are told apart by their classes.
enum class DraftKind : std::uint8_t {
  other,
  medicine,
  injection,  ///< at the hip, the psoas or a place that is not told
  guidance,   ///< imaging that guides a needle
  mri,
  surgery,            ///< release or lengthening of a tendon
  abductor_tenotomy,  ///< the abductors or extensors of the hip
  physical_therapy,
};

/// Where something is done, as far as the draft says.
enum class Site : std::uint8_t { unknown, psoas, hip, elsewhere };

/// Whether imaging guides a needle, as far as the draft says.
enum class Guidance : std::uint8_t { not_stated, guided, unguided };

/// Under what circumstances a conflict holds. Each needs the draft of its row beside.
enum class When : std::uint8_t {
  red_flag,                ///< one of the rules is a red flag that fires
  safety,                  ///< one of the rules is a rule of safety that fires
  over_daily_dose,         ///< the dosage says more than most_mg_per_day
  medicine,                ///< a medicine of that class is active
  unguided,                ///< a needle at the psoas, and no guidance is stated
  infection_unknown,       ///< a hip replacement, and CRP or ESR are not known
  before_injection_step,   ///< at the psoas, and the ladder has not reached L3
  without_metal_protocol,  ///< of hip or pelvis, and a hip prosthesis is recorded
  outside_ladder,          ///< for regional pain, or for no reason that is told with a band
  before_surgery_step,     ///< at the psoas, and the ladder has not reached L4
  psoas_meant,             ///< the psoas is named as place or reason
  drafted_twice,           ///< another draft orders the very same
};

/// A rule that a conflict rests on, e.g. NS03 when its effect is to avoid.
struct RuleName {
  enum class Effect : std::uint8_t { any, avoid, caution };
  std::string_view id;
  Effect effect = Effect::any;
};

/// One row of `conflicts`. Borrows from the knowledge file.
struct ConflictRule {
  std::string_view id;
  std::string_view draft;  ///< class of medicine, kind of service, or "any"
  When when = When::safety;
  std::vector<RuleName> rules;  ///< in the order in which they are named on a card
  std::string_view forbidden;   ///< with When::red_flag: the kind of order that a red flag forbids
  std::vector<std::string_view> critical;  ///< of `rules`, those that make the card critical
  std::vector<std::string_view> quiet;     ///< of `rules`, those that alone make no card
  hooks::Indicator indicator = hooks::Indicator::info;
  bool offers_removal = false;
  std::vector<std::string_view> instead;  ///< ids of orders that may take the draft's place
  std::vector<std::string_view> instead_in_emergency;  ///< the same for a red flag of an emergency
  std::vector<std::string_view> first;                 ///< ids of orders to be done before
  std::string_view detail;           ///< what an update adds to the draft; empty for none
  std::string_view medicine;         ///< class, with When::medicine
  std::int64_t most_mg_per_day = 0;  ///< with When::over_daily_dose
  /// Above 0: a dosage of at most that, where it is told, is no conflict.
  std::int64_t spared_mg_per_day = 0;
};

/// How a draft service is recognised: by concept, else by a word.
struct ServiceRow {
  DraftKind kind = DraftKind::other;
  std::vector<rules::ConceptId> concepts;
  std::vector<std::string_view> words;
  Site site = Site::unknown;                 ///< what the concepts say of it
  Guidance guidance = Guidance::not_stated;  ///< what the concepts say of it
};

/// Words that tell something of a draft, in lower case.
struct DraftWords {
  std::vector<std::string_view> psoas;
  std::vector<std::string_view> hip;
  std::vector<std::string_view> elsewhere;
  std::vector<std::string_view> unguided;
  std::vector<std::string_view> guided;
  std::vector<std::string_view> metal;
  std::vector<std::string_view> systemic;  ///< forms for the whole body: they go before
  std::vector<std::string_view> not_systemic;
  std::vector<std::string_view> injected;
  std::vector<std::string_view> reason;
};

/// `order-rules.json`: how drafts are recognised, and what speaks against them. Constant once read,
/// so Thread-safe. Borrows from the knowledge file.
class OrderRules {
 public:
  /// Concepts of which the package has no value set (codes under licence that a site left out) are
  /// passed over.
  /// Errors: Errc::missing, Errc::malformed, Errc::out_of_range for a row that is not as above: a
  /// list that is no array, a kind of draft, a medicine or an order that is not known, a critical
  /// or quiet rule that the row does not name, a limit that is absent or not above 0.
  static Result<OrderRules> read(const rules::Concepts& concepts, const rules::Pharmacy& pharmacy,
                                 const Orders& orders, View root);

  std::span<const ServiceRow> services() const { return services_; }
  std::span<const ConflictRule> conflicts() const { return conflicts_; }
  const DraftWords& words() const { return words_; }
  /// Concepts of pain in the region, and diagnoses of the iliopsoas.
  std::span<const rules::ConceptId> reasons() const { return reasons_; }
  /// The only rules of NSAIDs that low-dose aspirin is held against.
  std::span<const RuleName> low_dose_aspirin() const { return low_dose_aspirin_; }
  /// Up to which strength, in mg, aspirin is low-dose.
  std::int64_t low_dose_aspirin_most_mg() const { return low_dose_aspirin_most_mg_; }

 private:
  std::vector<ServiceRow> services_;
  std::vector<ConflictRule> conflicts_;
  DraftWords words_;
  std::vector<rules::ConceptId> reasons_;
  std::vector<RuleName> low_dose_aspirin_;
  std::int64_t low_dose_aspirin_most_mg_ = 0;
};

}  // namespace cdss::treatment_escalation
