#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/abi/document.h"
#include "core/abi/request.h"
#include "core/base/errors/result.hpp"

namespace cdss::worker {

/// What is known of one prefetch key, and where its value stands.
struct Key {
  std::string_view name;
  cdss_key_state state = cdss_key_unavailable;
  std::string_view reason;  ///< for people, never patient data; empty when present or empty
  std::uint32_t document = 0;
  std::uint32_t node = 0;
};

/// A string that the plugin must not see: an access token.
struct SecretNode {
  std::uint32_t document = 0;
  std::uint32_t node = 0;
};

/// One call of a plugin. Borrows everything: see Job for who keeps it alive.
struct Call {
  std::string_view service;
  std::chrono::sys_days today;
  bool explain = false;
  std::vector<cdss_document> documents;  ///< at least one; the first is the body of the call
  std::vector<Key> keys;
  std::vector<SecretNode> blanked;
};

/// How many bytes write_block writes.
///
/// Errors: Errc::out_of_range when the block would be longer than 1 GiB; Errc::internal when the
/// call has no document or a key or secret names a document or node that does not exist.
Result<std::size_t> block_size(const Call& call);

/// Writes the call as one cdss_request. Each document is copied with two memcpys, or more
/// around the text of a blanked node: that, with whatever an escape sequence left behind it, is
/// never read, and '*' stands in its place.
///
/// @param into  Aligned to 16, at least block_size(call) bytes.
void write_block(const Call& call, std::span<std::byte> into);

}  // namespace cdss::worker
