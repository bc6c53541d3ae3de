#include "plugins/treatment_escalation/row_reading.hpp"

namespace cdss::treatment_escalation {

Result<std::vector<std::string_view>> read_texts(View row, std::string_view member) {
  std::vector<std::string_view> texts;
  if (const auto array = row.find(member)) {
    if (!array->is_array()) {
      return array->error(Errc::malformed, "must be an array");
    }
    for (const View element : array->elements()) {
      CDSS_TRY(const auto text, element.string());
      texts.push_back(text);
    }
  }
  return texts;
}

Result<std::vector<rules::ConceptId>> read_concepts(const rules::Concepts& concepts, View row,
                                                    std::string_view member) {
  std::vector<rules::ConceptId> ids;
  CDSS_TRY(const auto names, read_texts(row, member));
  for (const auto name : names) {
    if (const auto id = concepts.find(name)) {
      ids.push_back(*id);
    }
  }
  return ids;
}

Result<View> read_rows(View root, std::string_view member) {
  CDSS_TRY(const auto rows, root.at(member));
  if (!rows.is_array() || rows.size() == 0) {
    return rows.error(Errc::malformed, "must be an array with a row");
  }
  return rows;
}

}  // namespace cdss::treatment_escalation
