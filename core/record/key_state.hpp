#pragma once

// What a value says of the key that it was sent or fetched for. For the .cpp files of this folder
// only.

#include <string_view>

#include "core/abi/request.h"
#include "core/json/view.hpp"
#include "core/record/patient_record.hpp"

namespace cdss::record {

struct KeyState {
  cdss_key_state state = cdss_key_unavailable;
  std::string_view reason = {};  ///< a literal; empty when present or empty
  MissingBecause missing_because = MissingBecause::nothing;
};

/// Judges a resource or a Bundle; see the table of read_record.
/// @param resource   FHIR resource type that the key holds.
/// @param is_search  whether a Bundle was asked for: then one resource is not all there is.
KeyState judge(View value, std::string_view resource, bool is_search);

}  // namespace cdss::record
