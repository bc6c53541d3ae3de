#include "core/worker/request_block.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <string>

namespace cdss::worker {
namespace {

constexpr std::size_t kAlignment = 16;
constexpr std::size_t kLongest = std::size_t{1} << 30U;

constexpr std::size_t aligned(std::size_t offset) {
  return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

/// Where the parts of a block begin: header, document table, key table, strings, documents. The
/// strings stand before the documents so that their 32-bit offsets reach them.
struct Layout {
  explicit Layout(const Call& call)
      : entries{aligned(sizeof(cdss_request))},
        keys{aligned(entries + call.documents.size() * sizeof(cdss_document_entry))},
        strings{keys + call.keys.size() * sizeof(cdss_key)},
        documents{strings + call.service.size()} {
    for (const Key& key : call.keys) {
      documents += key.name.size() + key.reason.size();
    }
    documents = aligned(documents);
  }

  std::size_t entries;
  std::size_t keys;
  std::size_t strings;
  std::size_t documents;
};

std::size_t nodes_size(const cdss_document& document) {
  return std::size_t{document.node_count} * sizeof(cdss_node);
}

/// Node array first: it begins aligned, and 16-byte nodes leave the text aligned too.
std::size_t size_in_block(const cdss_document& document) {
  return aligned(nodes_size(document) + document.text_size);
}

class Writer {
 public:
  Writer(const Call& call, std::span<std::byte> into)
      : call_{call}, layout_{call}, into_{into}, string_at_{layout_.strings} {}

  void write() {
    put_documents();
    put_keys();
    cdss_request header{};
    header.size = sizeof header;
    header.abi = 1;
    header.total = end_;
    header.today = static_cast<std::int32_t>(call_.today.time_since_epoch().count());
    header.explain = call_.explain ? 1 : 0;
    header.service = put_string(call_.service);
    header.document_count = static_cast<std::uint32_t>(call_.documents.size());
    header.key_count = static_cast<std::uint32_t>(call_.keys.size());
    header.documents = layout_.entries;
    header.keys = layout_.keys;
    put(0, &header, sizeof header);
  }

 private:
  void put(std::size_t offset, const void* bytes, std::size_t size) {
    if (size > 0) {
      std::memcpy(into_.data() + offset, bytes, size);
    }
  }

  cdss_span put_string(std::string_view text) {
    const cdss_span span{static_cast<std::uint32_t>(string_at_),
                         static_cast<std::uint32_t>(text.size())};
    put(string_at_, text.data(), text.size());
    string_at_ += text.size();
    return span;
  }

  void put_documents() {
    std::size_t at = layout_.documents;
    for (std::size_t i = 0; i < call_.documents.size(); ++i) {
      const cdss_document& document = call_.documents[i];
      const cdss_document_entry entry{at, at + nodes_size(document), document.node_count,
                                      document.text_size};
      put(layout_.entries + i * sizeof entry, &entry, sizeof entry);
      put(entry.nodes, document.nodes, nodes_size(document));
      put_text(document, entry.text, blanked_texts(i));
      at += size_in_block(document);
    }
    end_ = at;
  }

  /// A part of a document's text.
  struct Range {
    std::uint32_t first;
    std::uint32_t end;
  };

  /// What may not be copied of a document, in the order of its text.
  std::vector<Range> blanked_texts(std::size_t document) const {
    std::vector<Range> ranges;
    for (const SecretNode& secret : call_.blanked) {
      if (secret.document == document) {
        ranges.push_back(blanked_text(call_.documents[document], secret.node));
      }
    }
    std::ranges::sort(ranges, {}, &Range::first);
    return ranges;
  }

  /// Copies what stands around the blanked texts: the worker can read this memory at any time, so
  /// they must not be in it even for a moment.
  void put_text(const cdss_document& document, std::size_t at, const std::vector<Range>& blanked) {
    std::uint32_t done = 0;
    for (const auto [first, end] : blanked) {
      if (first > done) {
        put(at + done, document.text + done, first - done);
      }
      std::memset(into_.data() + at + first, '*', end - first);
      done = std::max(done, end);
    }
    put(at + done, document.text + done, document.text_size - done);
  }

  /// Strings are unescaped in place, so the end of one that had escapes still stands behind it:
  /// everything up to the next text goes. Nothing but punctuation is lost with it.
  static Range blanked_text(const cdss_document& document, std::uint32_t node) {
    const std::uint32_t first = document.nodes[node].offset;
    std::uint32_t end = document.text_size;
    for (std::uint32_t i = node + 1; i < document.node_count; ++i) {
      const auto kind = document.nodes[i].kind;
      if (kind == cdss_string || kind == cdss_number) {
        end = document.nodes[i].offset;
        break;
      }
    }
    return {first, end};
  }

  void put_keys() {
    for (std::size_t i = 0; i < call_.keys.size(); ++i) {
      const Key& key = call_.keys[i];
      cdss_key entry{};
      entry.name = put_string(key.name);
      entry.reason = put_string(key.reason);
      entry.state = key.state;
      entry.document = key.document;
      entry.node = key.node;
      put(layout_.keys + i * sizeof entry, &entry, sizeof entry);
    }
  }

  const Call& call_;
  Layout layout_;
  std::span<std::byte> into_;
  std::size_t string_at_;
  std::size_t end_ = 0;
};

bool has_value(const Key& key) {
  return key.state == cdss_key_present || key.state == cdss_key_truncated;
}

bool exists(const Call& call, std::uint32_t document, std::uint32_t node) {
  return document < call.documents.size() && node < call.documents[document].node_count;
}

}  // namespace

Result<std::size_t> block_size(const Call& call) {
  if (call.documents.empty()) {
    return Error{Errc::internal, {}, "a call needs a document"};
  }
  for (const Key& key : call.keys) {
    if (has_value(key) && !exists(call, key.document, key.node)) {
      return Error{Errc::internal, {}, "a prefetch key names a node that does not exist"};
    }
  }
  for (const SecretNode& secret : call.blanked) {
    if (!exists(call, secret.document, secret.node) ||
        call.documents[secret.document].nodes[secret.node].kind != cdss_string) {
      return Error{Errc::internal, {}, "a blanked node is no string of the call"};
    }
  }
  std::size_t size = Layout{call}.documents;
  for (const cdss_document& document : call.documents) {
    size += size_in_block(document);
  }
  if (size > kLongest) {
    return Error{Errc::out_of_range,
                 {},
                 "is longer than " + std::to_string(kLongest) + " bytes with all its documents"};
  }
  return size;
}

void write_block(const Call& call, std::span<std::byte> into) {
  assert(reinterpret_cast<std::uintptr_t>(into.data()) % kAlignment == 0);
  Writer{call, into}.write();
}

}  // namespace cdss::worker
