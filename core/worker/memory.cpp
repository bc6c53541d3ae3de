#include "core/worker/memory.hpp"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <thread>
#include <unistd.h>

#include <sys/mman.h>

namespace cdss::worker {
namespace {

Error refused(std::string message) {
  return Error{Errc::internal, {}, std::move(message)};
}

Result<Descriptor> make_memory(const char* name) {
  Descriptor memory{::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING)};
  if (!memory) {
    return refused("the system gives no shared memory");
  }
  return memory;
}

/// Adds the seals. The kernel refuses to seal against writing while it still holds pages of a write
/// that has returned (EBUSY): that passes, so it is asked again for a while.
bool seal(const Descriptor& memory, int seals) {
  constexpr int kTries = 200;
  constexpr std::chrono::milliseconds kPause{1};
  for (int i = 0; i < kTries; ++i) {
    if (::fcntl(memory.number(), F_ADD_SEALS, seals) == 0) {
      return true;
    }
    if (errno != EBUSY) {
      return false;
    }
    std::this_thread::sleep_for(kPause);
  }
  return false;
}

}  // namespace

Result<Descriptor> sealed_memory(const char* name, std::string_view bytes) {
  CDSS_TRY(auto memory, make_memory(name));
  while (!bytes.empty()) {
    const ssize_t written = ::write(memory.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return refused("the system gives no shared memory");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  constexpr int kSeals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  if (!seal(memory, kSeals)) {
    return refused("shared memory cannot be sealed");
  }
  return memory;
}

Result<Descriptor> shared_memory(const char* name, std::size_t size) {
  CDSS_TRY(auto memory, make_memory(name));
  // Sealed in size: a worker that cut it short would make the host's next read a bus error.
  constexpr int kSeals = F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  if (::ftruncate(memory.number(), static_cast<off_t>(size)) != 0 ||
      ::fcntl(memory.number(), F_ADD_SEALS, kSeals) != 0) {
    return refused("shared memory cannot be sized and sealed");
  }
  return memory;
}

Result<Descriptor> read_only(const Descriptor& memory) {
  const std::string path = "/proc/self/fd/" + std::to_string(memory.number());
  Descriptor reader{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (!reader) {
    return refused("shared memory cannot be opened read-only; is /proc mounted");
  }
  return reader;
}

Result<Mapping> Mapping::map(int descriptor, std::size_t size, Access access) {
  const int protection = access == Access::read ? PROT_READ : PROT_READ | PROT_WRITE;
  void* const address = ::mmap(nullptr, size, protection, MAP_SHARED, descriptor, 0);
  if (address == MAP_FAILED) {
    return refused("shared memory cannot be mapped");
  }
  return Mapping{{static_cast<std::byte*>(address), size}};
}

Mapping::~Mapping() {
  if (!bytes_.empty()) {
    ::munmap(bytes_.data(), bytes_.size());
  }
}

void wipe(const Mapping& mapping, const Descriptor& memory, std::size_t size) {
  // Pages given back are to be taken again by both sides, which costs more than clearing them; but
  // what one rare request needed must not stay taken.
  constexpr std::size_t kLarge = std::size_t{8} << 20U;
  if (size > kLarge && ::fallocate(memory.number(), FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0,
                                   static_cast<off_t>(size)) == 0) {
    return;
  }
  std::memset(mapping.bytes().data(), 0, size);
}

}  // namespace cdss::worker
