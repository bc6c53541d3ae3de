#pragma once

#include <filesystem>
#include <span>

#include <sys/types.h>

#include "core/base/errors/result.hpp"

namespace cdss::worker {

/// Starts `PROGRAM worker` with an empty environment, in /, in a session of its own, with 0 to 2 on
/// /dev/null, default signals, and of all descriptors only `inherited`, numbered from 3 in order.
///
/// @param program  Absolute.
/// Errors: Errc::internal when the system refuses or the program cannot be executed.
Result<pid_t> spawn_worker(const std::filesystem::path& program, std::span<const int> inherited);

}  // namespace cdss::worker
