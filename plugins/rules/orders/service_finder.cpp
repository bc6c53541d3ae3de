#include "plugins/rules/orders/service_finder.hpp"

#include <algorithm>
#include <iterator>

#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {

const ServiceRow* ServiceFinder::find(const Draft& draft, const TextList& what) const {
  const auto& rows = recognition.services;
  auto found = std::ranges::find_if(rows, [&](const ServiceRow& row) {
    return is_coded_as(row, draft.codeable_concept) && !has_any_word(draft.texts, row.never);
  });
  if (found == rows.end()) {
    found = std::ranges::find_if(rows,
                                 [&](const ServiceRow& row) { return is_said(row, draft, what); });
  }
  return found == rows.end() ? nullptr : &*found;
}

DraftKind ServiceFinder::kind_of_steroid(const Draft& draft, const DraftTexts& texts,
                                         bool is_parenteral) const {
  const auto is_affirmed = [&](const TextList& of, const std::vector<std::string_view>& words) {
    return find_assertion(of, words, recognition.negation) == Assertion::affirmed;
  };
  const auto& words = recognition.words;
  if (is_parenteral) {
    return is_affirmed(texts.places, words.aim) ? DraftKind::injection : DraftKind::medicine;
  }
  const bool is_said_parenteral = is_affirmed(draft.texts, words.parenteral);
  const bool has_aim = is_affirmed(draft.texts, words.aim);
  if (is_said_parenteral && !has_aim) {
    return DraftKind::medicine;
  }
  const auto* row = find(draft, draft.texts);
  if (row != nullptr && (row->kind == DraftKind::injection || row->kind == DraftKind::needle)) {
    return row->kind;
  }
  return is_said_parenteral ? DraftKind::injection : DraftKind::medicine;
}

bool ServiceFinder::is_coded_as(const ServiceRow& row,
                                const fhir::CodeableConcept& codeable_concept) const {
  return definitions.concepts.has_any(row.concepts, codeable_concept);
}

bool ServiceFinder::is_said(const ServiceRow& row, const Draft& draft, const TextList& what) const {
  if (!is_ordered(row, what) || has_any_word(draft.texts, row.unless_beside)) {
    return false;
  }
  if (names_medicine(row, draft)) {
    return true;
  }
  const bool is_for_psoas =
      row.kind == DraftKind::injection &&
      std::ranges::any_of(draft.reasons, [&](const fhir::CodeableConcept& reason) {
        return has_any_word(reason.words(), recognition.words.psoas);
      });
  const bool is_beside =
      row.beside.empty() || is_for_psoas || has_any_word(draft.texts, row.beside);
  const bool is_something_else =
      has_any_word(what, row.unless) && (!has_any_word(what, row.despite) || is_imaging(what));
  return is_beside && !is_something_else;
}

bool ServiceFinder::is_ordered(const ServiceRow& row, const TextList& what) const {
  TextList texts;
  std::ranges::copy_if(what, std::back_inserter(texts), [&](std::string_view text) {
    return !begins_with_any_word(text, row.unless_first);
  });
  return find_assertion(texts, row.words, recognition.negation) == Assertion::affirmed &&
         find_assertion(texts, row.words, recognition.aside) == Assertion::affirmed;
}

bool ServiceFinder::is_imaging(const TextList& what) const {
  const auto& words = recognition.words;
  return std::ranges::any_of(what, [&](std::string_view text) {
    const auto rest = without(text, words.guiding);
    return begins_with_any_word(rest, words.mri) ||
           (has_any_word(rest, words.imaging) && has_any_word(text, words.contrast));
  });
}

bool ServiceFinder::names_steroid(const Draft& draft) const {
  return find_assertion(draft.texts, recognition.words.steroid, recognition.negation) ==
             Assertion::affirmed ||
         names_class("corticosteroid", draft);
}

bool ServiceFinder::names_medicine(const ServiceRow& row, const Draft& draft) const {
  return !row.medicines.empty() &&
         (names_steroid(draft) || std::ranges::any_of(row.medicines, [&](std::string_view one) {
            return names_class(one, draft);
          }));
}

bool ServiceFinder::names_class(std::string_view medicine_class, const Draft& draft) const {
  return std::ranges::any_of(draft.texts, [&](std::string_view text) {
    const fhir::CodeableConcept words{.codings = {}, .text = text};
    const auto medicines = definitions.pharmacy.recognise(definitions.concepts, words);
    return std::ranges::any_of(medicines,
                               [&](const auto* one) { return one->is_of(medicine_class); });
  });
}

}  // namespace cdss::rules
