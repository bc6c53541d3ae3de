#include "plugins/hip_replacement/assessment.hpp"

namespace cdss::hip_replacement {

std::string Assessment::name_of(rules::ConceptId id) const {
  return texts().of("concept." + knowledge.definitions.concepts.name(id));
}

}  // namespace cdss::hip_replacement
