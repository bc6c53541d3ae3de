#include "plugins/rules/terminology/pharmacy.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
bool MedicineDefinition::is_of(std::string_view medicine_class) const {
  return std::ranges::find(classes, medicine_class) != classes.end();
}

Result<Pharmacy> Pharmacy::read(const Concepts& concepts, View knowledge, View harmless) {
  Pharmacy pharmacy;
  CDSS_TRY(pharmacy.harmless_, HarmlessNames::read(harmless));
  CDSS_TRY(const auto forms, knowledge.at("forms"));
  CDSS_TRY(const auto not_local, optional_strings(forms, "classes"));
  CDSS_TRY(pharmacy.systemic_forms_, optional_strings(forms, "systemic"));
  CDSS_TRY(pharmacy.local_forms_, optional_strings(forms, "not_systemic"));
  CDSS_TRY(const auto rows, array_at(knowledge, "rows"));
  for (const View row : rows.elements()) {
    MedicineDefinition definition;
    CDSS_TRY(definition.id, row.required_string("id"));
    CDSS_TRY(definition.text, row.required_string("text"));
    CDSS_TRY(definition.names, optional_strings(row, "names"));
    CDSS_TRY(definition.classes, optional_strings(row, "classes"));
    std::ranges::copy_if(definition.classes, std::back_inserter(definition.local_classes),
                         [&](const std::string& one) {
                           return std::ranges::find(not_local, one) == not_local.end();
                         });
    CDSS_TRY(const auto name, row.optional_string("concept"));
    if (name) {
      CDSS_TRY(definition.concept_id, concepts.require(*name, row));
    }
    CDSS_TRY(definition.unless, optional_strings(row, "unless"));
    CDSS_CHECK(pharmacy.index_names(row, definition));
    pharmacy.definitions_.push_back(std::move(definition));
  }
  return pharmacy;
}

Result<void> Pharmacy::index_names(View row, const MedicineDefinition& definition) {
  for (const std::string& name : definition.names) {
    if (!names_.add(name, definitions_.size())) {
      return row.error_at("names", Errc::malformed,
                          "must hold names in lower case without accents, or at least four letters "
                          "with a * at one end");
    }
  }
  return {};
}

void Pharmacy::add_named(std::string_view display, std::set<std::size_t>& into) const {
  for (const auto& found : names_.find(display)) {
    if (std::ranges::none_of(definitions_[found.owner].unless,
                             [&](const std::string& word) { return has_word(display, word); })) {
      into.insert(found.owner);
    }
  }
}

const MedicineDefinition* Pharmacy::find(std::string_view id) const {
  return find_by_id(definitions_, id);
}

bool Pharmacy::has_class(std::string_view medicine_class) const {
  return std::ranges::any_of(definitions_, [&](const MedicineDefinition& definition) {
    return definition.is_of(medicine_class);
  });
}

std::vector<const MedicineDefinition*> Pharmacy::recognise(
    const Concepts& concepts, const fhir::CodeableConcept& codeable_concept) const {
  if (const auto rest = harmless_.rest_beside_none(codeable_concept)) {
    return recognise(concepts, *rest);
  }
  std::set<std::size_t> named;  // in the order of the definitions
  add_named(codeable_concept.text, named);
  for (const fhir::Coding& coding : codeable_concept.codings) {
    add_named(coding.display, named);
  }
  for (const Concepts::Match& match : concepts.of(codeable_concept)) {
    const auto coded = std::ranges::find(definitions_, match.id, &MedicineDefinition::concept_id);
    if (coded != definitions_.end()) {
      named.insert(static_cast<std::size_t>(coded - definitions_.begin()));
    }
  }
  std::vector<const MedicineDefinition*> found;
  for (const std::size_t index : named) {
    found.push_back(&definitions_[index]);
  }
  return found;
}

/// Named, but beside a word that makes it another thing?
bool Pharmacy::is_set_aside(const fhir::CodeableConcept& codeable_concept) const {
  const auto is_named = [&](std::string_view text) {
    return std::ranges::any_of(names_.find(text),
                               [](const NameIndex::Found& found) { return !found.is_by_ending; });
  };
  return is_named(codeable_concept.text) ||
         std::ranges::any_of(codeable_concept.codings,
                             [&](const fhir::Coding& coding) { return is_named(coding.display); });
}

bool Pharmacy::is_harmless_medicine(const fhir::CodeableConcept& codeable_concept) const {
  return harmless_.names_medicine(codeable_concept) || is_set_aside(codeable_concept) ||
         harmless_.rest_beside_none(codeable_concept);
}

bool Pharmacy::is_harmless_allergen(const fhir::CodeableConcept& codeable_concept) const {
  return harmless_.names_allergen(codeable_concept) || is_harmless_medicine(codeable_concept);
}

bool Pharmacy::is_local(const fhir::CodeableConcept& codeable_concept,
                        const fhir::CodeableConcepts& routes) const {
  const auto has_one = [](const fhir::CodeableConcept& words, const std::vector<std::string>& of) {
    return std::ranges::any_of(of, [&](const std::string& word) {
      return has_word(words.text, word) ||
             std::ranges::any_of(words.codings, [&](const fhir::Coding& coding) {
               return has_word(coding.display, word);
             });
    });
  };
  const auto is_said = [&](const std::vector<std::string>& forms) {
    return has_one(codeable_concept, forms) ||
           std::ranges::any_of(routes, [&](const auto& route) { return has_one(route, forms); });
  };
  return is_said(local_forms_) && !is_said(systemic_forms_);
}

}  // namespace cdss::rules
