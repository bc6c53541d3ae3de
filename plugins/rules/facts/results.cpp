#include "plugins/rules/facts/results.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "fhir/resources/observation.hpp"
#include "fhir/resources/read_all.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::rules {
namespace {

using fhir::Comparator;

constexpr std::string_view kPregnancyStatus = "82810-3";  // LOINC
constexpr std::chrono::days kPregnancyKnown{280};

std::string_view sign_of(Comparator comparator) {
  constexpr std::string_view kSigns[] = {"", "< ", "<= ", ">= ", "> ", ">= "};
  return kSigns[static_cast<std::size_t>(comparator)];
}

/// Is the measured value perhaps below the number that is given, or above it?
bool may_be_less(Comparator comparator) {
  return comparator == Comparator::less || comparator == Comparator::less_or_equal;
}
bool may_be_more(Comparator comparator) {
  return comparator != Comparator::none && !may_be_less(comparator);
}

/// Per cent of HbA1c from mmol/mol. Source: NGSP and IFCC master equation.
constexpr double ngsp_of_ifcc(double mmol_per_mol) {
  constexpr double kSlope = 0.09148;
  constexpr double kOffset = 2.152;
  return kSlope * mmol_per_mol + kOffset;
}

/// A Quantity, also one that is written in a text; none for any other value.
std::optional<fhir::Quantity> quantity_of(const fhir::Value& value) {
  if (const auto* quantity = std::get_if<fhir::Quantity>(&value)) {
    return *quantity;
  }
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    return fhir::quantity_in_words(*text);
  }
  const auto* coded = std::get_if<fhir::CodeableConcept>(&value);
  return coded == nullptr ? std::nullopt : fhir::quantity_in_words(coded->text);
}

/// The number in the unit asked for; none when it is not interpretable.
std::optional<std::pair<double, Comparator>> number_of(const fhir::Value& value,
                                                       const std::string& unit) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    const bool has_no_unit = unit == "{score}" || unit == "{INR}";
    return has_no_unit ? std::optional{std::pair{static_cast<double>(*whole), Comparator::none}}
                       : std::nullopt;
  }
  const auto quantity = quantity_of(value);
  if (!quantity) {
    return std::nullopt;
  }
  if (const auto number = quantity->in(unit)) {
    return std::pair{*number, quantity->comparator};
  }
  if (unit == "%") {
    if (const auto number = quantity->in("mmol/mol")) {
      return std::pair{ngsp_of_ifcc(*number), quantity->comparator};
    }
  }
  return std::nullopt;
}

/// Can it have been measured? Most that cannot are right numbers in another unit than is given.
bool is_plausible(double value, const ResultDefinition& definition) {
  return value >= definition.lowest && value <= definition.highest;
}

}  // namespace

std::optional<bool> ResultValue::is_above(double limit) const {
  if (may_be_less(comparator)) {
    return value <= limit ? std::optional{false} : std::nullopt;
  }
  const bool is_so = value > limit || (comparator == Comparator::greater && value >= limit);
  return may_be_more(comparator) && !is_so ? std::nullopt : std::optional{is_so};
}

std::optional<bool> ResultValue::is_below(double limit) const {
  if (may_be_more(comparator)) {
    return value >= limit ? std::optional{false} : std::nullopt;
  }
  const bool is_so = value < limit || (comparator == Comparator::less && value <= limit);
  return may_be_less(comparator) && !is_so ? std::nullopt : std::optional{is_so};
}

std::optional<bool> ResultValue::is_at_least(double limit) const {
  const auto below = is_below(limit);
  return below ? std::optional{!*below} : std::nullopt;
}

/// Collects the values, and what could not be used.
struct Results::Reader {
  const std::vector<ResultDefinition>& definitions;
  const Concepts& concepts;
  std::chrono::sys_days today;
  Results read;

  void add(const fhir::CodeableConcept& code, const fhir::Value& value, const Finding& finding) {
    for (const auto& match : concepts.of(code)) {
      const auto definition =
          std::ranges::find(definitions, match.id, &ResultDefinition::concept_id);
      if (definition == definitions.end() ||
          days_ago(*finding.days, today).most > definition->kept) {
        continue;
      }
      const bool is_known = days_ago(*finding.days, today).most <= definition->valid;
      const auto number = number_of(value, definition->unit);
      if (!number || !is_plausible(number->first, *definition)) {
        if (is_known) {
          read.unusable_.push_back({definition->id, finding.days->last});
        }
        continue;
      }
      ResultValue result{.definition = &*definition,
                         .value = number->first,
                         .comparator = number->second,
                         .words = std::string{sign_of(number->second)} +
                                  text_of_quantity(number->first, definition->unit),
                         .finding = finding,
                         .is_known = is_known};
      result.finding.code = plain_code(*match.coding);
      read.values_.push_back(std::move(result));
    }
  }

