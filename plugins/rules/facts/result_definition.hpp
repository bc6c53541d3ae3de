#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// One measurement that the rules read: laboratory, vital sign, pain score.
struct ResultDefinition {
  std::string id;    ///< e.g. "crp"
  std::string text;  ///< in words, for people, e.g. "CRP"
  std::string unit;  ///< UCUM, in which its value is given, e.g. "mg/L"
  ConceptId concept_id = 0;
  std::chrono::days valid{0};  ///< how long it stays known
  std::chrono::days kept{0};   ///< how long it is compared with newer ones; at least `valid`
  bool is_worse_low = false;   ///< of two on one day the lower counts, else the higher
  double lowest = 0;           ///< in `unit`; what is lower is a slip or another unit, no value
  double highest = 0;          ///< likewise; above `lowest`
};

/// Reads `[{id, text, concept, unit, valid_days, kept_days, worse, lowest, highest}]`; `worse` is
/// "low" or absent, `kept_days` may be absent.
/// Errors: Errc::missing, Errc::malformed; Errc::unsupported for a unit that is not known.
Result<std::vector<ResultDefinition>> read_result_definitions(const Concepts& concepts, View rows);

/// "7.5 mg/L": a number and its unit as people write them, for limits beside the values. Of a unit
/// that no result has, the number alone.
///
/// @param unit  in UCUM.
std::string text_of_quantity(double value, std::string_view unit);

}  // namespace cdss::rules
