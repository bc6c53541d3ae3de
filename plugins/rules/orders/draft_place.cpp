#include "plugins/rules/orders/draft_place.hpp"

#include <algorithm>
#include <string>

#include "core/base/text/ascii.hpp"
#include "plugins/rules/orders/tolerant_fhir.hpp"
#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

/// Hip or elsewhere; a prosthesis of the hip is no place of an order that names another.
Site place_of(const DraftWords& words, const TextList& texts) {
  const bool is_elsewhere = has_any_word(texts, words.elsewhere);
  const bool is_hip = std::ranges::any_of(texts, [&](std::string_view text) {
    return is_elsewhere ? has_any_word(without(text, words.hip_implant), words.hip)
                        : has_any_word(text, words.hip);
  });
  return is_hip ? Site::hip : is_elsewhere ? Site::elsewhere : Site::unknown;
}

/// What the first reason that names a place says.
Site place_of_reasons(const DraftWords& words, const fhir::CodeableConcepts& reasons) {
  for (const auto& reason : reasons) {
    TextList texts;
    add_texts(reason, texts);
    if (has_any_word(texts, words.psoas)) {
      return Site::psoas;
    }
    if (const auto place = place_of(words, texts); place != Site::unknown) {
      return place;
    }
  }
  return Site::unknown;
}

/// Notes tell how it is to be done, but speak of other places too.
TextList with_notes(const Draft& draft) {
  auto texts = draft.texts;
  for_each(draft.resource.find("note"),
           [&](View note) { add_text(note.text_or_empty("text"), texts); });
  return texts;
}

void read_site(const DraftWords& words, const DraftTexts& texts, Draft& draft) {
  if (draft.site == Site::psoas) {
    return;
  }
  if (has_any_word(texts.what, words.psoas) || has_any_word(texts.places, words.psoas)) {
    draft.site = Site::psoas;
    return;
  }
  for (const auto* of : {&texts.places, &texts.what, &texts.details}) {
    if (draft.site == Site::unknown) {
      draft.site = place_of(words, *of);
    }
  }
  if (draft.site == Site::elsewhere) {
    return;
  }
  const auto of_reasons = place_of_reasons(words, draft.reasons);
  if (has_any_word(texts.details, words.psoas) || of_reasons == Site::psoas) {
    draft.site = Site::psoas;
  } else if (draft.site == Site::unknown) {
    draft.site = of_reasons;
  }
}

}  // namespace

std::string without(std::string_view text, const std::vector<std::string_view>& words) {
  std::string left{text};
  for (const auto word : words) {
    const auto same = [](char a, char b) { return lower(a) == b; };
    auto found = std::search(left.begin(), left.end(), word.begin(), word.end(), same);
    while (found != left.end()) {
      found = left.erase(found, found + static_cast<std::ptrdiff_t>(word.size()));
      found = std::search(found, left.end(), word.begin(), word.end(), same);
    }
  }
  return left;
}

TextList DraftTexts::all() const {
  auto texts = what;
  texts.insert(texts.end(), places.begin(), places.end());
  texts.insert(texts.end(), details.begin(), details.end());
  return texts;
}

void add_text(std::string_view text, TextList& into) {
  if (!text.empty()) {
    into.push_back(text);
  }
}

void add_texts(const fhir::CodeableConcept& codeable_concept, TextList& into) {
  add_text(codeable_concept.text, into);
  for (const auto& coding : codeable_concept.codings) {
    add_text(coding.display, into);
  }
}

bool has_any_word(const TextList& texts, const std::vector<std::string_view>& words) {
  return std::ranges::any_of(texts,
                             [&](std::string_view text) { return has_any_word(text, words); });
}

void read_place(const Recognition& recognition, const DraftTexts& texts, Draft& draft) {
  const auto& words = recognition.words;
  read_site(words, texts, draft);
  const auto told = with_notes(draft);
  draft.has_metal_protocol =
      find_assertion(told, words.metal, recognition.negation) == Assertion::affirmed;
  if (draft.guidance != Guidance::not_stated) {
    return;
  }
  const auto guided = find_assertion(told, words.guided, recognition.negation);
  if (guided == Assertion::denied ||
      find_assertion(told, words.unguided, recognition.negation) == Assertion::affirmed) {
    draft.guidance = Guidance::unguided;
  } else if (guided == Assertion::affirmed) {
    draft.guidance = Guidance::guided;
  }
}

}  // namespace cdss::rules
