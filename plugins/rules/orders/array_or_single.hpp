#pragma once

// For the .cpp files of this folder only.

#include <optional>

#include "core/json/view.hpp"

namespace cdss::rules {

/// Calls `visit` for each element, or for a value that stands there without its array.
template <class Visit>
void for_each(std::optional<View> value, Visit visit) {
  if (!value) {
    return;
  }
  if (!value->is_array()) {
    visit(*value);
    return;
  }
  for (const View element : value->elements()) {
    visit(element);
  }
}

}  // namespace cdss::rules
