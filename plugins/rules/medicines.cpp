#include "plugins/rules/medicines.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fhir/resources/allergy_intolerance.hpp"
#include "fhir/resources/medication_request.hpp"
#include "fhir/resources/medication_statement.hpp"
#include "fhir/resources/read_all.hpp"
#include "plugins/rules/reading.hpp"
#include "plugins/rules/words.hpp"

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

bool Medicine::is_of(std::string_view medicine_class) const {
  return is_local ? std::ranges::find(definition->local_classes, medicine_class) !=
                        definition->local_classes.end()
                  : definition->is_of(medicine_class);
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

const MedicineDefinition* Pharmacy::find(std::string_view id) const {
  const auto found = std::ranges::find(definitions_, id, &MedicineDefinition::id);
  return found == definitions_.end() ? nullptr : &*found;
}

/// Sorts orders and statements into what is taken and what was.
struct Medicines::Reader {
  const Pharmacy& pharmacy;
  const Concepts& concepts;
  Medicines read;

  /// @param taking  none when it is no longer taken.
  void add(const fhir::CodeableConcept& medication, const fhir::CodeableConcepts& routes,
           Finding finding, std::optional<Taking> taking) {
    const auto definitions = pharmacy.recognise(concepts, medication);
    if (definitions.empty() && taking && !Pharmacy::is_readable(medication)) {
      read.unreadable_.push_back(std::move(finding));
      return;
    }
    const bool is_local = !definitions.empty() && pharmacy.is_local(medication, routes);
    auto& list = taking ? read.active_ : read.ended_;
    for (const auto* definition : definitions) {
      list.push_back({.definition = definition,
                      .finding = finding,
                      .taking = taking.value_or(Taking::taken),
                      .is_local = is_local});
    }
  }

  template <class Order, class DaysOf>
  void add_order(const Order& order, DaysOf days_of) {
    using Status = typename Order::Status;
    const bool is_ended = order.status == Status::completed || order.status == Status::stopped;
    std::optional<Taking> taking;
    if (order.is_active()) {
      taking = Taking::taken;
    } else if (order.is_perhaps_active()) {
      taking = order.status == Status::on_hold ? Taking::on_hold : Taking::unclear;
      read.unclear_ += taking == Taking::unclear ? 1 : 0;
    } else if (!is_ended) {
      return;
    }
    Finding finding;
    finding.reference = plain_reference(order);
    finding.days = days_of(order);
    add(order.medication, order.routes, std::move(finding), taking);
  }
};

Medicines Medicines::read(const Pharmacy& pharmacy, const Concepts& concepts,
                          std::optional<View> orders, std::optional<View> statements,
                          std::chrono::sys_days today) {
  Reader reader{.pharmacy = pharmacy, .concepts = concepts, .read = {}};
  const auto add_all = [&](const auto& all, auto days_of) {
    reader.read.refused_ += all.refused.size();
    for (const auto& order : all.values) {
      reader.add_order(order, days_of);
    }
  };
  const auto on = [&](const std::optional<fhir::PartialDate>& date) {
    return date ? past_days(fhir::EventTime::on(*date), today) : std::nullopt;
  };
  if (orders) {
    add_all(fhir::read_all<fhir::MedicationRequest>(*orders),
            [&](const fhir::MedicationRequest& order) { return on(order.authored_on); });
  }
  if (statements) {
    add_all(fhir::read_all<fhir::MedicationStatement>(*statements),
            [&](const fhir::MedicationStatement& statement) {
              const auto taken = past_days(statement.effective, today);
              return taken ? taken : on(statement.date_asserted);
            });
  }
  return std::move(reader.read);
}

Medicines Medicines::with(std::span<const std::string> excluded,
                          std::span<const Medicine> taken) const {
  Medicines changed = *this;
  std::erase_if(changed.active_, [&](const Medicine& medicine) {
    return std::ranges::find(excluded, medicine.finding.reference) != excluded.end();
  });
  changed.active_.insert(changed.active_.end(), taken.begin(), taken.end());
  return changed;
}

std::vector<const Medicine*> Medicines::active_of(std::string_view medicine_class) const {
  std::vector<const Medicine*> found;
  for (const auto& medicine : active_) {
    if (medicine.is_of(medicine_class)) {
      found.push_back(&medicine);
    }
  }
  return found;
}

bool Medicines::has_active_of(std::string_view medicine_class) const {
  return !active_of(medicine_class).empty();
}

const Medicine* Medicines::find_active(std::string_view id) const {
  const auto found = std::ranges::find_if(
      active_, [&](const Medicine& medicine) { return medicine.definition->id == id; });
  return found == active_.end() ? nullptr : &*found;
}

Allergies Allergies::read(const Pharmacy& pharmacy, const Concepts& concepts,
                          std::optional<View> allergies, std::chrono::sys_days today) {
  Allergies read;
  if (!allergies) {
    return read;
  }
  const auto all = fhir::read_all<fhir::AllergyIntolerance>(*allergies);
  read.refused_ = all.refused.size();
  for (const auto& allergy : all.values) {
    if (!allergy.is_active()) {
      continue;
    }
    Finding finding;
    finding.reference = plain_reference(allergy);
    finding.days = past_days(allergy.onset, today);
    bool is_readable = false;
    const auto add = [&](const fhir::CodeableConcept& codeable_concept) {
      is_readable = is_readable || Pharmacy::is_readable(codeable_concept);
      for (const auto* definition : pharmacy.recognise(concepts, codeable_concept)) {
        read.known_.push_back({.definition = definition, .finding = finding});
        is_readable = true;
      }
    };
    add(allergy.code);
    for (const auto& substance : allergy.substance) {
      add(substance);
    }
    if (!is_readable) {
      read.unreadable_.push_back(std::move(finding));
    }
  }
  return read;
}

std::vector<const Medicine*> Allergies::of(std::string_view medicine_class) const {
  std::vector<const Medicine*> found;
  for (const auto& medicine : known_) {
    if (medicine.definition->is_of(medicine_class)) {
      found.push_back(&medicine);
    }
  }
  return found;
}

}  // namespace cdss::rules
