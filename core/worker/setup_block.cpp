#include "core/worker/setup_block.hpp"

#include <cstdint>

#include "core/worker/request_block.hpp"

namespace cdss::worker {

Result<std::string> make_setup_block(const cdss_document& options,
                                     std::span<const plugin::KnowledgeFile> knowledge) {
  Call call;
  call.documents.push_back(options);
  for (const auto& file : knowledge) {
    call.keys.push_back({.name = file.path,
                         .state = cdss_key_present,
                         .document = static_cast<std::uint32_t>(call.documents.size()),
                         .node = 0});
    call.documents.push_back(file.document.c_document());
  }
  CDSS_TRY(const auto size, block_size(call));
  std::string block(size, '\0');  // from operator new, as a header fits in no short string: aligned
  write_block(call, std::as_writable_bytes(std::span{block}));
  return block;
}

std::vector<cdss_knowledge> read_setup_block(const cdss_request& block) {
  std::vector<cdss_knowledge> knowledge;
  for (std::uint32_t i = 0; i < block.key_count; ++i) {
    const cdss_key* const key = cdss_request_key(&block, i);
    knowledge.push_back(
        {cdss_request_text(&block, key->name), cdss_request_document(&block, key->document)});
  }
  return knowledge;
}

}  // namespace cdss::worker
