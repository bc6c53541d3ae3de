#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/fhir_search/local_record.hpp"
#include "core/json/document.hpp"
#include "core/server/service_registry.hpp"

namespace cdss::cli {

/// A call that an EHR could have made.
struct LocalCall {
  std::string body;  ///< of the POST
  /// Keys that are not in its prefetch, and why: `where` is e.g. "prefetch.results: code:in".
  std::vector<Error> excluded;
};

/// Makes the call that an EHR with this record would make: the service's templates are resolved
/// over the record, in their order, as far as it can answer them.
///
/// @param hook     one that the service offers; none: patient-view, or else its first one.
/// @param context  members of the call's context beside `patientId`; an absent `userId` becomes
///                 "Practitioner/example".
/// @param today    what `today()` in a template means.
/// Errors: Errc::unsupported for a hook that the service does not offer; Errc::missing when the
/// hook needs a field of the context that is not there; Errc::malformed when `context` is no object
/// or about another patient.
Result<LocalCall> make_local_call(const fhir_search::LocalRecord& record,
                                  const server::HostedService& hosted_service,
                                  const std::optional<std::string>& hook,
                                  const std::optional<Document>& context,
                                  std::chrono::sys_days today);

}  // namespace cdss::cli
