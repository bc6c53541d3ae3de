#pragma once

#include <string_view>

#include "core/json/view.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::fhir {

/// A code in a system. Borrows from the Document it was read from.
struct Coding {
  std::string_view system;   ///< canonical_system() of what was written; empty when absent
  std::string_view code;     ///< as written; empty when absent
  std::string_view display;  ///< for people; never to be matched

  /// Same system and same code. A Coding without system or code is the same as none.
  /// ICD-10 codes are compared without dot and case.
  bool same_as(const Coding& other) const;
};

constexpr Coding snomed(std::string_view code) {
  return {kSnomed, code, {}};
}
constexpr Coding loinc(std::string_view code) {
  return {kLoinc, code, {}};
}
constexpr Coding hip_exam(std::string_view code) {
  return {kHipExam, code, {}};
}

/// Errors: Errc::malformed when `value` is no object or system or code is not text. A display that
/// is not text is left empty.
/// Source: HL7 FHIR R4, Data Types, "Coding".
Result<Coding> read_coding(View value);

}  // namespace cdss::fhir
