#include "plugins/rules/observed.hpp"

namespace cdss::rules {

fhir::EventTime when_of(const fhir::Observation& observation) {
  return !observation.effective.is_present() && observation.issued
             ? fhir::EventTime::on(*observation.issued)
             : observation.effective;
}

}  // namespace cdss::rules
