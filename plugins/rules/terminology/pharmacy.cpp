#include "plugins/rules/terminology/pharmacy.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

/// Calls `visit(word)` with each run of letters, in lower case. Longer runs than any name are cut.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  std::string word;
  for (const char c : text) {
    if (is_letter(c)) {
      word += lower(c);
    } else if (!word.empty()) {
      visit(word);
      word.clear();
    }
  }
  if (!word.empty()) {
    visit(word);
  }
}

/// Three letters in a row, which no code or strength has by itself.
bool has_letters(std::string_view text) {
  constexpr int kWord = 3;
  int run = 0;
  for (const char c : text) {
    run = is_letter(c) ? run + 1 : 0;
    if (run == kWord) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool MedicineDefinition::is_of(std::string_view medicine_class) const {
  return std::ranges::find(classes, medicine_class) != classes.end();
}

Result<Pharmacy> Pharmacy::read(const Concepts& concepts, View knowledge) {
  Pharmacy pharmacy;
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
    for (const std::string& one : definition.names) {
      bool is_first = true;
      for_each_word(one, [&](const std::string& word) {
        if (is_first) {
          pharmacy.by_first_word_[word].push_back(pharmacy.definitions_.size());
        }
        is_first = false;
      });
    }
    pharmacy.definitions_.push_back(std::move(definition));
  }
  return pharmacy;
}

void Pharmacy::add_named(std::string_view text, std::set<std::size_t>& into) const {
  for_each_word(text, [&](const std::string& word) {
    const auto begun = by_first_word_.find(word);
    if (begun == by_first_word_.end()) {
      return;
    }
    for (const std::size_t index : begun->second) {
      const auto& names = definitions_[index].names;
      if (std::ranges::any_of(names, [&](const auto& name) { return has_word(text, name); })) {
        into.insert(index);
      }
    }
  });
}

bool Pharmacy::has_class(std::string_view medicine_class) const {
  return std::ranges::any_of(definitions_, [&](const MedicineDefinition& definition) {
    return definition.is_of(medicine_class);
  });
}

std::vector<const MedicineDefinition*> Pharmacy::recognise(
    const Concepts& concepts, const fhir::CodeableConcept& codeable_concept) const {
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

bool Pharmacy::is_readable(const fhir::CodeableConcept& codeable_concept) {
  return has_letters(codeable_concept.text) ||
         std::ranges::any_of(codeable_concept.codings, [](const fhir::Coding& coding) {
           return has_letters(coding.display);
         });
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
