#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/abi/plugin.h"
#include "core/base/errors/result.hpp"
#include "core/plugin/package.hpp"

namespace cdss::worker {

/// What a worker opens its plugin with: the options and the knowledge files, parsed by the pool, as
/// one block that can be mapped at any address. In the shape of a request: document 0 is the
/// options, and a key named by its path leads to each knowledge file.
///
/// Errors: those of block_size.
Result<std::string> make_setup_block(const cdss_document& options,
                                     std::span<const plugin::KnowledgeFile> knowledge);

/// The knowledge files of a block, in the order given to make_setup_block. Borrowed from the block.
std::vector<cdss_knowledge> read_setup_block(const cdss_request& block);

}  // namespace cdss::worker
