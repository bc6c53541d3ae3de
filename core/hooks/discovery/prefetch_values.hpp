#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "core/json/view.hpp"

namespace cdss::hooks {

/// An earlier key of the same service, for templates that name it as `%key`.
struct PriorKey {
  std::string_view key;
  /// The resource or Bundle; JSON null when the search found nothing. None when it is not known, or
  /// not in full (unavailable, truncated): what depends on it cannot be asked for then.
  std::optional<View> value;
};

/// What a prefetch template is filled from in one call. Borrowed.
struct TemplateValues {
  View context;  ///< the request's `context`
  /// The day the request arrived, in the site's time zone; only templates with `today()` need it.
  std::optional<std::chrono::sys_days> today = {};
  std::span<const PriorKey> prior = {};  ///< keys that are decided already, in any order
  /// The base of the client's FHIR server, so that a reference that begins with it can be followed;
  /// may be empty.
  std::string_view fhir_server = {};
};

}  // namespace cdss::hooks
