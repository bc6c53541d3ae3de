#pragma once

#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/discovery/prefetch_token.hpp"
#include "core/hooks/discovery/prefetch_values.hpp"

namespace cdss::hooks {

/// The values of a token in one call: at least one, each once, in the order found, not empty, not
/// encoded.
///
/// `resolve()` looks in what the call holds: the resource itself for `#x`, then the Bundles and
/// resources of the context and of the prior keys. A "Type/id" that is not there still has its type
/// and id, which is all that `ofType()` and `.id` need. What is no literal reference
/// (an identifier, a CodeableConcept) is passed over. A path that ends at a Reference gives its
/// "Type/id".
///
/// Errors: Errc::missing when the call gives no value (a field or a prior key is absent, the user
/// is of another type, a path finds nothing), and when a literal reference leads outside the
/// call; Errc::malformed when a value is not of a type that can stand in a URL; Errc::out_of_range
/// when there are more than 256 values, 64 KiB of them, or it takes more than 100,000 steps to find
/// them. `where` is the context's element or the token. Thread-safe.
/// Source: HL7 FHIR R4, FHIRPath, "resolve()"; rows PF-07 to PF-17.
Result<std::vector<std::string>> evaluate(const PrefetchToken& token, const TemplateValues& values);

/// The values of several paths together, for `evaluate`. Errors: the same; `where` is empty for what
/// is not about one element.
Result<std::vector<std::string>> path_values(const std::vector<TokenPath>& paths,
                                             const TemplateValues& values);

/// The text of a string, number or boolean as it may stand in a URL, not yet encoded.
/// Errors: Errc::malformed when it is of another kind, empty, or holds U+0000.
Result<std::string> simple_text(View value);

}  // namespace cdss::hooks
