#pragma once

#include <filesystem>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/document.hpp"
#include "core/plugin/package.hpp"
#include "core/worker/worker_pool.hpp"

namespace cdss::worker {

/// A folder that goes away with this.
class TemporaryFolder {
 public:
  TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder();
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The bytes of a test plugin, by the name of its source in tests/core/worker/plugins.
std::string plugin_bytes(std::string_view name);

/// A test plugin as a package, made by make_package and read back.
///
/// @param knowledge  Text of knowledge/codes.json; none when empty.
std::shared_ptr<const plugin::Package> make_test_package(std::string_view name,
                                                         std::string_view knowledge = {});

/// A call with one document, which it owns.
Job make_job(std::string body);

/// Submits and waits for the answer, for half a minute at most.
Result<std::string> ask(WorkerPool& pool, std::string body,
                        std::chrono::milliseconds limit = std::chrono::seconds{20});

/// As ask, without waiting.
std::future<Result<std::string>> submit(WorkerPool& pool, std::string body,
                                        std::chrono::milliseconds limit);

}  // namespace cdss::worker
