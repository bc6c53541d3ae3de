#include "plugins/rules/orders/acetaminophen.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "fhir/resources/medication_request.hpp"
#include "fhir/resources/medication_statement.hpp"
#include "fhir/resources/read_all.hpp"

namespace cdss::rules {
namespace {

/// Of the active orders, or statements, of a record.
template <class Order>
double sum_of(const Facts& facts, const std::optional<View>& record,
              std::span<const std::string> replaced) {
  double sum = 0;
  if (!record) {
    return sum;
  }
  const auto& concepts = facts.definitions.concepts;
  fhir::MedicationLookup medications;
  medications.add(*record);
  fhir::for_each_resource(*record, [&](View resource) {
    if (fhir::resource_type(resource) != Order::kType) {
      return;
    }
    auto order = Order::read(resource);
    if (!order || !order->is_active() ||
        std::ranges::find(replaced, order->reference()) != replaced.end()) {
      return;
    }
    fhir::resolve_medication(*order, medications);
    const auto medicines = facts.definitions.pharmacy.recognise(concepts, order->medication);
    if (std::ranges::any_of(medicines,
                            [](const auto* one) { return one->is_of("acetaminophen"); })) {
      const auto daily = acetaminophen_per_day(resource, order->medication, medicines.size());
      sum += daily ? daily->mg : 0;
    }
  });
  return sum;
}

}  // namespace

std::optional<DailyDose> acetaminophen_per_day(View order, const fhir::CodeableConcept& medication,
                                               std::size_t ingredients) {
  const bool is_combination = ingredients > 1;
  const auto strength =
      strength_mg(medication, {"acetaminophen", "paracetamol", "apap"}, is_combination);
  return most_mg_per_day(order, strength, is_combination);
}

std::optional<DailyDose> ingredient_per_day(View order, const fhir::CodeableConcept& medication,
                                            const MedicineDefinition& ingredient,
                                            std::size_t ingredients) {
  constexpr std::size_t kShortest = 5;  // a shorter name may be a part of any word
  std::vector<std::string_view> names;
  for (const std::string_view name : ingredient.names) {
    const auto letters = name.substr(0, name.find('*'));
    if (letters.size() >= kShortest) {
      names.push_back(letters);
    }
  }
  const bool is_combination = ingredients > 1;
  return most_mg_per_day(order, strength_mg(medication, names, is_combination), is_combination);
}

double acetaminophen_beside(const Facts& facts, const Draft& draft,
                            std::span<const std::string> replaced, std::span<const Draft> all) {
  const auto& record = facts.record;
  double sum =
      std::max(sum_of<fhir::MedicationRequest>(facts, record.medications.value, replaced),
               sum_of<fhir::MedicationStatement>(facts, record.statements.value, replaced));
  for (const Draft& other : all) {
    const bool is_second = other.is_judged && other.is_after(draft);
    if (&other != &draft && !is_second && other.acetaminophen_per_day) {
      sum += other.acetaminophen_per_day->mg;
    }
  }
  return sum;
}

}  // namespace cdss::rules
