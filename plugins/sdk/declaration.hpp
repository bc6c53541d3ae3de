#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/base/options.hpp"
#include "core/hooks/discovery/prefetch_token.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::sdk {

/// How much a service depends on a need.
enum class Level : std::uint8_t {
  required,  ///< without it the service is not evaluated
  wanted,    ///< asked for in discovery; the service goes on without it and says so
  optional,  ///< asked for in discovery; its absence is not mentioned
};

/// One thing a service reads of the patient's record. Discovery shows its template: `prefetch`, or
/// else `Resource?patient={{context.patientId}}&query`, or `Patient/{{context.patientId}}`.
struct Need {
  std::string key;       ///< the plugin's own name, e.g. "conditions"; letters, digits, - and _
  std::string resource;  ///< FHIR resource type
  std::string query;     ///< search parameters after the patient's; empty for all of the type
  Level level = Level::wanted;
  /// A template of its own in place of `query`: a read or a search of `resource`, or one token.
  std::string prefetch = {};
};

/// One CDS service of a plugin.
struct Service {
  std::string id;                  ///< last part of its URL
  std::vector<std::string> hooks;  ///< each becomes an entry of discovery
  std::string title;
  std::string description;
  std::string usage_requirements;
  std::vector<Need> needs;  ///< one whose template names `%key` stands after the need of that key
  /// Beside the required needs: of each group of keys at least one must be known.
  std::vector<std::vector<std::string>> required = {};
  /// What its templates may hold. With `fhirpath` it must do without what a client of CDS Hooks 2.0
  /// and 1.0 cannot resolve, unless the host may read that client's FHIR server.
  hooks::PrefetchTokens prefetch_tokens = hooks::PrefetchTokens::simple;
};

/// What one call may use.
struct Limits {
  std::chrono::milliseconds deadline{2'000};
  std::size_t memory_bytes = std::size_t{256} << 20U;
};

/// Writes the declarations of options: the members of the manifest's `options`.
using DeclareOptions = std::function<void(json::Object&)>;

/// The declarations of `rows`, which must live as long as the program.
template <class S>
DeclareOptions declare(std::span<const Option<S>> rows) {
  return [rows](json::Object& out) { declare_options(out, rows); };
}

/// What a plugin declares of itself: its manifest is made from this.
struct Declaration {
  std::string id;       ///< lower-case letters, digits and -
  std::string version;  ///< semantic version
  std::vector<Service> services;
  DeclareOptions options = {};  ///< none when the plugin has no options
  Limits limits = {};
  /// What a user of the service must be able to read about it (name, text), in the order given.
  /// Source: 45 CFR 170.315(b)(11), source attributes.
  std::vector<std::pair<std::string, std::string>> source;
};

/// The declaration as one JSON object: `id`, `version`, `services` [{`id`, `hooks`, `title`,
/// `description`, `usageRequirements`, `prefetchTokens`, `needs` [{`key`, `resource`, `query`,
/// `prefetch`, `level`}], `required` [[key]]}], `options`, `limits` {`deadline_ms`, `memory_bytes`}, `source`.
std::string write(const Declaration& declaration);

}  // namespace cdss::sdk
