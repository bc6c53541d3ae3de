#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/request/hooks.hpp"

namespace cdss::hooks {

/// Which tokens a template may hold. Spelled as in a plugin's manifest.
enum class PrefetchTokens : std::uint8_t {
  simple,    ///< CDS Hooks 1.0 and 2.0: first-level fields of the context, and user tokens (PF-06)
  fhirpath,  ///< CDS Hooks 3.0: also its subset of FHIRPath, which clients need not know (PF-18)
};

/// One step of a path: what it does to each value of the step before.
struct PathStep {
  enum class Kind : std::uint8_t {
    element,  ///< the element `name`, a choice such as medication[x] by its name without type
    of_type,  ///< only resources of type `name`
    resolve,  ///< the resource that a reference refers to
  };
  Kind kind;
  std::string name;
};

/// "context.draftOrders.entry.resource" or "%orders.entry.resource.subject.reference".
struct TokenPath {
  std::string key;              ///< the earlier key it begins at; empty for `context`
  std::vector<PathStep> steps;  ///< at least one; the last one is an element
};

/// What stands between `{{` and `}}`. Constant once made.
struct PrefetchToken {
  enum class Kind : std::uint8_t {
    user,   ///< the id of the user, when it is of type `name` (PF-07)
    field,  ///< the one value of `context.name`
    date,   ///< `today()` plus `days` (PF-10)
    paths,  ///< all values of `paths`: a comma list when there are several (PF-15, PF-17)
  };
  Kind kind;
  std::string text;  ///< as written
  std::string name;
  int days = 0;
  std::vector<TokenPath> paths;
};

/// Reads a token.
///
/// @param hook  the hook whose context it names; null for one outside the library.
/// Errors: Errc::unsupported for what the profile `tokens` does not have (a function, operator or
/// variable outside the subset, months and years, a type that R4 does not have), and for a field
/// that the hook does not permit; Errc::malformed when it is no such expression or can give no
/// simple value; Errc::out_of_range when it is longer than 1024 characters, joins more than 16
/// paths, or has a path of more than 32 steps.
/// Source: CDS Hooks 3.0.0-ballot, "Simpler FHIRPath"; rows PF-04 to PF-11, PF-15, PF-16.
Result<PrefetchToken> read_prefetch_token(std::string_view text, const HookDefinition* hook,
                                          PrefetchTokens tokens);

}  // namespace cdss::hooks
