#pragma once

#include <cstdint>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/compartment/patient_reference.hpp"

namespace cdss::fhir {

// Whose a resource is: another patient's (foreign), this patient's (shown), or not provable.
//
// * Patient: its id says, without one the fullUrl of its entry; without both it is not provable.
// * subject, patient, beneficiary, for: a reference to another Patient makes it foreign, one to
//   this Patient shows it; whatever else is there does not: Group, identifier, display, a search, a
//   contained resource, another server. All values of a list have to agree.
// * participant.actor, actor, individual, candidate, deliverTo: another Patient makes it foreign;
//   otherwise one that is this Patient is enough, and what is no patient does not count.
// * Person.link.target, Provenance.target: another Patient makes it foreign unless this one is
//   among them.
// * Nothing of these: nobody's, for Medication, Practitioner, Organization and the like; for any
//   other type see `if_not_stated`.
//
// A `urn:` that is the fullUrl of this Patient in the same Bundle shows it. Reference.type must not
// say otherwise. A contained resource needs no proof of its own and is foreign as any other; its id
// is local, so a contained Patient neither shows nor refuses. What may be about another person by
// its meaning does not count: Patient.link (other records of the same person), Observation.focus,
// Coverage.subscriber, authors, the relatives in a family history.

/// Whose the resources of `value` are: a resource, a Bundle, or a list of them. Looks into Bundles,
/// Parameters and contained resources; an object in the place of an array is taken for its one
/// element. Nothing is allocated for what is in order, and each member of a resource is looked at
/// once.
///
/// @param if_not_stated  what a resource that says nothing of a patient is taken for, where its type
///                       needs one: undetermined, or member, as the drafts in a context are by what
///                       their hook says.
/// @return the nodes of what cannot be shown to be the patient's, ascending, none inside another:
///         whole entries of Bundles and Parameters, else the resource.
/// Errors: Errc::malformed, with the path of the first resource or element that is another
/// patient's. Thread-safe.
/// Source: row PF-45; HL7 FHIR R4, CompartmentDefinition patient.
Result<std::vector<std::uint32_t>> check_patient_compartment(View value,
                                                             const PatientOfCall& patient,
                                                             Membership if_not_stated);

}  // namespace cdss::fhir
