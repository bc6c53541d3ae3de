#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "core/json/view.hpp"

namespace cdss::record {

/// `root` as JSON text, without the values at `nodes`: an element goes out of its array, a member
/// with its name out of its object. All else is as it was read, numbers with their digits; what
/// held nothing else stays as [] or {}.
///
/// @param nodes  values of root's document, ascending, none inside another, as the patient guard
///               gives them. With `root` itself among them nothing is left: "null", which must not
///               be read as an answer that found nothing.
/// Thread-safe.
std::string exclude(View root, std::span<const std::uint32_t> nodes);

}  // namespace cdss::record
