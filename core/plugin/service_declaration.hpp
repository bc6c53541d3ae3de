#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/discovery/service.hpp"
#include "core/json/view.hpp"

namespace cdss::plugin {

/// How much a service depends on a need. Spelled as in the manifest.
enum class Level {
  required,  ///< without it the service is not evaluated
  wanted,    ///< asked for in discovery; the service goes on without it and says so
  optional,  ///< asked for in discovery; its absence is not worth a word
};

/// The name of a level in the manifest.
std::string_view to_string(Level level);

/// One thing a service reads of the patient's record, under the plugin's own name for it.
struct Need {
  std::string key;       ///< prefetch key, e.g. "conditions"; letters, digits, - and _
  std::string resource;  ///< FHIR resource type, e.g. "Condition"
  std::string query;     ///< search parameters after the patient's; empty for all of the type
  Level level = Level::wanted;
  /// The whole template, for what is not searched by the patient; empty for one that is made from
  /// `resource` and `query`.
  std::string prefetch = {};
};

/// The prefetch template that discovery shows for a need: its own if it has one, else
/// `Patient/{{context.patientId}}` for the patient, else `Condition?patient={{context.patientId}}`
/// and `&` and the query if there is one. Source: CDS Hooks, Prefetch Template.
std::string prefetch_query(const Need& need);

/// One CDS service of a plugin, as it stands in the manifest.
struct ServiceDeclaration {
  std::string id;                  ///< last part of its URL; letters, digits, - and _
  std::vector<std::string> hooks;  ///< at least one; each becomes an entry of discovery
  std::string title;               ///< may be empty
  std::string description;
  std::string usage_requirements;  ///< may be empty
  std::vector<Need> needs;         ///< keys are unique
  /// The tokens that its templates may hold.
  hooks::PrefetchTokens tokens = hooks::PrefetchTokens::simple;

  /// Beside the needs of Level::required: of each group at least one key must be known.
  /// Every key is the key of a need.
  std::vector<std::vector<std::string>> required;
};

/// Reads `{id, hooks, title, description, usageRequirements, prefetchTokens, needs: [{key,
/// resource, query, prefetch, level}], required: [[key]]}`. Unknown members are ignored; an absent
/// `level` is wanted, an absent `prefetchTokens` simple. A need has `query` or `prefetch`, not
/// both.
///
/// Errors: Errc::missing and Errc::malformed with the path of the element; Errc::unsupported for a
/// level or kind of tokens that is none of ours.
Result<ServiceDeclaration> read_service_declaration(View service);

/// The entry of discovery for a service at one of its hooks.
hooks::Service discovery_entry(const ServiceDeclaration& service, const std::string& hook);

/// Holds the templates of a service to what clients can resolve, at each of its hooks.
///
/// Errors: those of hooks::check_prefetch; `where` is "prefetch.KEY".
Result<void> check_prefetch(const ServiceDeclaration& service);

}  // namespace cdss::plugin