  void add_pregnancy(const fhir::Observation& observation, const Finding& finding) {
    if (days_ago(*finding.days, today).most > kPregnancyKnown) {
      return;
    }
    // Source: SNOMED CT 77386006 Pregnancy, 60001007 Not pregnant; US Core, pregnancy status.
    const auto* coded = observation.value_concept();
    const bool is_yes = coded != nullptr && coded->has(fhir::snomed("77386006"));
    const bool is_no = coded != nullptr && coded->has(fhir::snomed("60001007"));
    Pregnancy stated{.is_pregnant = std::nullopt, .finding = finding};
    if (is_yes || is_no) {
      stated.is_pregnant = is_yes;
    }
    const auto weight = [](const Pregnancy& one) {
      const int certainty = !one.is_pregnant ? 1 : *one.is_pregnant ? 2 : 0;
      return std::pair{one.finding.days->first, certainty};
    };
    if (!read.pregnancy_ || weight(*read.pregnancy_) < weight(stated)) {
      read.pregnancy_ = std::move(stated);
    }
  }

  void add(const fhir::Observation& observation) {
    const auto days = observed_days(when_of(observation), today);
    if (!observation.is_final() || !days) {
      return;
    }
    Finding finding;
    finding.reference = plain_reference(observation);
    finding.days = days;
    if (observation.code.has(fhir::loinc(kPregnancyStatus))) {
      add_pregnancy(observation, finding);
      return;
    }
    if (fhir::is_present(observation.value)) {
      add(observation.code, observation.value, finding);
    }
    for (const auto& component : observation.component) {
      if (fhir::is_present(component.value)) {
        add(component.code, component.value, finding);
      }
    }
  }

  Results finish() {
    std::ranges::stable_sort(read.values_, [](const ResultValue& a, const ResultValue& b) {
      if (a.finding.days->first != b.finding.days->first) {
        return a.finding.days->first > b.finding.days->first;
      }
      if (a.definition != b.definition) {
        return a.definition < b.definition;
      }
      if (a.value != b.value) {
        return a.definition->is_worse_low ? a.value < b.value : a.value > b.value;
      }
      return std::tie(a.comparator, a.finding.reference) <
             std::tie(b.comparator, b.finding.reference);
    });
    auto& open = read.not_interpretable_;
    for (const Unusable& one : read.unusable_) {
      if (read.is_doubtful(one.id) && std::ranges::find(open, one.id) == open.end()) {
        open.push_back(one.id);
      }
    }
    std::ranges::sort(open);
    return std::move(read);
  }
};

Results Results::read(const std::vector<ResultDefinition>& definitions, const Concepts& concepts,
                      std::optional<View> observations, std::chrono::sys_days today) {
  Reader reader{.definitions = definitions, .concepts = concepts, .today = today, .read = {}};
  if (observations) {
    const auto all = fhir::read_all<fhir::Observation>(*observations);
    reader.read.unreadable_ = all.refused.size();
    for (const auto& observation : all.values) {
      reader.add(observation);
    }
  }
  return reader.finish();
}

const ResultValue* Results::find(std::string_view id) const {
  const auto found = std::ranges::find_if(values_, [&](const ResultValue& value) {
    return value.is_known && value.definition->id == id;
  });
  return found == values_.end() ? nullptr : &*found;
}

bool Results::is_doubtful(std::string_view id) const {
  const ResultValue* known = find(id);
  return std::ranges::any_of(unusable_, [&](const Unusable& one) {
    return one.id == id && (known == nullptr || one.day >= known->finding.days->first);
  });
}

std::vector<const ResultValue*> Results::all(std::string_view id) const {
  std::vector<const ResultValue*> found;
  for (const auto& value : values_) {
    if (value.definition->id == id) {
      found.push_back(&value);
    }
  }
  return found;
}

}  // namespace cdss::rules
