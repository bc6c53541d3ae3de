#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/facts/fact_definitions.hpp"
#include "plugins/rules/facts/medicines.hpp"
#include "plugins/rules/orders/daily_dose.hpp"
#include "plugins/rules/orders/order_rules.hpp"

namespace cdss::rules {

/// How much of an NSAID with a ceiling a draft lets the patient take.
struct NsaidDose {
  const DoseCeiling* ceiling;          ///< of the rules
  const MedicineDefinition* medicine;  ///< of the draft
  std::optional<DailyDose> per_day;    ///< none when the dosage does not say
};

/// One order of the session that is not signed yet. Borrows from the request and the knowledge.
struct Draft {
  View resource;
  std::string reference;  ///< "MedicationRequest/x"; empty when it has no plain id
  /// References, written as `reference` is, to itself and to the orders whose place it takes
  /// (priorPrescription, replaces).
  std::vector<std::string> replaces;
  bool is_judged = false;  ///< selected or about to be signed; other drafts are context only
  DraftKind kind = DraftKind::other;
  fhir::CodeableConcept codeable_concept;  ///< what is ordered
  fhir::CodeableConcepts body_sites;       ///< of a service
  fhir::CodeableConcepts reasons;
  std::vector<std::string_view> reason_references;
  std::vector<std::string_view> texts;  ///< all its words that tell what is ordered, where and how

  // Of a medicine:
  std::vector<const MedicineDefinition*> medicines;  ///< its ingredients that are known
  bool is_systemic = true;                           ///< not for skin or eyes
  bool is_low_dose_aspirin = false;  ///< by its strength, and no more than that a day
  /// The most acetaminophen that the dosage allows in a day; none when it does not say.
  std::optional<DailyDose> acetaminophen_per_day;
  std::vector<NsaidDose> nsaid_doses;  ///< of an NSAID for the whole body
  /// There is a dosage, and what it allows in a day of acetaminophen, or of one of `nsaid_doses`,
  /// could not be read, or only in part.
  bool is_dose_unread = false;

  /// A corticosteroid for the whole body or by a needle; not one for skin, eye, ear, nose or
  /// airways.
  bool is_steroid = false;

  // Of a service, or of a steroid that is injected:
  Site site = Site::unknown;
  Guidance guidance = Guidance::not_stated;
  bool has_metal_protocol = false;

  /// Is one of its medicines of this class? An NSAID counts only when it is for the whole body.
  bool is_medicine_of(std::string_view medicine_class) const;

  /// Is this the second of two drafts of a call? Low-dose aspirin, which is given for the heart, is
  /// always the first; else the references decide, not the order in the Bundle.
  bool is_after(const Draft& other) const;
};

/// Where the drafts of a call stand. Borrowed.
struct DraftSources {
  std::optional<View> drafts;            ///< a Bundle: context.draftOrders
  bool judges_selections_alone = false;  ///< judge only what `selections` name; else all drafts
  std::optional<View> selections;        ///< an array of references or ids: context.selections
  std::vector<View> known;               ///< of the record: Medications are looked up here too
};

/// The drafts, in the order of the Bundle. Left out are resources of other types, orders that are
/// over (status completed, stopped, revoked, cancelled or entered-in-error), and orders not to do
/// something. The shapes of other FHIR versions are read too: MedicationOrder, ProcedureRequest,
/// objects in place of arrays. A broken member is passed over; the rest of the draft is read.
std::vector<Draft> read_drafts(const FactDefinitions& definitions, const OrderRules& rules,
                               const DraftSources& sources);

}  // namespace cdss::rules
