#pragma once

#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 Medication: what a medicine is.
struct Medication : Resource {
  static constexpr std::string_view kType = "Medication";

  /// Errors: Errc::malformed when this is no Medication, or code or an ingredient is malformed.
  static Result<Medication> read(View resource);

  CodeableConcept code;
  /// Substances by code, where the medicine is described by its ingredients.
  CodeableConcepts ingredient;

  /// The code, with the codings of the ingredients after its own; an ingredient in words alone is
  /// a coding of nothing but its display.
  CodeableConcept codeable_concept() const;
};

/// The Medication resources of a Bundle, to be found by the references of orders.
/// Borrows from the Document.
class MedicationLookup {
 public:
  /// Adds the Medications of a Bundle, or a single one. An unreadable one is skipped: an order
  /// that refers to it then has no code.
  void add(View bundle_or_resource);

  /// The Medication that `reference` names by "Medication/id", by an absolute URL that ends so, or
  /// by the fullUrl of its entry; null when it is not here.
  const Medication* find(const Reference& reference) const;

 private:
  struct Entry {
    std::string_view full_url;
    Medication medication;
  };
  std::vector<Entry> entries_;
};

/// Fills `order.medication` (of a MedicationRequest or MedicationStatement) from the Medication it
/// refers to, when it has no code of its own and that Medication is known.
template <class Order>
void resolve_medication(Order& order, const MedicationLookup& known) {
  if (!order.medication.codings.empty() || !order.medication_reference.is_present()) {
    return;
  }
  if (const auto* medication = known.find(order.medication_reference)) {
    order.medication = medication->codeable_concept();
  }
}

}  // namespace cdss::fhir
