// Whatever a manifest holds, one that is read keeps to its bounds, stands by its own defaults, and
// is the same when it is written and read again.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/json/document.hpp"
#include "core/plugin/manifest.hpp"

namespace {

using namespace cdss::plugin;  // NOLINT(google-build-using-namespace): a program of one page

void expect(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

void check(const ServiceDeclaration& service) {
  expect(check_prefetch(service).has_value() || !service.needs.empty());
  expect(!service.id.empty() && !service.hooks.empty());
  for (const Need& need : service.needs) {
    expect(std::ranges::count(service.needs, need.key, &Need::key) == 1);
    expect(prefetch_query(need).starts_with(need.resource) || need.prefetch.starts_with("{{"));
  }
  for (const auto& group : service.required) {
    expect(!group.empty());
    for (const auto& key : group) {
      expect(std::ranges::find(service.needs, key, &Need::key) != service.needs.end());
    }
  }
}

void check(const Manifest& manifest) {
  expect(!manifest.id.empty() && manifest.files.contains(manifest.library));
  expect(manifest.limits.deadline.count() >= 1 && manifest.limits.deadline.count() <= 60'000);
  for (const auto& [path, hash] : manifest.files) {
    expect(hash.size() == 64 && path.front() != '/' && path.find("..") != 0);
    expect(std::ranges::count(path, '/') == (path == manifest.library ? 0 : 1));
  }
  expect(!manifest.services.empty());
  for (const auto& service : manifest.services) {
    check(service);
  }
  const auto no_options = cdss::Document::parse("{}");
  expect(check_options(manifest.options, no_options->root()).has_value());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document =
      cdss::Document::parse(std::string{reinterpret_cast<const char*>(data), size});
  if (!document) {
    return 0;
  }
  const auto manifest = read_manifest(document->root());
  if (!manifest) {
    return 0;
  }
  check(*manifest);
  const auto text = write_manifest(document->root(), manifest->library, manifest->files);
  expect(text.has_value());
  const auto written = cdss::Document::parse(*text);
  expect(written.has_value());
  const auto again = read_manifest(written->root());
  expect(again && again->id == manifest->id && again->version == manifest->version);
  expect(again->files == manifest->files && again->source == manifest->source);
  expect(again->services.size() == manifest->services.size());
  expect(again->options.size() == manifest->options.size());
  return 0;
}
