// What the process boundary costs: one call of the same plugin in this process and in a worker.
//   worker_bench [--benchmark_...]        build it with the release preset

#include <condition_variable>
#include <cstring>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>

#include "core/base/clock.hpp"
#include "core/json/document.hpp"
#include "core/worker/instance.hpp"
#include "core/worker/worker_main.hpp"
#include "core/worker/worker_pool.hpp"
#include "tests/core/worker/plugin_fixture.hpp"

namespace cdss::worker {
namespace {

/// A JSON text of about that size, with as many nodes as FHIR resources have.
std::string body_of(std::size_t size) {
  std::string text = R"({"note":"n","entry":[)";
  while (text.size() < size) {
    text += R"({"system":"http://snomed.info/sct","code":"52734007","value":12.5},)";
  }
  return text + "0]}";
}

void in_process(benchmark::State& state) {
  const auto options = *Document::parse("{}");
  auto instance = Instance::open(make_test_package("echo"), options.root());
  const Job job = make_job(body_of(static_cast<std::size_t>(state.range(0))));
  std::string block(*block_size(job.call), '\0');
  for ([[maybe_unused]] auto _ : state) {
    write_block(job.call, std::as_writable_bytes(std::span{block}));
    benchmark::DoNotOptimize(
        instance->evaluate(*reinterpret_cast<const cdss_request*>(block.data())));
  }
}

void isolated(benchmark::State& state) {
  Log log{std::cerr, Clock::system()};
  Metrics metrics;
  ThreadPool timers{{.name = "timers"}, log, metrics};
  const auto options = *Document::parse("{}");
  auto pool =
      WorkerPool::start(make_test_package("echo"), options.root(), {}, timers, log, metrics);
  const Job job = make_job(body_of(static_cast<std::size_t>(state.range(0))));
  std::mutex mutex;
  std::condition_variable arrived;
  for ([[maybe_unused]] auto _ : state) {
    std::optional<Result<std::string>> answer;
    (*pool)->submit(job, WorkerPool::Clock::now() + std::chrono::seconds{5},
                    [&](Result<std::string> result) {
                      const std::lock_guard lock{mutex};
                      answer.emplace(std::move(result));
                      arrived.notify_one();
                    });
    std::unique_lock lock{mutex};
    arrived.wait(lock, [&] { return answer.has_value(); });
    if (!*answer) {
      state.SkipWithError("a call failed");
    }
  }
}

BENCHMARK(in_process)
    ->Arg(3'000)
    ->Arg(27'000)
    ->Arg(450'000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();
BENCHMARK(isolated)
    ->Arg(3'000)
    ->Arg(27'000)
    ->Arg(450'000)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime();

}  // namespace
}  // namespace cdss::worker

int main(int argc, char** argv) {
  if (argc > 1 && std::strcmp(argv[1], "worker") == 0) {
    return cdss::worker::run_worker();
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
