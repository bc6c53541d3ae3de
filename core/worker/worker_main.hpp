#pragma once

namespace cdss::worker {

/// Runs a worker process: `PROGRAM worker`, started by a WorkerPool and by nothing else.
/// Opens the plugin that it inherited and serves until the pool closes its end.
///
/// Returns the exit status: 0 when the pool ended, 2 when this was not started by a pool, 1 when
/// the plugin could not be opened.
int run_worker();

}  // namespace cdss::worker
