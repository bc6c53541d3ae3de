#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "core/base/descriptor.hpp"
#include "core/base/errors/result.hpp"

namespace cdss::worker {

/// Memory without a name that holds exactly these bytes and can never change again.
///
/// @param name  A literal; shows in /proc/PID/maps.
/// Errors: Errc::internal when the system gives none.
Result<Descriptor> sealed_memory(const char* name, std::string_view bytes);

/// Memory without a name of a fixed size, zero, taken from the system page by page as it is
/// written. Errors: as sealed_memory.
Result<Descriptor> shared_memory(const char* name, std::size_t size);

/// The same memory behind a descriptor that cannot write to it.
/// Errors: Errc::internal, when /proc is not mounted for example.
Result<Descriptor> read_only(const Descriptor& memory);

/// Shared memory as it appears in this process. Movable.
class Mapping {
 public:
  enum class Access { read, read_write };

  /// Errors: Errc::internal when the system refuses.
  static Result<Mapping> map(int descriptor, std::size_t size, Access access);

  Mapping(Mapping&& other) noexcept : bytes_{std::exchange(other.bytes_, {})} {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping();

  /// Aligned to a page.
  std::span<std::byte> bytes() const { return bytes_; }

 private:
  explicit Mapping(std::span<std::byte> bytes) : bytes_{bytes} {}

  std::span<std::byte> bytes_;
};

/// Makes the first `size` bytes zero, and gives large ranges back to the system.
///
/// @param memory  The shared memory that `mapping` shows, open for writing.
void wipe(const Mapping& mapping, const Descriptor& memory, std::size_t size);

}  // namespace cdss::worker
