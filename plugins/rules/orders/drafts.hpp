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

/// One order of the session that is not signed yet. Borrows from the request and the knowledge.
struct Draft {
  View resource;
  std::string reference;  ///< "MedicationRequest/x"; empty when it has no plain id
  /// Itself and what it is signed in place of (priorPrescription, replaces), as `reference` is
  /// written.
  std::vector<std::string> replaces;
  bool is_judged = false;  ///< selected, or about to be signed; the others are background
  DraftKind kind = DraftKind::other;
  fhir::CodeableConcept codeable_concept;  ///< what is ordered
  fhir::CodeableConcepts body_sites;       ///< of a service
  fhir::CodeableConcepts reasons;
  std::vector<std::string_view> reason_references;
  std::vector<std::string_view> texts;  ///< words in all of it that say something of the order

  // Of a medicine:
  std::vector<const MedicineDefinition*> medicines;  ///< its ingredients that are known
  bool is_systemic = true;                           ///< not for skin or eyes
  bool is_low_dose_aspirin = false;  ///< said clearly: a tablet of it, and no day's dose above it
  /// The most acetaminophen that the dosage allows in a day; none when it does not say.
  std::optional<DailyDose> acetaminophen_per_day;

  /// A corticosteroid for the whole body or by a needle; not one for skin, eye, ear, nose or
  /// airways.
  bool is_steroid = false;

  // Of a service, or of a steroid that is injected:
  Site site = Site::unknown;
  Guidance guidance = Guidance::not_stated;
  bool has_metal_protocol = false;

  /// Is one of its medicines of this class, and taken for the whole body where it is an NSAID.
  bool is_medicine_of(std::string_view medicine_class) const;

  /// Which of two drafts of a call is the second: never low-dose aspirin, which is given for the
  /// heart, else by reference, so that their order in the Bundle does not matter.
  bool is_after(const Draft& other) const;
};

/// Where the drafts of a call stand. Borrowed.
struct DraftSources {
  std::optional<View> drafts;            ///< a Bundle: context.draftOrders
  bool judges_selections_alone = false;  ///< those that `selections` name; else all are judged
  std::optional<View> selections;        ///< an array of references or ids: context.selections
  std::vector<View> known;  ///< of the record: where Medications are looked up beside the drafts
};

/// The drafts in the order of the Bundle. Orders that are over (status
/// completed, stopped, revoked, cancelled, entered in error) or say that something is not to be
/// done are left out, and so are resources of other types. What clients write in the shape of other
/// FHIR versions (MedicationOrder, ProcedureRequest, objects in place of arrays) is read, and a
/// member that is broken costs itself alone.
std::vector<Draft> read_drafts(const FactDefinitions& definitions, const OrderRules& rules,
                               const DraftSources& sources);

}  // namespace cdss::rules
