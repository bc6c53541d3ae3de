#include "fhir/types/codeable_concept.hpp"

#include <algorithm>
#include <utility>

#include "fhir/types/reading.hpp"

namespace cdss::fhir {

bool CodeableConcept::has(const Coding& coding) const {
  return std::ranges::any_of(codings, [&](const Coding& one) { return one.same_as(coding); });
}

std::string_view CodeableConcept::words() const {
  if (!text.empty()) {
    return text;
  }
  const auto shown =
      std::ranges::find_if(codings, [](const Coding& coding) { return !coding.display.empty(); });
  return shown == codings.end() ? std::string_view{} : shown->display;
}

Result<CodeableConcept> read_codeable_concept(View value) {
  static constexpr detail::Field<CodeableConcept> kFields[] = {
      detail::field_read_by<CodeableConcept>(
          "coding",
          [](CodeableConcept& out, std::string_view, View codings) {
            return detail::for_each_element(codings, [&](View element) -> Result<void> {
              CDSS_TRY(const auto coding, read_coding(element));
              out.codings.push_back(coding);
              return {};
            });
          }),
      detail::words_field<&CodeableConcept::text>("text"),
  };
  CodeableConcept codeable_concept;
  CDSS_CHECK(detail::read_members(value, codeable_concept, kFields));
  return codeable_concept;
}

Result<CodeableConcepts> read_codeable_concepts(View value) {
  CodeableConcepts concepts;
  CDSS_CHECK(detail::for_each_element(value, [&](View element) -> Result<void> {
    CDSS_TRY(auto codeable_concept, read_codeable_concept(element));
    concepts.push_back(std::move(codeable_concept));
    return {};
  }));
  return concepts;
}

}  // namespace cdss::fhir
