#include "fhir/types/coding.hpp"

#include <algorithm>
#include <string_view>

#include "core/base/text/ascii.hpp"
#include "fhir/types/reading.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::fhir {
namespace {

struct SystemName {
  std::string_view name;  ///< without http:// or https://, and without a slash at its end
  std::string_view uri;
};

// Every name of a code system that is read. Source: HL7 OID registry; HL7 Terminology (THO);
// fhir.de base profiles, for the German modification of ICD-10. The icd10data.com URI is the one
// that US Core gave ICD-10-PCS before the CMS one.
constexpr SystemName kSystemNames[] = {
    {"snomed.info/sct", kSnomed},
    {"hl7.org/fhir/sid/icd-10-cm", kIcd10Cm},
    {"loinc.org", kLoinc},
    {"www.nlm.nih.gov/research/umls/rxnorm", kRxNorm},
    {"www.ama-assn.org/go/cpt", kCpt},
    {"www.cms.gov/Medicare/Coding/ICD10", kIcd10Pcs},
    {"hl7.org/fhir/sid/icd-10", kIcd10},
    {"www.whocc.no/atc", kAtc},
    {"unitsofmeasure.org", kUcum},
    {"urn:oid:2.16.840.1.113883.6.96", kSnomed},
    {"urn:oid:2.16.840.1.113883.6.1", kLoinc},
    {"urn:oid:2.16.840.1.113883.6.88", kRxNorm},
    {"urn:oid:2.16.840.1.113883.6.12", kCpt},
    {"urn:oid:2.16.840.1.113883.6.90", kIcd10Cm},
    {"urn:oid:2.16.840.1.113883.6.4", kIcd10Pcs},
    {"hl7.org/fhir/sid/icd-10-pcs", kIcd10Pcs},
    {"www.icd10data.com/icd10pcs", kIcd10Pcs},
    {"urn:oid:2.16.840.1.113883.6.3", kIcd10},
    {"fhir.de/CodeSystem/bfarm/icd-10-gm", kIcd10},
    {"fhir.de/CodeSystem/dimdi/icd-10-gm", kIcd10},
    {"urn:oid:2.16.840.1.113883.6.73", kAtc},
    {"urn:oid:2.16.840.1.113883.6.8", kUcum},
};

/// What does not tell two systems apart: http and https, and a slash at the end.
std::string_view bare(std::string_view system) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (system.starts_with(scheme)) {
      system.remove_prefix(scheme.size());
      break;
    }
  }
  if (system.ends_with('/')) {
    system.remove_suffix(1);
  }
  return system;
}

/// Are these the same letters and digits, dots and case apart.
bool same_without_dots(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (true) {
    while (i < a.size() && a[i] == '.') {
      ++i;
    }
    while (j < b.size() && b[j] == '.') {
      ++j;
    }
    if (i == a.size() || j == b.size()) {
      return i == a.size() && j == b.size();
    }
    if (upper(a[i++]) != upper(b[j++])) {
      return false;
    }
  }
}

}  // namespace

std::string_view canonical_system(std::string_view system) {
  const auto* const row = std::ranges::find(kSystemNames, bare(system), &SystemName::name);
  return row == std::end(kSystemNames) ? system : row->uri;
}

bool is_known_system(std::string_view system) {
  return system == kHipExam ||
         std::ranges::find(kSystemNames, system, &SystemName::uri) != std::end(kSystemNames);
}

bool is_prefix_hierarchy(std::string_view system) {
  return system == kIcd10Cm || system == kIcd10Pcs || system == kIcd10;
}

bool Coding::same_as(const Coding& other) const {
  if (system.empty() || code.empty() || other.system.empty() || system != other.system) {
    return false;
  }
  return is_prefix_hierarchy(system) ? same_without_dots(code, other.code) : code == other.code;
}

Result<Coding> read_coding(View value) {
  static constexpr detail::Field<Coding> kFields[] = {
      detail::field<&Coding::system>("system"),
      detail::field<&Coding::code>("code"),
      detail::words_field<&Coding::display>("display"),
  };
  Coding coding;
  CDSS_CHECK(detail::read_members(value, coding, kFields));
  coding.system = canonical_system(coding.system);
  return coding;
}

}  // namespace cdss::fhir
