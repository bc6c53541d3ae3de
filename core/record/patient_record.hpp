#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/abi/request.h"
#include "core/base/result.hpp"
#include "core/base/view.hpp"
#include "core/hooks/request.hpp"

namespace cdss::record {

/// One prefetch key that a service reads.
struct Wanted {
  std::string_view key;       ///< the service's name for it, e.g. "conditions"
  std::string_view resource;  ///< FHIR resource type that it holds
};

/// What is known of one key, and where its value stands. Borrows from the request's Document.
struct KeyRecord {
  std::string_view key;
  cdss_key_state state = cdss_key_unavailable;
  std::string reason;         ///< for people, never patient data; empty when present or empty
  std::optional<View> value;  ///< when present or truncated: the resource or the Bundle

  /// Whether the search behind the key was answered in full: present or empty.
  bool is_known() const { return state == cdss_key_present || state == cdss_key_empty; }
};

/// The record of one call, in the order of what was wanted.
struct PatientRecord {
  std::vector<KeyRecord> keys;

  /// The key of that name, or null.
  const KeyRecord* find(std::string_view key) const;
};

/// Sorts what the client sent into what is known and what is not.
///
/// | sent | state |
/// |---|---|
/// | nothing | unavailable |
/// | null, or a Bundle without resources | empty |
/// | an OperationOutcome, or a Bundle of nothing but a failed one | unavailable |
/// | a Bundle with a `next` link, or with a failed OperationOutcome beside resources | truncated |
/// | a Bundle, or one resource of the wanted type | present |
/// | anything else | unavailable |
///
/// Keys that were not asked for are ignored (PF-44). Source: rows PF-30 to PF-45.
PatientRecord read_record(const hooks::HookRequest& request, std::span<const Wanted> wanted);

/// Finds the first resource that provably belongs to another patient than the call: a Patient of
/// another id, or a subject, patient or beneficiary that refers to another Patient by id. Looks
/// through prefetch, draft orders and appointments, Bundles inside Bundles included.
///
/// Errors: Errc::malformed, with the path of that resource: the call must be refused.
Result<void> check_patient(const hooks::HookRequest& request);

}  // namespace cdss::record
