#pragma once

// For the .cpp files of this folder only.

#include "fhir/resources/observation.hpp"
#include "fhir/types/event_time.hpp"

namespace cdss::rules {

/// When the observation was made; when it does not say, when it was issued.
fhir::EventTime when_of(const fhir::Observation& observation);

}  // namespace cdss::rules
