#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "core/plugin/knowledge_file.hpp"

namespace cdss::plugin {

/// What one row of a knowledge file says in one column.
struct EvidenceCell {
  enum class Kind : std::uint8_t { empty, text, number, boolean, texts };

  Kind kind = Kind::empty;
  std::vector<std::string> texts;  ///< a number's digits as written; "true" or "false"; none
};

struct EvidenceColumn {
  std::string member;  ///< the member of each row that it shows, or `$name` or `$value`
  std::string title;
};

struct EvidenceRow {
  std::string id;                   ///< what others refer to it by; empty when it has none
  std::vector<EvidenceCell> cells;  ///< one for each column
};

/// The rows of a knowledge file, as the page shows them.
struct EvidenceTable {
  std::string id;  ///< letters, digits, - and _; unique on the page
  std::string title;
  std::string intro;  ///< may be empty
  std::string note;   ///< what the file itself says of its rows; may be empty
  std::string file;   ///< path in the package
  std::vector<EvidenceColumn> columns;
  std::vector<EvidenceRow> rows;
};

/// A publication.
struct EvidenceReference {
  std::string id;  ///< e.g. "[7]"
  std::string text;
  std::string access;  ///< how much of it was read, e.g. "abstract"; may be empty
};

/// One statement of the first sources, and where it is used.
struct EvidenceFact {
  std::string id;  ///< e.g. "S2-06"
  std::string text;
  std::vector<std::string> used;  ///< ids of rules
  std::string left_out;           ///< why it is not used
};

template <class Row>
struct EvidenceList {
  std::string note;  ///< on all of them; may be empty
  std::vector<Row> rows;
};

/// What a package tells people about itself: the prose of its `knowledge/evidence.json`, and the
/// rows of the other knowledge files that this file names. Owns all its text.
struct Evidence {
  std::vector<std::string> services;      ///< ids of the services that it is about, at least one
  std::string statement;                  ///< what it is and is not, e.g. "not validated"
  std::vector<std::string> intended_use;  ///< paragraphs, as the following; at least one each
  std::vector<std::string> population;
  std::vector<std::string> logic;
  std::vector<std::string> limits;
  std::vector<EvidenceTable> tables;
  EvidenceList<EvidenceReference> references;
  EvidenceList<EvidenceFact> facts;

  /// Whether it is about that service.
  bool is_about(std::string_view service) const;
};

/// Where the evidence of a package stands.
inline constexpr std::string_view kEvidenceFile = "knowledge/evidence.json";

/// Reads an evidence file; config/evidence.schema.json gives its shape.
///
/// The `rows` of a table name an array of objects in the file, or an object: then its members are
/// the rows, with `$name` for the member's name and `$value` for a value that is no object. A cell
/// is a text, a number, true or false, or an array of texts; a member that is absent is an empty
/// cell.
///
/// @param files     The knowledge files of the package.
/// @param services  The ids of the services that the package offers.
/// Errors, `where` being the path of the element in `root`, or another file and the path in that:
/// Errc::missing for a member, file or service that is not there, and for a column whose member no
/// row has; Errc::unsupported for a member that the file cannot have; Errc::malformed for a wrong
/// kind of value and for an id that stands twice.
Result<Evidence> read_evidence(View root, std::span<const KnowledgeFile> files,
                               std::span<const std::string> services);

}  // namespace cdss::plugin
