#pragma once

#include <vector>

#include "core/base/errors/result.hpp"

namespace cdss {

/// All that is wrong, for who would rather be told at once than one by one.
using Faults = std::vector<Error>;

/// Adds what `outcome` says went wrong.
inline void add_fault(const Result<void>& outcome, Faults& faults) {
  if (!outcome) {
    faults.push_back(outcome.error());
  }
}

}  // namespace cdss
