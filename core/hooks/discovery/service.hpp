#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/discovery/prefetch_token.hpp"

namespace cdss::hooks {

/// One prefetch template under its key.
struct PrefetchEntry {
  std::string key;    ///< FHIR code: no white space at the ends, single spaces inside (DISC-11)
  std::string query;  ///< template, e.g. "Patient/{{context.patientId}}"
};

/// One entry of discovery: a service at a hook. One id on several hooks is several entries.
struct Service {
  std::string id;                  ///< last path segment of its URL: A-Z a-z 0-9 - . _ ~ (DISC-19)
  std::string hook;                ///< of the library, or in reverse domain form (DISC-21)
  std::string title;               ///< short name for people
  std::string description;         ///< GitHub-flavoured Markdown
  std::string usage_requirements;  ///< preconditions, for people; may be empty
  std::vector<PrefetchEntry> prefetch;  ///< in the order in which discovery shows them
  /// What its templates may hold; PrefetchTokens::fhirpath only if every client knows those of 3.0.
  PrefetchTokens tokens = PrefetchTokens::simple;
};

/// The version of the CDS Hooks specification that we implement, as discovery's `version`. The
/// member came with 3.0; it is additive, so older clients ignore it (DISC-13).
inline constexpr std::string_view kSpecificationVersion = "2.0.0";

/// Checks one entry before it is offered, its templates included.
///
/// Errors: Errc::missing for an empty id, hook, title or description; Errc::malformed for an id
/// that needs escaping or is "." or ".."; Errc::unsupported for a hook that is neither of the
/// library nor in reverse domain form; those of check_prefetch. `where` is the member, e.g.
/// "prefetch.patient". Source: rows DISC-06 to DISC-12, DISC-19, DISC-21.
Result<void> check(const Service& service);

/// Checks the keys and templates of one entry, alone and with each other.
///
/// Errors: Errc::malformed for a key that is no FHIR code or stands twice, and for a template that
/// needs a key (`%key`) which does not stand before it: so no two can need each other;
/// Errc::unsupported for one that needs a key which needs another key itself: what was not sent is
/// fetched in two rounds; those of PrefetchTemplate::parse. `where` is the member, e.g.
/// "prefetch.patient".
/// Source: rows DISC-11, PF-02 to PF-17, PF-20, PF-22.
Result<void> check_prefetch(const Service& service);

/// Checks each entry, and that no (id, hook) stands twice (Errc::malformed, DISC-18).
/// `where` starts with "services[N]".
Result<void> check(std::span<const Service> services);

/// The body of GET /cds-services, in the order given; `{"services":[]}` when there are none.
std::string write_discovery(std::span<const Service> services);

}  // namespace cdss::hooks
