#include "plugins/rules/orders/tolerant_fhir.hpp"

#include "fhir/types/reference.hpp"

namespace cdss::rules {
namespace {

fhir::CodeableConcept meaning_of(View value) {
  fhir::CodeableConcept codeable_concept;
  codeable_concept.text = value.text_or_empty("text");
  for_each(value.find("coding"), [&](View element) {
    const auto coding = fhir::read_coding(element);
    codeable_concept.codings.push_back(
        coding
            ? *coding
            : fhir::Coding{.system = {}, .code = {}, .display = element.text_or_empty("display")});
  });
  return codeable_concept;
}

/// The Medication in `contained` of that id; empty when it is not there.
fhir::CodeableConcept contained_medication(View order, std::string_view id) {
  fhir::CodeableConcept codeable_concept;
  for_each(order.find("contained"), [&](View resource) {
    if (codeable_concept.is_empty() && resource.text_or_empty("id") == id) {
      if (const auto medication = fhir::Medication::read(resource)) {
        codeable_concept = medication->codeable_concept();
      }
    }
  });
  return codeable_concept;
}

fhir::CodeableConcept referred_medication(View order, View value,
                                          const fhir::MedicationLookup& known) {
  const auto reference = fhir::read_reference(value);
  fhir::CodeableConcept codeable_concept;
  if (reference && reference->kind == fhir::Reference::Kind::contained) {
    codeable_concept = contained_medication(order, reference->id);
  } else if (const auto* medication = reference ? known.find(*reference) : nullptr) {
    codeable_concept = medication->codeable_concept();
  }
  if (codeable_concept.is_empty()) {
    codeable_concept.text = value.text_or_empty("display");
  }
  return codeable_concept;
}

}  // namespace

fhir::CodeableConcept read_codeable_concept(View resource, std::string_view name) {
  const auto value = resource.find(name);
  return value ? meaning_of(*value) : fhir::CodeableConcept{};
}

fhir::CodeableConcepts read_codeable_concepts(View resource, std::string_view name) {
  fhir::CodeableConcepts meanings;
  for_each(resource.find(name), [&](View value) { meanings.push_back(meaning_of(value)); });
  return meanings;
}

std::string read_plain_reference(View reference) {
  const auto parsed = fhir::Reference::parse(reference.text_or_empty("reference"));
  const bool is_plain = parsed.kind == fhir::Reference::Kind::relative ||
                        parsed.kind == fhir::Reference::Kind::absolute;
  return is_plain && !parsed.type.empty() && !parsed.id.empty()
             ? std::string{parsed.type} + "/" + std::string{parsed.id}
             : std::string{};
}

fhir::CodeableConcept read_medication_of(View order, const fhir::MedicationLookup& known) {
  auto codeable_concept = read_codeable_concept(order, "medicationCodeableConcept");
  const auto of_r5 = order.find("medication");
  if (codeable_concept.is_empty() && of_r5) {
    codeable_concept = read_codeable_concept(*of_r5, "concept");
  }
  auto reference = order.find("medicationReference");
  if (!reference && of_r5) {
    reference = of_r5->find("reference");
  }
  return codeable_concept.is_empty() && reference ? referred_medication(order, *reference, known)
                                                  : codeable_concept;
}

}  // namespace cdss::rules
