#pragma once

#include <string>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/discovery/prefetch_token.hpp"
#include "core/hooks/discovery/prefetch_values.hpp"

namespace cdss::hooks {

/// The text of a string, number or boolean as it may stand in a URL, not yet encoded.
/// Errors: Errc::malformed when it is of another kind, empty, or holds U+0000.
Result<std::string> simple_text(View value);

/// The values of several paths together, each once, at least one. Errors: as of `evaluate`
/// (prefetch_evaluate.hpp); `where` is empty for what is not about one element.
Result<std::vector<std::string>> path_values(const std::vector<TokenPath>& paths,
                                             const TemplateValues& values);

}  // namespace cdss::hooks
