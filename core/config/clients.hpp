#pragma once

#include <vector>

#include "core/base/errors/result.hpp"
#include "core/config/settings.hpp"

namespace cdss::config {

/// Appends every conflict between the client profiles of one configuration, with its file and
/// element: see Settings::read.
void check_clients(const Settings& settings, std::vector<Error>& faults);

}  // namespace cdss::config
