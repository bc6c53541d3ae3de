#include "core/plugin/evidence_table.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/text/ascii.hpp"

namespace cdss::plugin {
namespace {

constexpr std::string_view kName = "$name";
constexpr std::string_view kValue = "$value";

/// A row as it stands in its file. `name` is set where the rows are the members of an object.
struct SourceRow {
  std::optional<std::string_view> name;
  View value;
};

Result<std::vector<SourceRow>> source_rows(View file, std::string_view member) {
  CDSS_TRY(const auto rows, file.at(member));
  std::vector<SourceRow> found;
  for (const Member row : rows.members()) {
    found.push_back({row.name, row.value});
  }
  for (const View row : rows.elements()) {
    CDSS_CHECK(row.check_object("must be an object to be a row of the evidence page"));
    found.push_back({std::nullopt, row});
  }
  if (found.empty()) {
    return rows.error(Errc::malformed, "must have rows for the evidence page");
  }
  return found;
}

/// Errors: Errc::malformed for what no cell can show.
Result<EvidenceCell> read_cell(View value) {
  using Kind = EvidenceCell::Kind;
  if (value.is_string()) {
    CDSS_TRY(const auto text, value.string());
    return EvidenceCell{Kind::text, {std::string{text}}};
  }
  if (value.is_number()) {
    return EvidenceCell{Kind::number, {std::string{value.raw_text()}}};
  }
  if (value.is_boolean()) {
    CDSS_TRY(const bool truth, value.boolean());
    return EvidenceCell{Kind::boolean, {truth ? "true" : "false"}};
  }
  CDSS_CHECK(
      value.check_array("must be a text, a number, true or false, or an array of texts to be shown "
                        "on the evidence page"));
  EvidenceCell cell{Kind::texts, {}};
  for (const View element : value.elements()) {
    CDSS_TRY(const auto text, element.string());
    cell.texts.emplace_back(text);
  }
  return cell;
}

Result<EvidenceCell> read_cell(const SourceRow& row, const std::string& member) {
  if (member == kName && row.name) {
    return EvidenceCell{EvidenceCell::Kind::text, {std::string{*row.name}}};
  }
  if (member == kValue && row.name && !row.value.is_object()) {
    return read_cell(row.value);
  }
  const auto value = row.value.find(member);
  return value ? read_cell(*value) : Result<EvidenceCell>{EvidenceCell{}};
}

Result<EvidenceRow> read_row(const SourceRow& source, std::span<const EvidenceColumn> columns) {
  EvidenceRow row;
  row.id = source.name ? *source.name : source.value.text_or_empty("id");
  for (const auto& column : columns) {
    CDSS_TRY(auto cell, read_cell(source, column.member));
    row.cells.push_back(std::move(cell));
  }
  return row;
}

Result<std::vector<EvidenceColumn>> read_columns(View table) {
  CDSS_TRY(const auto array, table.at("columns"));
  CDSS_CHECK(array.check_filled_array("must be an array with at least one column"));
  std::vector<EvidenceColumn> columns;
  for (const View element : array.elements()) {
    CDSS_CHECK(check_members(element, {"member", "title"}));
    EvidenceColumn column;
    CDSS_TRY(column.member, element.required_string("member"));
    CDSS_TRY(column.title, element.required_string("title"));
    if (std::ranges::find(columns, column.member, &EvidenceColumn::member) != columns.end()) {
      return element.error_at("member", Errc::malformed, "stands twice");
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

/// A column that is empty all the way down is a slip of the pen in its `member`.
Result<void> check_columns_filled(View table, const EvidenceTable& read) {
  for (std::size_t i = 0; i < read.columns.size(); ++i) {
    const bool filled = std::ranges::any_of(read.rows, [&](const EvidenceRow& row) {
      return row.cells[i].kind != EvidenceCell::Kind::empty;
    });
    if (!filled) {
      return table.error_at("columns", Errc::missing,
                            "has at place " + std::to_string(i) + " a member that no row has");
    }
  }
  return {};
}

}  // namespace

Result<void> check_members(View object, std::initializer_list<std::string_view> names) {
  CDSS_CHECK(object.check_object());
  for (const Member member : object.members()) {
    if (std::ranges::find(names, member.name) == names.end()) {
      return member.value.error(Errc::unsupported, "is no member of an evidence file");
    }
  }
  return {};
}

Result<const KnowledgeFile*> find_file(View parent, std::string_view member,
                                       std::span<const KnowledgeFile> files) {
  CDSS_TRY(const auto path, parent.required_string(member));
  const auto found = std::ranges::find(files, path, &KnowledgeFile::path);
  if (found == files.end()) {
    return parent.error_at(member, Errc::missing, "names a file that is not in the package");
  }
  return &*found;
}

Result<EvidenceTable> read_evidence_table(View table, std::span<const KnowledgeFile> files) {
  CDSS_CHECK(check_members(table, {"id", "title", "intro", "note", "file", "rows", "columns"}));
  EvidenceTable read;
  CDSS_TRY(read.id, table.required_string("id"));
  if (!only_letters_digits_and("-_", read.id)) {
    return table.error_at("id", Errc::malformed, "must be letters, digits, - and _");
  }
  CDSS_TRY(read.title, table.required_string("title"));
  CDSS_TRY(const auto intro, table.optional_string("intro"));
  read.intro = intro.value_or("");
  CDSS_TRY(const auto* const file, find_file(table, "file", files));
  read.file = file->path;
  CDSS_TRY(const auto rows, table.required_string("rows"));
  CDSS_TRY(const auto note, table.optional_string("note"));
  if (note) {
    CDSS_TRY(read.note, within(file->path, file->document.root().required_string(*note)));
  }
  CDSS_TRY(read.columns, read_columns(table));
  CDSS_TRY(const auto sources, within(file->path, source_rows(file->document.root(), rows)));
  for (const auto& source : sources) {
    CDSS_TRY(auto row, within(file->path, read_row(source, read.columns)));
    read.rows.push_back(std::move(row));
  }
  CDSS_CHECK(check_columns_filled(table, read));
  return read;
}

}  // namespace cdss::plugin
