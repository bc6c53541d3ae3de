#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/abi/request.h"
#include "core/base/errors/result.hpp"
#include "core/hooks/discovery/prefetch_template.hpp"
#include "core/hooks/request/request.hpp"
#include "core/json/document.hpp"
#include "core/json/view.hpp"

namespace cdss::record {

/// One prefetch key that a service reads.
struct PrefetchKey {
  std::string_view key;                            ///< the service's name for it, e.g. "conditions"
  std::string_view resource;                       ///< FHIR resource type that it holds
  const hooks::PrefetchTemplate* query = nullptr;  ///< borrowed; null: it is never fetched
};

/// What is missing from a prefetch key as the client sent it, and so whether a fetch can help.
enum class MissingBecause : std::uint8_t {
  nothing,        ///< All there is; also null and an empty Bundle (PF-34, PF-36).
  not_sent,       ///< Not sent (PF-35).
  later_pages,    ///< A Bundle with a link to its next page (PF-40).
  some,           ///< A Bundle of fewer matches than its `total`, without such a link (PF-42).
  wrong_content,  ///< What was sent does not fit the key (PF-45).
  server_error,  ///< The FHIR server answered the client with an error: not to be asked again (PF-38).
};

/// How far the fetch of a key is.
enum class FetchState : std::uint8_t {
  open,     ///< Not looked at yet, or waiting for a key that its template names.
  asked,    ///< The FHIR server is being asked.
  settled,  ///< It has answered, or nothing was to be asked.
};

/// What is known of one key, and where its value stands. Borrows from the request's Document, or
/// from a Document that the record owns.
struct KeyRecord {
  std::string_view key;
  cdss_key_state state = cdss_key_unavailable;
  std::string reason;          ///< for people, never patient data; empty when present or empty
  std::optional<View> value;   ///< when present or truncated: the resource or the Bundle
  std::uint32_t document = 0;  ///< where `value` is: 0 the request, N PatientRecord::documents[N-1]
  MissingBecause missing_because = MissingBecause::nothing;  ///< of what the client sent
  FetchState fetch = FetchState::open;

  /// Whether the search behind the key was answered in full: present or empty.
  bool is_known() const { return state == cdss_key_present || state == cdss_key_empty; }
};

/// The record of one call, in the order of what was wanted. Move-only; Views stay valid when it is
/// moved.
struct PatientRecord {
  std::vector<KeyRecord> keys;
  std::vector<Document> documents;  ///< what did not come with the request; keys borrow from it

  /// The key of that name, or null.
  const KeyRecord* find(std::string_view key) const;
};

/// Decides for each key of the request whether it is known.
///
/// | sent | state |
/// |---|---|
/// | nothing | unavailable |
/// | null, or a Bundle without entries that does not count any | empty |
/// | one resource of the wanted type, or a Bundle that holds some | present |
/// | such a Bundle with a `next` link or a failed OperationOutcome | truncated |
/// | such a Bundle with an entry without resource or a higher `total` | truncated |
/// | an OperationOutcome; a Bundle of other types only; anything else | unavailable |
///
/// Keys that were not asked for are ignored (PF-44). Source: rows PF-30 to PF-45.
///
/// @param excluded  keys of which the patient guard left something out (Excluded::keys): what is
///                  left of one is truncated, and with nothing left it is unavailable.
PatientRecord read_record(const hooks::HookRequest& request, std::span<const PrefetchKey> wanted,
                          std::span<const std::string> excluded = {});

}  // namespace cdss::record
