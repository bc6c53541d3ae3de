// The one place that opens a shared object.

#include "core/worker/library.hpp"

#include <cstddef>
#include <dlfcn.h>
#include <fcntl.h>
#include <utility>

#include "core/worker/memory.hpp"
#include "core/worker/output_buffer.hpp"

namespace cdss::worker {
namespace {

constexpr std::size_t kLongestDeclaration = std::size_t{1} << 20U;

Result<const cdss_plugin*> read_table(void* handle) {
  const auto* const table = static_cast<const cdss_plugin*>(::dlsym(handle, "cdss_plugin_v1"));
  if (table == nullptr) {
    return Error{Errc::malformed, {}, "exports no cdss_plugin_v1, so it is no plugin"};
  }
  // `size` and `abi` come first in every version; nothing else may be read before they are known.
  if (table->abi != CDSS_ABI) {
    return Error{Errc::unsupported, {}, "was built for another plugin ABI"};
  }
  constexpr std::size_t kLeast = offsetof(cdss_plugin, close) + sizeof table->close;
  if (table->size < kLeast || table->id == nullptr || table->version == nullptr ||
      table->declare == nullptr || table->open == nullptr || table->evaluate == nullptr ||
      table->close == nullptr) {
    return Error{Errc::unsupported, {}, "has a plugin table that is not complete"};
  }
  return table;
}

}  // namespace

Result<Library> Library::open(std::string_view bytes) {
  CDSS_TRY(const auto memory, sealed_memory("cdss-plugin", bytes));
  return open_descriptor(memory.number());
}

Result<Library> Library::open_descriptor(int descriptor) {
  // The loader takes a path that it has seen for the same library, so the number must not be used
  // again while this one is open: it is kept.
  Descriptor own{::fcntl(descriptor, F_DUPFD_CLOEXEC, 0)};
  if (!own) {
    return Error{Errc::internal, {}, "cannot be opened: too many files are open"};
  }
  const std::string path = "/proc/self/fd/" + std::to_string(own.number());
  Handle handle{::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL)};
  if (!handle) {
    return Error{Errc::malformed, {}, "is no shared object that can be loaded here"};
  }
  CDSS_TRY(const auto* const table, read_table(handle.get()));
  return Library{std::move(own), std::move(handle), table};
}

void Library::Close::operator()(void* handle) const {
  ::dlclose(handle);
}

Result<std::string> Library::declaration() const {
  OutputBuffer buffer{kLongestDeclaration};
  const cdss_host host = buffer.host();
  if (plugin_->declare(&host) != cdss_ok || buffer.too_long()) {
    return Error{Errc::internal, {}, "fails to declare itself"};
  }
  return std::move(buffer).text();
}

}  // namespace cdss::worker
