#pragma once

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/compartment/patient_reference.hpp"

namespace cdss::hooks {

/// Checks one action of a suggestion, or one system action, as a plugin wrote it.
///
/// A resource must be shown to be the patient's by the judgement that what comes in is held to
/// (check_patient_compartment), and name no other Patient anywhere, also where that would not make it
/// foreign. No Patient is deleted.
///
/// @param patient  of the call; an empty id lets no resource name a patient.
/// Errors: Errc::missing, Errc::malformed for a member that is absent or not as it must be;
///         Errc::missing for a resource of a type that belongs to a patient and does not say whose
///         it is; Errc::unsupported for a resource that names another patient, does not name its
///         own by a reference, or would make a new one, and for a description with HTML.
/// Source: rows ACT-01 to ACT-10, SYS-01, SYS-03, SUG-12.
Result<void> check_action(View action, const fhir::PatientOfCall& patient);

}  // namespace cdss::hooks
