#pragma once

#include <string_view>

namespace cdss::fhir {

// Code systems by the URI that HL7 gives them. Source: HL7 Terminology (THO), external code
// systems.
inline constexpr std::string_view kSnomed = "http://snomed.info/sct";
inline constexpr std::string_view kLoinc = "http://loinc.org";
inline constexpr std::string_view kRxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
inline constexpr std::string_view kCpt = "http://www.ama-assn.org/go/cpt";
inline constexpr std::string_view kIcd10Cm = "http://hl7.org/fhir/sid/icd-10-cm";
inline constexpr std::string_view kIcd10Pcs = "http://www.cms.gov/Medicare/Coding/ICD10";
inline constexpr std::string_view kIcd10 = "http://hl7.org/fhir/sid/icd-10";
inline constexpr std::string_view kAtc = "http://www.whocc.no/atc";
inline constexpr std::string_view kUcum = "http://unitsofmeasure.org";
/// Ours: items of the hip examination form.
inline constexpr std::string_view kHipExam = "https://psoas-cds.github.io/fhir/CodeSystem/hip-exam";

/// The one URI we use for a code system that is known by several (its OID as a URN, an older URI,
/// https in place of http, a slash at the end); any other text is given back as it is. The German
/// modification of ICD-10 counts as ICD-10. Thread-safe.
std::string_view canonical_system(std::string_view system);

/// Is it one of the code systems above? `system` must be canonical. Thread-safe.
bool is_known_system(std::string_view system);

/// Codes of this system are letters and digits in a hierarchy by prefix, in which the dot and the
/// case mean nothing: ICD-10-CM, ICD-10-PCS and ICD-10. `system` must be canonical. Thread-safe.
bool is_prefix_hierarchy(std::string_view system);

}  // namespace cdss::fhir
