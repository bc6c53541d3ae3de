#pragma once

// The state of a key, from the value that was sent or fetched for it. For the .cpp files of this
// folder only.

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

/// The state that a resource or a Bundle gives; see the table of read_record.
/// @param resource   FHIR resource type that the key holds.
/// @param is_search  whether a Bundle was asked for: then one resource is not all there is.
KeyState judge(View value, std::string_view resource, bool is_search);

}  // namespace cdss::record
