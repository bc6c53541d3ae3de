#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "core/plugin/evidence.hpp"
#include "core/plugin/knowledge_file.hpp"

namespace cdss::plugin {

/// Errors: Errc::malformed when `object` is none; Errc::unsupported for a member not in `names`.
Result<void> check_members(View object, std::initializer_list<std::string_view> names);

/// The knowledge file whose path the member gives.
/// Errors: those of View::required_string; Errc::missing when the package has no such file.
Result<const KnowledgeFile*> find_file(View parent, std::string_view member,
                                       std::span<const KnowledgeFile> files);

/// Reads one table of an evidence file: `{id, title, intro?, note?, file, rows, columns: [{member,
/// title}]}`, and the rows that it names. Errors: as read_evidence.
Result<EvidenceTable> read_evidence_table(View table, std::span<const KnowledgeFile> files);

}  // namespace cdss::plugin
