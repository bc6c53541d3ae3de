#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/hip_replacement.hpp"
#include "plugins/rules/facts/item_definition.hpp"
#include "plugins/rules/facts/result_definition.hpp"
#include "plugins/rules/terminology/concepts.hpp"
#include "plugins/rules/terminology/condition_rules.hpp"
#include "plugins/rules/terminology/named_concepts.hpp"
#include "plugins/rules/terminology/pharmacy.hpp"
#include "plugins/rules/terminology/reading.hpp"
#include "plugins/rules/terminology/sides.hpp"

namespace cdss::rules {

/// What a record is read with. Constant once read, Thread-safe.
struct FactDefinitions {
  Concepts concepts;
  NamedConcepts named;
  SideReader sides;
  ConditionRules conditions;  ///< conditions.json
  HipReplacementRules hip;
  std::vector<ResultDefinition> results;  ///< results.json
  std::vector<ItemDefinition> items;      ///< hip-exam.json
  Pharmacy pharmacy;                      ///< medicines.json
  std::vector<ConceptId> imaging;         ///< Procedures that are an image of hip or pelvis
  /// Malignancy of bone, pelvis or retroperitoneum, and metastasis there.
  std::vector<ConceptId> malignancy_of_region;

  /// An item of the examination form; null when none has that id.
  const ItemDefinition* item(std::string_view id) const { return find_by_id(items, id); }

  /// The ids of items that an array of a knowledge file names; none when it is absent.
  /// Errors: Errc::malformed; Errc::missing for an item that is not defined.
  Result<std::vector<std::string>> items_at(View row, std::string_view member) const {
    CDSS_TRY(auto ids, optional_strings(row, member));
    for (const auto& id : ids) {
      if (item(id) == nullptr) {
        return row.error_at(member, Errc::missing, "names an item that is not defined");
      }
    }
    return ids;
  }
};

}  // namespace cdss::rules
