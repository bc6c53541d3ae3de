#pragma once

#include <optional>

#include "plugins/rules/facts/facts.hpp"

namespace cdss::rules {

/// Weeks of pregnancy, as bounds.
struct Weeks {
  double least;
  double most;
};

/// The local item, else a code Z3A.nn; none when not known. Thread-safe.
std::optional<Weeks> pregnancy_weeks(const Facts& facts);

}  // namespace cdss::rules
