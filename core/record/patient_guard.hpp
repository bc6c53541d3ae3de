#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/hooks/request/request.hpp"
#include "core/json/view.hpp"
#include "fhir/compartment/patient_reference.hpp"

namespace cdss::record {

/// What of a call cannot be shown to be its patient's and must be excluded (copy_of in core/json).
struct Excluded {
  std::vector<std::uint32_t> nodes;  ///< of the request's document, ascending, none inside another
  std::vector<std::string> keys;     ///< of prefetch: they hold less than was sent
  std::size_t drafts = 0;            ///< resources of the context among `nodes`

  bool is_empty() const { return nodes.empty(); }
};

/// Whether all that a call holds is its patient's: prefetch, every resource in the context, and
/// fhirAuthorization.patient (FA-08). Looks into Bundles, Parameters and contained resources; an
/// object in the place of an array is taken for its one element.
///
/// Nothing is allocated for what is in order, and each member of a resource is looked at once.
///
/// @return what is to be excluded; empty for a call that is in order.
/// Errors: Errc::malformed, with the path of the first resource or element that is another
/// patient's: the call must be refused. Thread-safe.
/// Source: row PF-45; HL7 FHIR R4, CompartmentDefinition patient.
Result<Excluded> check_patient(const hooks::HookRequest& request);

}  // namespace cdss::record
