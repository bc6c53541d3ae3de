#include "plugins/rules/orders/daily_dose.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <map>
#include <string>

#include "core/base/text/ascii.hpp"
#include "fhir/types/quantity.hpp"
#include "plugins/rules/orders/dose_timing.hpp"
#include "plugins/rules/orders/tolerant_fhir.hpp"

namespace cdss::rules {
namespace {

std::optional<double> number(std::string_view digits) {
  double value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return value;
}

enum class Unit : std::uint8_t { unknown, mg, g, piece };

Unit unit_named(std::string_view name) {
  constexpr std::string_view kPieces[] = {"tablet", "tablets",  "tab",       "tabs",     "tbl",
                                          "{tbl}",  "{tablet}", "capsule",   "capsules", "caps",
                                          "cap",    "{cap}",    "{capsule}", "caplet",   "caplets"};
  const auto unit = to_lower(name);
  if (unit == "mg") {
    return Unit::mg;
  }
  if (unit == "g") {
    return Unit::g;
  }
  return std::ranges::find(kPieces, unit) == std::end(kPieces) ? Unit::unknown : Unit::piece;
}

/// An amount of the ingredient.
struct Amount {
  double mg = 0;
  bool is_by_piece = false;  ///< counted in tablets or capsules
};

std::optional<Amount> amount_of(View quantity, std::optional<double> strength) {
  const auto read = fhir::read_quantity(quantity);
  const auto value = read ? number(read->value) : std::nullopt;
  if (!value || *value <= 0) {
    return std::nullopt;
  }
  auto unit = unit_named(read->code);  // a code of another system says nothing here
  unit = unit == Unit::unknown ? unit_named(read->unit) : unit;
  switch (unit) {
    case Unit::mg:
      return Amount{.mg = *value};
    case Unit::g:
      return Amount{.mg = *value * 1000};
    case Unit::piece:
      return strength ? std::optional{Amount{.mg = *value * *strength, .is_by_piece = true}}
                      : std::nullopt;
    case Unit::unknown:
      break;
  }
  return std::nullopt;
}

/// A single dose.
struct Dose {
  double mg = 0;
  bool is_whole = true;  ///< all of it could be read
  bool is_by_piece = false;
};

/// The highest single dose of an instruction: R4's doseAndRate, or dose[x] as STU3 has it.
std::optional<Dose> most_of_a_dose(View dosage, std::optional<double> strength) {
  std::optional<Dose> most;
  bool is_whole = true;
  bool is_by_piece = true;
  const auto add = [&](View holder) {
    auto dose = holder.find("doseQuantity");
    dose = dose ? dose : holder.find("quantityQuantity");  // a statement of FHIR DSTU2
    if (const auto range = holder.find("doseRange"); range && !dose) {
      dose = range->find("high");
    }
    if (dose) {
      const auto amount = amount_of(*dose, strength);
      if (amount && (!most || amount->mg > most->mg)) {
        most = Dose{.mg = amount->mg};
      }
      is_whole = is_whole && amount;
      is_by_piece = is_by_piece && amount && amount->is_by_piece;
    }
  };
  add(dosage);
  for_each(dosage.find("doseAndRate"), add);
  if (most) {
    most->is_whole = is_whole;
    most->is_by_piece = is_by_piece;
  }
  return most;
}

std::optional<double> member_number(View object, std::string_view name) {
  const auto value = object.find(name);
  return value && value->is_number() ? number(value->raw_text()) : std::nullopt;
}

/// Of a maxDosePerPeriod.
std::optional<double> limit_per_day_of(View ratio, std::optional<double> strength) {
  const auto most = ratio.find("numerator");
  const auto per = ratio.find("denominator");
  if (!most || !per) {
    return std::nullopt;
  }
  const auto amount = amount_of(*most, strength);
  const auto value = member_number(*per, "value");
  const auto by_code = hours_of(per->text_or_empty("code"));
  const auto hours = by_code ? by_code : hours_of(per->text_or_empty("unit"));
  if (!amount || !value || *value <= 0 || !hours) {
    return std::nullopt;
  }
  return amount->mg * 24 / (*value * *hours);
}

/// The lowest of maxDosePerPeriod, of which FHIR R5 takes several.
std::optional<double> limit_per_day(View dosage, std::optional<double> strength) {
  std::optional<double> lowest;
  for_each(dosage.find("maxDosePerPeriod"), [&](View ratio) {
    const auto limit = limit_per_day_of(ratio, strength);
    lowest = limit && (!lowest || *limit < *lowest) ? limit : lowest;
  });
  return lowest;
}

/// Of a MedicationRequest or a MedicationStatement.
std::optional<View> instructions_of(View order) {
  const auto of_request = order.find("dosageInstruction");
  return of_request ? of_request : order.find("dosage");
}

}  // namespace

std::optional<DailyDose> most_mg_per_day(View order, std::optional<double> strength,
                                         bool is_combination) {
  std::map<std::string_view, double> by_sequence;
  bool is_whole = true;
  for_each(instructions_of(order), [&](View dosage) {
    const auto dose = most_of_a_dose(dosage, strength);
    const auto times = most_times_a_day(dosage);
    const auto limit = limit_per_day(dosage, strength);
    std::optional<double> amount = limit;
    if (dose && times && (dose->is_whole || !limit)) {
      const auto product = dose->mg * *times;
      amount = limit ? std::min(*limit, product) : product;
    }
    const bool is_sure = !is_combination || (dose && dose->is_by_piece && !limit);
    is_whole = is_whole && amount && is_sure && (limit || dose->is_whole);
    if (amount) {
      const auto sequence = dosage.find("sequence");
      by_sequence[sequence ? sequence->raw_text() : std::string_view{}] += *amount;
    }
  });
  std::optional<DailyDose> most;
  for (const auto& [sequence, amount] : by_sequence) {
    most = DailyDose{.mg = std::max(most ? most->mg : 0, amount), .is_whole = is_whole};
  }
  return most;
}

}  // namespace cdss::rules
