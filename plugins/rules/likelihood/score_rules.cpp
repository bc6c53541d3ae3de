#include "plugins/rules/likelihood/score_rules.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "plugins/rules/terminology/reading.hpp"

namespace cdss::rules {
namespace {

Result<std::optional<HalfPoints>> optional_points(View object, std::string_view name) {
  const auto member = object.find(name);
  if (!member) {
    return std::optional<HalfPoints>{};
  }
  CDSS_TRY(const auto points, HalfPoints::read(*member));
  return std::optional{points};
}

/// The place in `list` of the element whose id is the text of member `name`.
template <class T>
Result<std::optional<std::size_t>> optional_place(View object, std::string_view name,
                                                  const std::vector<T>& list) {
  CDSS_TRY(const auto id, object.optional_string(name));
  if (!id) {
    return std::optional<std::size_t>{};
  }
  const auto found = std::ranges::find(list, *id, &T::id);
  if (found == list.end()) {
    return object.error_at(name, Errc::missing, "names what is not defined before it");
  }
  return std::optional{static_cast<std::size_t>(found - list.begin())};
}

Result<std::vector<ScoreGroup>> read_groups(View array) {
  std::vector<ScoreGroup> groups;
  for (const View element : array.elements()) {
    ScoreGroup group;
    CDSS_TRY(group.id, element.required_string("id"));
    CDSS_TRY(group.text, element.required_string("text"));
    CDSS_TRY(group.min, optional_points(element, "min"));
    CDSS_TRY(group.max, optional_points(element, "max"));
    groups.push_back(std::move(group));
  }
  std::size_t index = 0;
  for (const View element : array.elements()) {
    CDSS_TRY(groups[index].within, optional_place(element, "within", groups));
    if (groups[index].within && *groups[index].within <= index) {
      return element.error_at("within", Errc::malformed, "must name a group that stands later");
    }
    ++index;
  }
  return groups;
}

/// What the row looks for, and the flags of it.
Result<void> read_subject(const FactDefinitions& definitions, View element, ScoreRow& row) {
  CDSS_TRY(row.concepts, definitions.concepts.require_all(element, "concepts"));
  CDSS_TRY(row.items, definitions.items_at(element, "items"));
  if (row.concepts.empty() == row.items.empty()) {
    return element.error(Errc::malformed, "must have either concepts or items");
  }
  CDSS_TRY(row.reads_procedures, optional_flag(element, "procedures"));
  CDSS_TRY(row.needs_hip_replacement, optional_flag(element, "needs_hip_replacement"));
  CDSS_TRY(row.needs_same_side, optional_flag(element, "needs_same_side"));
  CDSS_TRY(row.only_sign, optional_flag(element, "only_sign"));
  CDSS_TRY(row.is_site, optional_flag(element, "site"));
  CDSS_TRY(row.is_mechanical, optional_flag(element, "mechanical"));
  CDSS_TRY(row.is_alternative, optional_flag(element, "alternative"));
  return {};
}

Result<ScoreRow> read_row(const FactDefinitions& definitions, View element,
                          const ScoreRules& rules) {
  ScoreRow row;
  CDSS_TRY(row.id, element.required_string("id"));
  CDSS_TRY(row.text, element.required_string("text"));
  CDSS_CHECK(read_subject(definitions, element, row));
  CDSS_TRY(const auto points, element.at("points"));
  CDSS_TRY(row.points, HalfPoints::read(points));
  CDSS_TRY(const auto if_absent, optional_points(element, "points_if_absent"));
  row.points_if_absent = if_absent.value_or(HalfPoints{});
  CDSS_TRY(row.group, optional_place(element, "group", rules.groups));
  CDSS_TRY(row.unless_row, optional_place(element, "unless_row", rules.rows));
  CDSS_TRY(row.card_note, optional_text(element, "card_note"));
  CDSS_TRY(row.grade, optional_text(element, "grade"));
  CDSS_TRY(row.sources, optional_strings(element, "sources"));
  return row;
}

Result<CapPart> read_part(const FactDefinitions& definitions, View element) {
  CapPart part;
  CDSS_TRY(part.concepts, definitions.concepts.require_all(element, "concepts"));
  CDSS_TRY(part.items, definitions.items_at(element, "items"));
  if (part.concepts.empty() && part.items.empty()) {
    return element.error(Errc::malformed, "must have concepts or items");
  }
  if (element.find("within_days")) {
    CDSS_TRY(part.within_days, required_count(element, "within_days"));
  }
  return part;
}

Result<CapRow> read_cap(const FactDefinitions& definitions, View element) {
  constexpr std::string_view kOfProgram[] = {"CX06", "GX01"};
  CapRow row;
  CDSS_TRY(row.id, element.required_string("id"));
  CDSS_TRY(row.text, element.required_string("text"));
  CDSS_TRY(const auto parts, optional_array(element, "all"));
  if (parts) {
    CDSS_TRY(row.all, read_each(*parts, [&](View part) { return read_part(definitions, part); }));
  }
  const bool is_of_program = std::ranges::find(kOfProgram, row.id) != std::end(kOfProgram);
  if (is_of_program != row.all.empty()) {
    return element.error_at("all", Errc::malformed, "must be there, but for CX06 and GX01");
  }
  CDSS_TRY(row.grade, optional_text(element, "grade"));
  CDSS_TRY(row.sources, optional_strings(element, "sources"));
  return row;
}

Result<void> read_caps(const FactDefinitions& definitions, View knowledge, ScoreRules& rules) {
  CDSS_TRY(rules.diagnosis, optional_strings(knowledge, "caps_unless_rows"));
  for (const auto& id : rules.diagnosis) {
    if (find_by_id(rules.rows, id) == nullptr) {
      return knowledge.error_at("caps_unless_rows", Errc::missing, "names a row that is not there");
    }
  }
  CDSS_TRY(const auto rows, array_at(knowledge, "caps"));
  CDSS_TRY(rules.caps,
           read_each(rows, [&](View element) { return read_cap(definitions, element); }));
  for (const std::string_view id : {"CX06", "GX01"}) {
    if (find_by_id(rules.caps, id) == nullptr) {
      return rows.error(Errc::missing, "must hold CX06 and GX01");
    }
  }
  return {};
}

}  // namespace

Result<ScoreRules> ScoreRules::read(const FactDefinitions& definitions, View knowledge) {
  ScoreRules rules;
  CDSS_TRY(const auto bands, knowledge.at("bands"));
  CDSS_TRY(const auto possible, bands.at("possible"));
  CDSS_TRY(rules.possible, HalfPoints::read(possible));
  CDSS_TRY(const auto likely, bands.at("likely"));
  CDSS_TRY(rules.likely, HalfPoints::read(likely));
  if (rules.likely < rules.possible) {
    return bands.error(Errc::out_of_range, "must rise from possible to likely");
  }
  CDSS_TRY(rules.propose, definitions.items_at(knowledge, "propose"));
  CDSS_TRY(const auto groups, array_at(knowledge, "groups"));
  CDSS_TRY(rules.groups, read_groups(groups));
  CDSS_TRY(const auto rows, array_at(knowledge, "rows"));
  for (const View element : rows.elements()) {
    CDSS_TRY(auto row, read_row(definitions, element, rules));
    rules.rows.push_back(std::move(row));
  }
  CDSS_CHECK(read_caps(definitions, knowledge, rules));
  return rules;
}

bool ScoreRules::is_in_group(const ScoreRow& row, std::string_view group) const {
  return row.group && groups[*row.group].id == group;
}

}  // namespace cdss::rules
