#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/abi/plugin.h"
#include "core/abi/request.h"
#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "core/plugin/package.hpp"
#include "core/worker/library.hpp"

namespace cdss::worker {

/// A plugin opened in this process, with its options and knowledge. A plugin that crashes takes the
/// process with it: the server keeps instances in worker processes (worker_pool.hpp) only.
///
/// Movable. One thread at a time.
class Instance {
 public:
  /// Opens a package here, for a single evaluation from the command line or a benchmark.
  ///
  /// It may answer with 1 MiB.
  ///
  /// @param options  An object of option values; copied.
  /// Errors: those of Library::open and plugin::check_options; Errc::malformed with the plugin's
  /// own sentence when it refuses its options or knowledge.
  static Result<Instance> open(std::shared_ptr<const plugin::Package> package, View options);

  /// Opens a library with documents that `owner` keeps alive.
  /// Errors: Errc::malformed as above.
  static Result<Instance> open(Library library, const cdss_document& options,
                               std::vector<cdss_knowledge> knowledge,
                               std::shared_ptr<const void> owner, std::size_t longest_answer);

  Instance(Instance&& other) noexcept;
  Instance& operator=(Instance&& other) noexcept;
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;
  ~Instance();

  /// What the plugin wrote, unread: it may be anything.
  ///
  /// @param request  A block made by write_block.
  /// Errors: Errc::internal when the plugin reports a failure; Errc::out_of_range when it wrote
  /// more than `longest_answer` bytes.
  Result<std::string> evaluate(const cdss_request& request);

 private:
  struct Open;
  explicit Instance(std::unique_ptr<Open> open);

  std::unique_ptr<Open> open_;
};

}  // namespace cdss::worker
