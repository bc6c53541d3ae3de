#pragma once

#include <chrono>

#include <sys/types.h>

namespace cdss::bench {

/// The processor time that a process, all its descendants that live and all that were waited for
/// have used so far. Zero when there is no such process.
std::chrono::nanoseconds cpu_time_of_tree(pid_t root);

}  // namespace cdss::bench
