#include "plugins/hip_replacement/told.hpp"

namespace cdss::hip_replacement {

std::string Told::name_of(rules::ConceptId id) const {
  return texts().of("concept." + facts.knowledge.concepts.name(id));
}

}  // namespace cdss::hip_replacement
