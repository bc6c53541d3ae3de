#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 Bundle: the envelope. The resources inside are read on their own
/// (fhir/read_all.hpp).
struct Bundle : Resource {
  static constexpr std::string_view kType = "Bundle";

  /// Tolerant: a Bundle without type, with one object in place of an array of entries, or with null
  /// in place of entries is read. Errors: Errc::malformed when this is no Bundle, or type, total,
  /// link or entry has the wrong JSON kind.
  static Result<Bundle> read(View resource);

  struct Entry {
    View entry;                    ///< the whole entry
    std::optional<View> resource;  ///< an object; none when the entry has none
    std::string_view full_url;
    bool is_outcome;  ///< search.mode `outcome`: it tells of the search, and is no match
  };

  std::string_view bundle_type;       ///< "searchset", "collection", ...; empty when absent
  std::optional<std::int64_t> total;  ///< matches in all, not entries here; none when absent
  bool has_next = false;              ///< a link of relation "next": there are more pages
  std::string_view next;              ///< where that link leads; empty when it does not say
  std::vector<Entry> entries;
};

}  // namespace cdss::fhir
