#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/hooks/request/context.hpp"
#include "core/hooks/request/leniencies.hpp"
#include "core/json/view.hpp"

namespace cdss::hooks {

/// The access that a client grants for one call. Borrowed from the request's Document.
/// Never log, store or hand on `access_token` (FA-03, FA-04).
struct FhirAuthorization {
  std::string_view access_token;
  std::int64_t expires_in;  ///< seconds, at least 0
  std::string_view scope;
  std::string_view subject;                 ///< the client id under which this service is known
  std::optional<std::string_view> patient;  ///< bare id; the patient guard compares it (FA-08)
  std::uint32_t access_token_node;          ///< node of the token, for whoever must blank it
};

/// One call as the client made it, checked. Borrowed: valid as long as the Document it was read
/// from. Thread-safe.
struct HookRequest {
  std::string_view hook;
  std::string_view hook_instance;  ///< bare UUID in the client's case, no "urn:uuid:" (REQ-05)
  std::optional<std::string_view> fhir_server;  ///< absolute http(s) URL
  std::optional<FhirAuthorization> fhir_authorization;
  View context_view;  ///< the whole `context`, with fields we do not know
  Context context;
  std::optional<View> prefetch;  ///< object; each value an object or null
};

/// Reads a service call from its body.
///
/// The context is read by read_context, for a hook outside the library for structure only:
/// `userId`, `patientId` and `encounterId` must be well formed when they are there. Members that we
/// do not know are ignored (GEN-10). That the service advertises `hook` is for the caller to check
/// with find_service (REQ-18); so is that `fhirServer` is https in production (REQ-09), and that
/// all of it, `fhirAuthorization.patient` too, is about one patient: the patient guard does.
///
/// Choices where the specification leaves one: a prefetch value that is neither object nor null is
/// refused (REQ-13); an optional field that is null, empty or of the wrong type is refused; a
/// selection that is not in draftOrders, and a user of an unusual type, are accepted.
///
/// Errors, each with the element's path: Errc::missing for a required member that is absent;
/// Errc::malformed for one that is null, empty or of the wrong type, and for `fhirAuthorization`
/// without `fhirServer`; Errc::out_of_range for a negative or enormous `expires_in`. All mean 400.
/// Source: CDS Hooks 2.0.1, "HTTP Request"; rows REQ-02 to REQ-16, FA-05 to FA-08.
///
/// @param leniencies  what of the context is forgiven; for the rest call normalize_request before.
Result<HookRequest> read_request(View body, const Leniencies& leniencies = {});

}  // namespace cdss::hooks
