#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/abi/plugin.h"
#include "core/base/descriptor.hpp"
#include "core/base/errors/result.hpp"

namespace cdss::worker {

/// A plugin's shared object, opened in this process, closed with it. Movable. Thread-safe once
/// made.
class Library {
 public:
  /// Opens exactly these bytes, from sealed memory: no file is read.
  ///
  /// Errors: Errc::malformed when it is no shared object or lacks `cdss_plugin_v1`;
  ///         Errc::unsupported for another ABI or a table that is too short or has holes;
  ///         Errc::internal when the system gives no memory.
  static Result<Library> open(std::string_view bytes);

  /// Opens the sealed memory behind `descriptor`, which stays the caller's. Errors: as above.
  static Result<Library> open_descriptor(int descriptor);

  const cdss_plugin& plugin() const { return *plugin_; }

  /// What the plugin's `declare` writes: the JSON that its manifest is made from.
  /// Errors: Errc::internal when the plugin reports a failure or writes more than 1 MiB.
  Result<std::string> declaration() const;

 private:
  struct Close {
    void operator()(void* handle) const;
  };
  using Handle = std::unique_ptr<void, Close>;

  Library(Descriptor memory, Handle handle, const cdss_plugin* plugin)
      : memory_{std::move(memory)}, handle_{std::move(handle)}, plugin_{plugin} {}

  Descriptor memory_;
  Handle handle_;  // after the memory: closed before it
  const cdss_plugin* plugin_;
};

}  // namespace cdss::worker
