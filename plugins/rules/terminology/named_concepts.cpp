#include "plugins/rules/terminology/named_concepts.hpp"

namespace cdss::rules {

Result<NamedConcepts> NamedConcepts::read(const Concepts& concepts, View where) {
  NamedConcepts named;
#define CDSS_READ(name) CDSS_TRY(named.name, concepts.require(#name, where));
  CDSS_NAMED_CONCEPTS(CDSS_READ)
#undef CDSS_READ
  return named;
}

}  // namespace cdss::rules
