#pragma once

// How codes are held against each other. For the .cpp files of this folder only.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/text/ascii.hpp"
#include "fhir/types/systems.hpp"

namespace cdss::rules {

/// "system|code", in one spelling: ICD codes without dot, in upper case.
inline std::string key_of(std::string_view system, std::string_view code) {
  const std::string_view canonical = fhir::canonical_system(system);
  std::string key{canonical};
  key += '|';
  if (!fhir::is_prefix_hierarchy(canonical)) {
    return key.append(code);
  }
  for (const char c : code) {
    if (c != '.') {
      key += upper(c);
    }
  }
  return key;
}

/// Does the key begin with one of these?
inline bool begins_with_one(std::string_view key, const std::vector<std::string>& prefixes) {
  return std::ranges::any_of(prefixes,
                             [&](const std::string& prefix) { return key.starts_with(prefix); });
}

}  // namespace cdss::rules
