#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/json/document.hpp"

namespace cdss::fhir_search {

/// One resource that can be found.
struct LocalEntry {
  std::string text;                  ///< as JSON
  std::optional<Document> document;  ///< the same, parsed; never none once it is in a record
  std::string type;
  std::string id;  ///< may be empty
};

/// The answer of a FHIR server that holds `entries` to an expanded prefetch template, as JSON: the
/// resource of "Type/id", or null when there is none; for "Type?name=value&..." a searchset Bundle,
/// without `total` when `_count` has cut it.
///
/// Parameters: those of find_local_parameter, `_count`, and `_sort` by dates; other names in
/// `_sort` are passed over when there is no `_count`.
/// Errors, `where` being the parameter: Errc::unsupported for any other parameter or modifier
/// (`:in` needs a terminology server), and for a `_sort` by something else together with `_count`;
/// those of LocalFilter::read; Errc::malformed when it is no read or search. Thread-safe.
/// Source: HL7 FHIR R4, Search; row PF-20.
Result<std::string> answer_locally(std::string_view query, std::span<const LocalEntry> entries);

}  // namespace cdss::fhir_search
