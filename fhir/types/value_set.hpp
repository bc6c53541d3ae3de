#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/types/coding.hpp"

namespace cdss::fhir {

/// A set of codes, read from an HL7 FHIR R4 ValueSet. Owns its texts. Constant after it is read,
/// so Thread-safe.
///
/// What is understood: `expansion.contains` (nested; abstract ones are not selectable), which
/// stands for the whole set when there is one; else `compose.include` and `compose.exclude`,
/// each with
/// - `system` alone: every code of it;
/// - `system` and `concept[].code`: these codes;
/// - `system` and one `filter` {"property": "concept", "op": "is-a", "value": "M76.1"}: the code
///   and all below it. Only in systems whose hierarchy is that of code prefixes (ICD-10-CM, ICD-10-PCS,
///   ICD-10), where dot and case mean nothing.
/// Systems are compared by canonical_system(). Exclude wins.
class ValueSet {
 public:
  /// Codes of one system that are in, or out. In a hierarchy by prefix without dots and in capitals,
  /// else as written. Sorted when reading is done.
  struct Codes {
    bool all = false;
    std::vector<std::string> exact;
    std::vector<std::string> prefixes;
    bool has(std::string_view code) const;
    void sort();
  };
  struct System {
    std::string uri;  ///< canonical
    bool is_hierarchy = false;
    Codes included;
    Codes excluded;
  };

  /// Errors: Errc::malformed when this is no ValueSet or an element is not as above; Errc::missing
  /// for a system or code left out; Errc::unsupported for `import`, `include.valueSet`, several
  /// filters in one include, any other filter, and a prefix in other systems.
  static Result<ValueSet> read(View resource);

  /// Is this very code, in this system, in the set. A Coding without system or code never is.
  bool contains(const Coding& coding) const;

  /// What it is made of, for an index over several.
  const std::vector<System>& systems() const { return systems_; }

 private:
  ValueSet() = default;
  System& system(std::string_view uri);
  Result<void> read_compose(View compose);
  Result<void> read_include(View include, bool exclude);
  Result<void> read_contains(View contains);

  std::vector<System> systems_;
};

}  // namespace cdss::fhir
