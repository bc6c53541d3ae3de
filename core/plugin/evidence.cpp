#include "core/plugin/evidence.hpp"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>

#include "core/plugin/evidence_table.hpp"

namespace cdss::plugin {
namespace {

/// Errors: Errc::malformed unless it is an array of objects with at least one.
Result<View> objects(View parent, std::string_view member) {
  CDSS_TRY(const auto array, parent.at(member));
  CDSS_CHECK(array.check_filled_array("must be an array with at least one object"));
  for (const View element : array.elements()) {
    CDSS_CHECK(element.check_object());
  }
  return array;
}

/// Errors: those of View::at and View::texts.
Result<std::vector<std::string>> texts(View parent, std::string_view member) {
  CDSS_TRY(const auto array, parent.at(member));
  return array.texts();
}

/// Empty when the member is absent or an empty text: rows may be written all alike.
Result<std::string> optional_text(View parent, std::string_view member) {
  const auto value = parent.find(member);
  if (!value) {
    return std::string{};
  }
  CDSS_TRY(const auto text, value->string());
  return std::string{text};
}

/// Errors: Errc::malformed when `id` stands in `seen` already; else it does afterwards.
Result<void> check_new(View element, const std::string& id, std::set<std::string>& seen) {
  if (!seen.insert(id).second) {
    return element.error_at("id", Errc::malformed, "stands twice");
  }
  return {};
}

Result<EvidenceList<EvidenceReference>> read_references(View root) {
  CDSS_TRY(const auto array, objects(root, "references"));
  EvidenceList<EvidenceReference> read;
  CDSS_TRY(read.note, optional_text(root, "note"));
  std::set<std::string> seen;
  for (const View element : array.elements()) {
    EvidenceReference reference;
    CDSS_TRY(reference.id, element.required_string("id"));
    CDSS_TRY(reference.text, element.required_string("text"));
    CDSS_TRY(reference.access, optional_text(element, "access"));
    CDSS_CHECK(check_new(element, reference.id, seen));
    read.rows.push_back(std::move(reference));
  }
  return read;
}

Result<EvidenceList<EvidenceFact>> read_facts(View root) {
  CDSS_TRY(const auto array, objects(root, "facts"));
  EvidenceList<EvidenceFact> read;
  CDSS_TRY(read.note, optional_text(root, "note"));
  std::set<std::string> seen;
  for (const View element : array.elements()) {
    EvidenceFact fact;
    CDSS_TRY(fact.id, element.required_string("id"));
    CDSS_TRY(fact.text, element.required_string("text"));
    CDSS_TRY(fact.left_out, optional_text(element, "left_out"));
    if (const auto used = element.find("used"); used && used->size() > 0) {
      CDSS_TRY(fact.used, texts(element, "used"));
    }
    if (fact.used.empty() && fact.left_out.empty()) {
      return element.error(Errc::missing, "must say where it is used or why it is left out");
    }
    CDSS_CHECK(check_new(element, fact.id, seen));
    read.rows.push_back(std::move(fact));
  }
  return read;
}

/// What `read` makes of the file that the member names; nothing when it names none.
template <class Read>
auto read_named(View root, std::string_view member, std::span<const KnowledgeFile> files, Read read)
    -> decltype(read(root)) {
  if (!root.find(member)) {
    return {};
  }
  CDSS_TRY(const auto* const file, find_file(root, member, files));
  return within(file->path, read(file->document.root()));
}

Result<std::vector<EvidenceTable>> read_tables(View root, std::span<const KnowledgeFile> files) {
  if (!root.find("tables")) {
    return std::vector<EvidenceTable>{};
  }
  CDSS_TRY(const auto array, objects(root, "tables"));
  std::vector<EvidenceTable> tables;
  std::set<std::string> seen;
  for (const View element : array.elements()) {
    CDSS_TRY(auto table, read_evidence_table(element, files));
    CDSS_CHECK(check_new(element, table.id, seen));
    tables.push_back(std::move(table));
  }
  return tables;
}

Result<std::vector<std::string>> read_services(View root, std::span<const std::string> services) {
  CDSS_TRY(auto named, texts(root, "services"));
  for (const auto& id : named) {
    if (std::ranges::find(services, id) == services.end()) {
      return root.error_at("services", Errc::missing,
                           "names a service that the package does not offer");
    }
  }
  return named;
}

}  // namespace

bool Evidence::is_about(std::string_view service) const {
  return std::ranges::find(services, service) != services.end();
}

Result<Evidence> read_evidence(View root, std::span<const KnowledgeFile> files,
                               std::span<const std::string> services) {
  CDSS_CHECK(check_members(root, {"$schema", "services", "statement", "intended_use", "population",
                                  "logic", "limits", "tables", "references", "facts"}));
  Evidence evidence;
  CDSS_TRY(evidence.services, read_services(root, services));
  CDSS_TRY(evidence.statement, root.required_string("statement"));
  CDSS_TRY(evidence.intended_use, texts(root, "intended_use"));
  CDSS_TRY(evidence.population, texts(root, "population"));
  CDSS_TRY(evidence.logic, texts(root, "logic"));
  CDSS_TRY(evidence.limits, texts(root, "limits"));
  CDSS_TRY(evidence.tables, read_tables(root, files));
  CDSS_TRY(evidence.references, read_named(root, "references", files, read_references));
  CDSS_TRY(evidence.facts, read_named(root, "facts", files, read_facts));
  return evidence;
}

}  // namespace cdss::plugin
