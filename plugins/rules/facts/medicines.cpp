#include "plugins/rules/facts/medicines.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "fhir/resources/allergy_intolerance.hpp"
#include "fhir/resources/medication_request.hpp"
#include "fhir/resources/medication_statement.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::rules {

namespace {

// Source: HL7 FHIR R4, "Using Codes in resources", external code systems.
constexpr std::string_view kNdc = "http://hl7.org/fhir/sid/ndc";
constexpr std::string_view kUnii = "http://fdasis.nlm.nih.gov";

std::string_view short_name_of(std::string_view system) {
  constexpr std::pair<std::string_view, std::string_view> kNames[] = {
      {fhir::kSnomed, "SNOMED CT"},
      {fhir::kRxNorm, "RxNorm"},
      {fhir::kAtc, "ATC"},
      {kNdc, "NDC"},
      {kUnii, "UNII"},
  };
  const auto* found =
      std::ranges::find(kNames, system, [](const auto& name) { return name.first; });
  return found == std::end(kNames) ? std::string_view{} : found->second;
}

/// Its name, else its first code that can be shown.
Unrecognised unrecognised_of(const fhir::CodeableConcept& codeable_concept, Finding finding) {
  Unrecognised one{.finding = std::move(finding), .words = std::string{codeable_concept.words()}};
  for (const auto& coding : codeable_concept.codings) {
    if (one.words.empty() && one.code.empty()) {
      one.code = plain_code(coding);
      one.system = short_name_of(coding.system);
    }
  }
  return one;
}

}  // namespace

bool Medicine::is_of(std::string_view medicine_class) const {
  return is_local ? std::ranges::find(definition->local_classes, medicine_class) !=
                        definition->local_classes.end()
                  : definition->is_of(medicine_class);
}

/// Sorts orders and statements into what is taken and what was.
struct Medicines::Reader {
  const Pharmacy& pharmacy;
  const Concepts& concepts;
  Medicines read;

  /// @param taking  none when it is no longer taken.
  template <class Order>
  void add(const Order& order, Finding finding, std::optional<Taking> taking) {
    const auto& medication = order.medication;
    const auto definitions = pharmacy.recognise(concepts, medication);
    const bool is_known = !definitions.empty() || pharmacy.is_harmless_medicine(medication);
    if (taking && !is_known) {
      auto one = unrecognised_of(medication, finding);
      one.is_referred = medication.is_empty() && order.medication_reference.is_present();
      read.unrecognised_.push_back(std::move(one));
    }
    const bool is_local = !definitions.empty() && pharmacy.is_local(medication, order.routes);
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
    add(order, std::move(finding), taking);
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
  const auto is_excluded = [&](const auto& medicine) {
    return std::ranges::find(excluded, medicine.finding.reference) != excluded.end();
  };
  std::erase_if(changed.active_, is_excluded);
  std::erase_if(changed.unrecognised_, is_excluded);
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
  return std::ranges::any_of(active_,
                             [&](const Medicine& one) { return one.is_of(medicine_class); });
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
    bool is_known = allergy.is_of_food_or_environment;
    const auto add = [&](const fhir::CodeableConcept& codeable_concept) {
      const auto definitions = pharmacy.recognise(concepts, codeable_concept);
      for (const auto* definition : definitions) {
        read.known_.push_back({.definition = definition, .finding = finding});
      }
      is_known =
          is_known || !definitions.empty() || pharmacy.is_harmless_allergen(codeable_concept);
    };
    add(allergy.code);
    std::ranges::for_each(allergy.substance, add);
    if (!is_known) {
      const bool is_coded = !allergy.code.is_empty() || allergy.substance.empty();
      read.unrecognised_.push_back(
          unrecognised_of(is_coded ? allergy.code : allergy.substance.front(), std::move(finding)));
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
