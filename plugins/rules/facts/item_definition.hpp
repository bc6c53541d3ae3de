#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::rules {

/// What an item is answered with.
enum class ItemValues : std::uint8_t {
  finding,    ///< a boolean, or SNOMED CT 52101004 (present) or 2667000 (absent)
  injection,  ///< injection-positive or injection-negative of the code system hip-exam
  onset,      ///< onset-sudden, onset-acute, onset-subacute or onset-gradual of hip-exam
  quantity,   ///< a number with the item's unit
};

/// How a quantity that was recorded some days ago reads today.
enum class Drift : std::uint8_t {
  none,   ///< as it was recorded
  grows,  ///< with the days since: how long something has lasted, or lies back
  falls,  ///< with the days since: how far something lies ahead
};

/// One item of the hip examination form that the rules read: an id of the code system hip-exam.
struct ItemDefinition {
  std::string id;                  ///< also the linkId in the Questionnaire
  std::string text;                ///< in words, for people
  bool is_never_proposed = false;  ///< read when it is there, never asked for
  bool is_exam = false;            ///< an item of the physical examination
  ItemValues values = ItemValues::finding;
  std::string unit;             ///< of a quantity: UCUM, e.g. "wk"
  Drift drift = Drift::none;    ///< of a quantity
  std::optional<double> least;  ///< of a quantity: what is less, as it reads today, is not known
  std::optional<double> most;   ///< of a quantity: what is more, as it reads today, is not known
  std::string variant_of;       ///< another item, done in another way: one of the two is enough
  /// How long an answer stays known; none when it does not age.
  std::optional<std::chrono::days> valid;
};

/// Reads `[{id, text, exam, never_proposed, values, unit, drift, least, most, variant_of,
/// valid_days}]`; `values` is "injection", "onset", "quantity" or absent, `drift` "grows", "falls"
/// or absent. Errors: Errc::missing, Errc::malformed; Errc::unsupported for a unit that is not
/// known or, with a drift, no time.
Result<std::vector<ItemDefinition>> read_item_definitions(View items);

}  // namespace cdss::rules
