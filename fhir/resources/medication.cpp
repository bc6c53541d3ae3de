#include "fhir/resources/medication.hpp"

#include <string_view>

#include "fhir/resources/bundle.hpp"
#include "fhir/resources/medication_choice.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

/// An ingredient as R4 (itemCodeableConcept) or R5 (item.concept) gives it.
struct Ingredient {
  CodeableConcept item;
};

constexpr detail::Field<Ingredient> kIngredientFields[] = {
    detail::field<&Ingredient::item>("itemCodeableConcept"),
    detail::field_read_by<Ingredient>("item",
                                      [](Ingredient& out, std::string_view, View value) {
                                        Reference ignored;
                                        return detail::read_codeable_reference(value, out.item,
                                                                               ignored);
                                      }),
};

Result<void> read_ingredients(Medication& out, std::string_view /*suffix*/, View value) {
  return detail::for_each_element(value, [&](View element) -> Result<void> {
    Ingredient ingredient;
    CDSS_CHECK(detail::read_members(element, ingredient, kIngredientFields));
    if (!ingredient.item.is_empty()) {
      out.ingredient.push_back(std::move(ingredient.item));
    }
    return {};
  });
}

constexpr detail::Field<Medication> kFields[] = {
    detail::field<&Medication::code>("code"),
    detail::field_read_by<Medication>("ingredient", read_ingredients),
};

}  // namespace

Result<Medication> Medication::read(View resource) {
  return detail::read_resource(resource, kFields);
}

void MedicationLookup::add(View bundle_or_resource) {
  for_each_entry(bundle_or_resource, [&](View resource, std::string_view full_url) {
    if (resource_type(resource) != "Medication") {
      return;
    }
    if (auto medication = Medication::read(resource)) {
      entries_.push_back({full_url, *std::move(medication)});
    }
  });
}

const Medication* MedicationLookup::find(const Reference& reference) const {
  for (const auto& [full_url, medication] : entries_) {
    const bool by_url = !full_url.empty() && full_url == reference.text;
    if (by_url || reference.is_to("Medication", medication.id)) {
      return &medication;
    }
  }
  return nullptr;
}

CodeableConcept Medication::codeable_concept() const {
  CodeableConcept all = code;
  for (const CodeableConcept& one : ingredient) {
    all.codings.insert(all.codings.end(), one.codings.begin(), one.codings.end());
    if (!one.text.empty()) {
      all.codings.push_back({{}, {}, one.text});
    }
  }
  return all;
}

namespace detail {
namespace {

struct CodeableReference {
  CodeableConcept codeable_concept;
  Reference reference;
};

constexpr Field<CodeableReference> kCodeableReferenceFields[] = {
    field<&CodeableReference::codeable_concept>("concept"),
    field<&CodeableReference::reference>("reference"),
};

}  // namespace

Result<void> read_codeable_reference(View value, CodeableConcept& codeable_concept,
                                     Reference& reference) {
  CodeableReference read;
  CDSS_CHECK(read_members(value, read, kCodeableReferenceFields));
  codeable_concept = std::move(read.codeable_concept);
  reference = read.reference;
  return {};
}

Result<CodeableConcept> read_contained_medication(View resource, const Reference& reference) {
  CodeableConcept code;
  const auto contained = resource.find("contained");
  if (!contained || contained->is_null() || reference.id.empty()) {
    return code;
  }
  CDSS_CHECK(for_each_element(*contained, [&](View element) -> Result<void> {
    if (element.text_or_empty("id") == reference.id && resource_type(element) == "Medication") {
      CDSS_TRY(auto medication, Medication::read(element));
      code = medication.codeable_concept();
    }
    return {};
  }));
  return code;
}

}  // namespace detail
}  // namespace cdss::fhir
