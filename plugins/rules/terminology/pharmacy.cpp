#include "plugins/rules/terminology/pharmacy.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

/// By how many letters the beginnings of words are looked up.
constexpr std::size_t kFirstLetters = 4;

/// Calls `visit(word)` with each run of letters of a folded text.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  std::string word;
  for (const char c : text) {
    if (is_letter(c)) {
      word += c;
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
    CDSS_TRY(definition.unless, optional_strings(row, "unless"));
    CDSS_CHECK(pharmacy.index_names(row, definition));
    pharmacy.definitions_.push_back(std::move(definition));
  }
  return pharmacy;
}

Result<void> Pharmacy::index_names(View row, const MedicineDefinition& definition) {
  const std::size_t index = definitions_.size();
  for (const std::string& name : definition.names) {
    std::string_view letters = name;
    const bool is_beginning = letters.ends_with('*');
    const bool is_ending = letters.starts_with('*');
    letters.remove_suffix(is_beginning ? 1 : 0);
    letters.remove_prefix(is_ending ? 1 : 0);
    const bool is_part = is_beginning || is_ending;
    if (folded(letters) != letters || (is_beginning && is_ending) ||
        (is_part && (letters.size() < kFirstLetters || !std::ranges::all_of(letters, is_letter)))) {
      return row.error_at("names", Errc::malformed,
                          "must hold names in lower case without accents, or at least four letters "
                          "with a * at one end");
    }
    if (is_beginning) {
      beginnings_[std::string{letters.substr(0, kFirstLetters)}].push_back(
          {std::string{letters}, index});
    } else if (is_ending) {
      endings_.push_back({std::string{letters}, index});
    } else {
      const auto start = std::ranges::find_if(letters, is_letter);
      const auto end = std::find_if_not(start, letters.end(), is_letter);
      by_first_word_[std::string{start, end}].push_back(index);
    }
  }
  return {};
}

/// Does the text hold one of the names that are whole words?
bool Pharmacy::is_named(std::string_view text, std::size_t index) const {
  return std::ranges::any_of(definitions_[index].names,
                             [&](const std::string& name) { return has_word(text, name); });
}

void Pharmacy::add_named(std::string_view display, std::set<std::size_t>& into) const {
  const std::string text = folded(display);
  std::set<std::size_t> found;
  for_each_word(text, [&](const std::string& word) {
    bool is_named_whole = false;
    const auto add = [&](std::size_t index) {
      found.insert(index);
      is_named_whole = true;
    };
    if (const auto begun = by_first_word_.find(word); begun != by_first_word_.end()) {
      for (const std::size_t index : begun->second) {
        if (is_named(text, index)) {
          add(index);
        }
      }
    }
    if (const auto begun = beginnings_.find(word.substr(0, kFirstLetters));
        begun != beginnings_.end()) {
      for (const WordPart& part : begun->second) {
        if (word.starts_with(part.letters)) {
          add(part.definition);
        }
      }
    }
    for (const WordPart& part : endings_) {  // an ending is for names that are not listed
      if (!is_named_whole && word.ends_with(part.letters)) {
        found.insert(part.definition);
      }
    }
  });
  std::ranges::copy_if(found, std::inserter(into, into.end()), [&](std::size_t index) {
    return std::ranges::none_of(definitions_[index].unless,
                                [&](const std::string& word) { return has_word(text, word); });
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
