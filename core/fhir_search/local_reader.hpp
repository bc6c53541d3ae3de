#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/document.hpp"

namespace cdss::fhir_search {

/// One file of a patient's record, read.
struct LocalText {
  std::string name;  ///< for errors, e.g. "chart.ndjson"
  std::string bytes;
};

/// One resource of a file. Borrows from LocalContents::documents.
struct LocalResource {
  View view;
  std::string_view full_url;  ///< of its Bundle entry; empty without one
  std::string where;          ///< e.g. "chart.ndjson:12: entry[3].resource"
};

/// What files hold: every resource but Bundles and OperationOutcomes.
struct LocalContents {
  std::vector<Document> documents;
  std::vector<LocalResource> resources;  ///< in the order of the files
};

/// Takes files apart: JSON of one resource, or NDJSON with one resource on each line. A resource
/// may be a Bundle of any type, and so may what it holds.
///
/// Errors, with the file, the line of NDJSON and the element as `where`: those of Document::parse;
/// Errc::malformed for what is no resource and for an entry that holds none; Errc::unsupported for
/// a Bundle that is one page of several, since a search must not miss the rest; Errc::missing when
/// there is no resource at all. Longest file: 64 MiB.
Result<LocalContents> read_local(std::vector<LocalText> texts);

}  // namespace cdss::fhir_search
