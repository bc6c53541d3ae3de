#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/resources/condition.hpp"
#include "fhir/types/resource.hpp"
#include "plugins/rules/facts/days.hpp"
#include "plugins/rules/terminology/concepts.hpp"
#include "plugins/rules/terminology/condition_rules.hpp"
#include "plugins/rules/terminology/sides.hpp"

namespace cdss::rules {

/// Something that the record says of the patient, and where it stands.
struct Finding {
  std::string reference;     ///< "Condition/a1"; empty when the resource has no plain id
  std::optional<Days> days;  ///< onset, else the day it was recorded, performed or measured
  Sides sides;
  std::string code;                ///< the code that was recognised, e.g. "R10.31"; may be empty
  std::optional<Days> last_noted;  ///< of a Condition: the later of onset and recorded date
  bool is_suspected = false;       ///< provisional, differential, unconfirmed or unreadably so
  bool is_status_unclear = false;  ///< whether it is there now is recorded, and cannot be told
  /// The words that were recognised where no code was, on one line and escaped for Markdown; else
  /// empty.
  std::string in_words;
  /// An ICD-10-CM code whose seventh character says that the injury is past and what is coded is
  /// the care after it: neither active treatment (A, B, C) nor a fracture that heals late or not at
  /// all (G, H, J, K, M, N). Source: ICD-10-CM Official Guidelines, I.C.19.a and c.
  bool is_aftercare = false;
  bool is_onset = false;  ///< `days` tell when it began, not when it was recorded
};

/// Does a condition still count: so many days after it began or was recorded, whichever is later;
/// for ever when neither is given. Any possible day suffices.
bool is_recent(const Finding& finding, int days, std::chrono::sys_days today);

/// A Procedure that the rules know and that was, or may have been, completed.
struct PerformedProcedure {
  struct Match {
    ConceptId id;
    std::string code;  ///< the code that was recognised, when it is plain
  };
  std::vector<Match> matches;  ///< in the order of the codings, never empty
  Finding finding;             ///< without a code; days: when it was performed
  bool is_in_future = false;   ///< of a day to come, which is taken for a mistake
};

/// Active Conditions that no rule can look at: in words alone, or in code systems that are not read.
struct UnreadConditions {
  std::size_t without_code = 0;
  std::size_t in_other_systems = 0;
  std::string sample_without_code;  ///< words of the first that has some, as recorded: escape them
  std::string sample_in_other_systems;
  std::vector<std::string> words;  ///< of all of them, as recorded

  bool any() const { return without_code + in_other_systems > 0; }
};

/// "Condition/a1", for evidence; empty when the id is absent or holds anything but letters, digits
/// and - . _, so that it can stand in a card as it is.
std::string plain_reference(const fhir::Resource& resource);

/// The code, when it holds nothing but letters, digits, - and dot; else empty.
std::string plain_code(const fhir::Coding& coding);

/// "Condition/a1, R10.31, 2026-10-03, left", as far as each is known.
std::string text_of(const Finding& finding);

/// What findings are read with. Borrowed.
struct FindingReader {
  const Concepts& concepts;
  const SideReader& sides;
  const ConditionRules& conditions;
  std::chrono::sys_days today;
};

/// The coded findings of a record. Owns what it holds.
///
/// Refuted and entered-in-error Conditions are never findings. What is active and confirmed (no
/// status at all is taken for both) counts everywhere; what is active and only possible
/// (provisional, differential, unconfirmed, of an unclear status, or in words alone) counts for red
/// flags and for the safety of treatment; what is past (inactive, remission, resolved, abated, and
/// symptoms of long ago that have no status) counts where a rule asks for a history.
/// Source: plugins/rules/README.md, "Which data count".
class Findings {
 public:
  /// @param conditions, procedures  a Bundle or one resource; none when there is nothing to read.
  static Findings read(const FindingReader& reader, std::optional<View> conditions,
                       std::optional<View> procedures);

  /// All that stand for this concept, in the order of the record.
  std::span<const Finding> of(ConceptId id) const { return by_concept_[id].confirmed; }
  bool has(ConceptId id) const { return !of(id).empty(); }
  bool has_any(std::span<const ConceptId> ids) const;

  /// Active and only possible, in the order of the record.
  std::span<const Finding> suspected(ConceptId id) const { return by_concept_[id].suspected; }

  /// No longer there, in the order of the record.
  std::span<const Finding> past(ConceptId id) const { return by_concept_[id].past; }

  /// Confirmed or only possible: what red flags and the safety of treatment look at.
  std::vector<Finding> possible(ConceptId id) const;
  bool is_possible(ConceptId id) const { return has(id) || !suspected(id).empty(); }

  /// Procedures, in the order of the record: an operation is no Condition, and is found here alone.
  /// Those that stand for one concept come with its code: the completed ones, or also those of which
  /// the status does not tell (`finding.is_status_unclear`), for safety.
  std::span<const PerformedProcedure> procedures() const { return procedures_; }
  std::vector<Finding> performed(ConceptId id) const;
  std::vector<Finding> perhaps_performed(ConceptId id) const;

  /// Conditions, or Procedures, that could not be read, and so were not considered.
  std::size_t unreadable() const { return unreadable_; }
  std::size_t unreadable_procedures() const { return unreadable_procedures_; }

  /// Conditions without a code that is read, in words that are not known either.
  const UnreadConditions& unread() const { return unread_; }

 private:
  void add_conditions(const FindingReader& reader, View conditions);
  void add_condition(const FindingReader& reader, const fhir::Condition& condition);
  void add_uncoded(const FindingReader& reader, const fhir::Condition& condition, Finding finding);
  void add_procedures(const FindingReader& reader, View procedures);

  struct OfConcept {
    std::vector<Finding> confirmed;
    std::vector<Finding> suspected;
    std::vector<Finding> past;
  };

  std::vector<OfConcept> by_concept_;  // by ConceptId
  std::vector<PerformedProcedure> procedures_;
  std::size_t unreadable_ = 0;
  std::size_t unreadable_procedures_ = 0;
  UnreadConditions unread_;
};

}  // namespace cdss::rules
