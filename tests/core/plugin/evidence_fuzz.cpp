// Whatever an evidence file and the files it names hold, what is read of them is whole: no table
// without rows, no row without all its cells, no column empty all the way down, no id twice.
//
// An input is `{"evidence": ..., "services": [...], "files": {path: ...}}`; any other JSON is an
// evidence file in a package without more.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"
#include "core/plugin/evidence.hpp"

namespace {

using namespace cdss;          // NOLINT(google-build-using-namespace): a program of one page
using namespace cdss::plugin;  // NOLINT(google-build-using-namespace)

void expect(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

std::vector<KnowledgeFile> files_of(View input) {
  std::vector<KnowledgeFile> files;
  const auto member = input.find("files");
  if (!member || !member->is_object()) {
    return files;
  }
  for (const Member file : member->members()) {
    std::string text;
    json::append_value(text, file.value);
    auto document = Document::parse(std::move(text));
    expect(document.has_value());
    files.push_back({std::string{file.name}, {}, *std::move(document)});
  }
  return files;
}

std::vector<std::string> services_of(View input) {
  std::vector<std::string> services;
  const auto member = input.find("services");
  if (member && member->is_array()) {
    for (const View element : member->elements()) {
      services.emplace_back(element.is_string() ? *element.string() : std::string_view{});
    }
  }
  return services;
}

void check(const EvidenceTable& table) {
  expect(!table.id.empty() && !table.title.empty() && !table.rows.empty());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    expect(std::ranges::any_of(table.rows, [&](const EvidenceRow& row) {
      return row.cells.at(i).kind != EvidenceCell::Kind::empty;
    }));
  }
  for (const auto& row : table.rows) {
    expect(row.cells.size() == table.columns.size());
    for (const auto& cell : row.cells) {
      expect(cell.kind != EvidenceCell::Kind::empty || cell.texts.empty());
      expect(cell.kind == EvidenceCell::Kind::empty || cell.kind == EvidenceCell::Kind::texts ||
             cell.texts.size() == 1);
    }
  }
}

template <class Rows>
void check_ids(const Rows& rows) {
  std::set<std::string> ids;
  for (const auto& row : rows) {
    expect(!row.id.empty() && ids.insert(row.id).second);
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = Document::parse(std::string{reinterpret_cast<const char*>(data), size});
  if (!document) {
    return 0;
  }
  const View input = document->root();
  const auto files = files_of(input);
  const auto services = services_of(input);
  const auto evidence = read_evidence(input.find("evidence").value_or(input), files, services);
  if (!evidence) {
    expect(!evidence.error().message.empty());
    return 0;
  }
  expect(!evidence->services.empty() && !evidence->statement.empty());
  for (const auto& service : evidence->services) {
    expect(std::ranges::find(services, service) != services.end() && evidence->is_about(service));
  }
  for (const auto* const paragraphs :
       {&evidence->intended_use, &evidence->population, &evidence->logic, &evidence->limits}) {
    expect(!paragraphs->empty());
  }
  std::ranges::for_each(evidence->tables, [](const EvidenceTable& table) { check(table); });
  check_ids(evidence->tables);
  check_ids(evidence->references.rows);
  check_ids(evidence->facts.rows);
  return 0;
}
