#include "tests/core/worker/plugin_fixture.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <utility>

#include "core/base/file.hpp"
#include "core/plugin/make_package.hpp"
#include "core/worker/library.hpp"

namespace cdss::worker {
namespace {

template <class T>
T or_exit(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s: %s\n", result.error().where.c_str(), result.error().message.c_str());
    std::exit(1);
  }
  return *std::move(result);
}

std::filesystem::path plugin_path(std::string_view name) {
  return std::filesystem::path{CDSS_TEST_PLUGINS} / (std::string{name} + ".so");
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
  std::string pattern = std::filesystem::temp_directory_path() / "cdss-test-XXXXXX";
  path_ = ::mkdtemp(pattern.data()) != nullptr ? pattern : "";
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string plugin_bytes(std::string_view name) {
  return or_exit(read_file(plugin_path(name)));
}

std::shared_ptr<const plugin::Package> make_test_package(std::string_view name,
                                                         std::string_view knowledge) {
  const TemporaryFolder folder;
  const auto library = or_exit(Library::open(plugin_bytes(name)));
  const auto source = folder.path() / "source";
  if (!knowledge.empty()) {
    std::filesystem::create_directory(source);
    std::ofstream{source / "codes.json"} << knowledge;
  }
  const auto output = folder.path() / library.plugin().id;
  const auto made = plugin::make_package(or_exit(library.declaration()), plugin_path(name),
                                         knowledge.empty() ? "" : source, output);
  if (!made) {
    std::fprintf(stderr, "%s: %s\n", made.error().where.c_str(), made.error().message.c_str());
    std::exit(1);
  }
  return std::make_shared<const plugin::Package>(or_exit(plugin::Package::load(output)));
}

Job make_job(std::string body) {
  auto document = std::make_shared<const Document>(or_exit(Document::parse(std::move(body))));
  Call call;
  call.service = "echo";
  call.today = std::chrono::sys_days{std::chrono::days{20'000}};
  call.documents.push_back(document->c_document());
  return {std::move(document), std::move(call)};
}

std::future<Result<std::string>> submit(WorkerPool& pool, std::string body,
                                        std::chrono::milliseconds limit) {
  auto promise = std::make_shared<std::promise<Result<std::string>>>();
  auto future = promise->get_future();
  pool.submit(make_job(std::move(body)), WorkerPool::Clock::now() + limit,
              [promise](Result<std::string> answer) { promise->set_value(std::move(answer)); });
  return future;
}

Result<std::string> ask(WorkerPool& pool, std::string body, std::chrono::milliseconds limit) {
  auto answer = submit(pool, std::move(body), limit);
  if (answer.wait_for(std::chrono::seconds{30}) != std::future_status::ready) {
    return Error{Errc::internal, {}, "the pool never answered"};
  }
  return answer.get();
}

}  // namespace cdss::worker
