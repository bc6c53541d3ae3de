#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/fhir_client/fhir_access.hpp"
#include "core/hooks/request/request.hpp"
#include "core/record/patient_record.hpp"

namespace cdss::fhir_client {

/// One thing to ask a FHIR server for. Owns its texts: it may outlive the request.
struct Query {
  std::string key;            ///< of the record, e.g. "conditions"
  std::string resource;       ///< FHIR resource type that it must answer
  bool is_search = true;      ///< the answer is a Bundle; else one resource
  bool is_filtered = false;   ///< the token covers only a part of it (Scopes::Coverage::part)
  std::string relative = {};  ///< "Condition?patient=p1" or "Patient/p1"; percent-encoded
  /// What the client sent of it, when its Bundle names a next page: the fetch goes on from there
  /// (PF-40). Else null.
  std::shared_ptr<const Document> first_page = {};
};

/// Compares what was sent with what the service wants, and says what to fetch (PF-31).
///
/// | what the client sent for a key | |
/// |---|---|
/// | nothing, or a value that does not fit the key | asked |
/// | a Bundle with a `next` link | gone on from its next page |
/// | a Bundle of fewer matches than its `total` | asked anew |
/// | null, an empty Bundle, an OperationOutcome, all there is | not asked (PF-34, PF-38) |
///
/// Nothing is asked that the token's scopes exclude (FA-10), that the call's context does not fill
/// (PF-08), whose id is no FHIR id, or that would read a draft of the context, which its server
/// need not know (REQ-20). The reason of a key that is needed and not asked says why.
///
/// A template that names another key (`%key`) is filled from what is known of that. When that is to
/// be fetched itself, it waits: call this again after add_fetched, until there is nothing to ask.
/// No key is asked for twice, and the templates of a service need two rounds at most
/// (hooks::check_prefetch).
///
/// @param record  of read_record over the same request and `wanted`; gets the reasons, and which
///                keys are being asked for.
/// @param access  or why there is none: then nothing is asked.
/// @param today   the day at the site, for templates with `today()`, which are not asked without.
std::vector<Query> plan_fetch(record::PatientRecord& record, const hooks::HookRequest& request,
                              std::span<const record::PrefetchKey> wanted,
                              const Result<FhirAccess>& access,
                              std::optional<std::chrono::sys_days> today = {});

}  // namespace cdss::fhir_client
