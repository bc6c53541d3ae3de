#pragma once

namespace cdss::hooks {

/// The known mistakes of a client that are tolerated: none, unless its profile says so.
struct Leniencies {
  bool no_hook_instance = false;  ///< sends no `hookInstance`: normalize_request gives the call one
  bool no_context = false;        ///< sends no `context`: normalize_request makes one from prefetch
  bool hook_is_service = false;   ///< sends the id of the service as `hook`
  bool draft_shapes = false;      ///< Bundles in its context are not as FHIR has them
  bool message_in_errors = false;  ///< reads the member `message` in the body of an error

  friend bool operator==(const Leniencies&, const Leniencies&) = default;
};

}  // namespace cdss::hooks
