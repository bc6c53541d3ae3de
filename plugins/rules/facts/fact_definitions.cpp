#include "plugins/rules/facts/fact_definitions.hpp"

namespace cdss::rules {

Result<std::vector<std::string>> FactDefinitions::items_at(View row,
                                                           std::string_view member) const {
  CDSS_TRY(auto ids, optional_strings(row, member));
  for (const auto& id : ids) {
    if (item(id) == nullptr) {
      return row.error_at(member, Errc::missing, "names an item that is not defined");
    }
  }
  return ids;
}

}  // namespace cdss::rules
