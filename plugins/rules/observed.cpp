#include "plugins/rules/observed.hpp"

namespace cdss::rules {

fhir::When when_of(const fhir::Observation& observation) {
  return !observation.effective.is_present() && observation.issued
             ? fhir::When::on(*observation.issued)
             : observation.effective;
}

}  // namespace cdss::rules
