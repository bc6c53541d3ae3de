#pragma once

#include <cstdint>

/// The messages between a pool and its workers: fixed-size messages, one a packet, between two
/// copies of the same program. Bulk goes through shared memory.
namespace cdss::worker::protocol {

/// The descriptors that a worker inherits, beside 0 to 2 on /dev/null. There are no others.
inline constexpr int kChannel = 3;  ///< SOCK_SEQPACKET
inline constexpr int kLibrary = 4;  ///< the shared object, sealed
inline constexpr int kSetup = 5;  ///< options and knowledge as one block, sealed (setup_block.hpp)
inline constexpr int kRequest = 6;  ///< the request block, read-only
inline constexpr int kAnswer = 7;

inline constexpr std::uint32_t kMagic = 0x43445357;  // "CDSW"

/// Pool to worker, once.
struct Start {
  std::uint32_t magic = kMagic;
  std::uint32_t reserved = 0;
  std::uint64_t setup_bytes = 0;
  std::uint64_t request_bytes = 0;
  std::uint64_t answer_bytes = 0;
  std::uint64_t memory_bytes = 0;  ///< what the plugin may take; 0 for no limit
};

/// Pool to worker, for each call: the request area holds a block.
struct Evaluate {
  std::uint64_t serial = 0;
};

enum class Kind : std::uint32_t {
  opened = 1,    ///< to Start
  refused = 2,   ///< to Start: the answer area holds a sentence
  answered = 3,  ///< to Evaluate: the answer area holds the answer
  failed = 4,    ///< to Evaluate: the plugin reports a failure
  too_long = 5,  ///< to Evaluate: the answer was longer than the answer area
};

/// Worker to pool, once for each message.
struct Reply {
  std::uint32_t magic = kMagic;
  Kind kind = Kind::failed;
  std::uint64_t serial = 0;  ///< of the Evaluate; 0 for Start
  std::uint64_t length = 0;  ///< bytes in the answer area
};

}  // namespace cdss::worker::protocol
