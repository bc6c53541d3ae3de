// Whatever a Document holds and whatever is excluded of it: what is built reads as the JSON text
// does that is written without the same values, its nodes stand as core/abi/document.h has it, and
// its texts are those that are left, one after the other.
//
// Input: a digit, below 8: of so many values one is excluded, 0: none; then JSON.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "core/json/document_builder.hpp"
#include "core/json/json_writer.hpp"

namespace {

using cdss::Document;
using cdss::Member;
using cdss::View;

void require(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

/// Values inside `value`, ascending, none inside another: one in `every` of those that come up.
void choose(View value, unsigned every, unsigned& count, std::vector<std::uint32_t>& chosen) {
  const auto take = [&](View child) {
    if (every > 0 && ++count % every == 0) {
      chosen.push_back(child.node());
    } else {
      choose(child, every, count, chosen);
    }
  };
  for (const View element : value.elements()) {
    take(element);
  }
  for (const Member member : value.members()) {
    take(member.value);
  }
}

/// `value` as JSON text without the excluded, each looked up by itself.
void write(std::string& out, View value, const std::set<std::uint32_t>& excluded) {
  if (!value.is_array() && !value.is_object()) {
    return cdss::json::append_value(out, value);
  }
  out += value.is_array() ? '[' : '{';
  std::string_view comma;
  for (const View element : value.elements()) {
    if (!excluded.contains(element.node())) {
      out += comma;
      write(out, element, excluded);
      comma = ",";
    }
  }
  for (const Member member : value.members()) {
    if (!excluded.contains(member.value.node())) {
      out += comma;
      cdss::json::append_string(out, member.name);
      out += ':';
      write(out, member.value, excluded);
      comma = ",";
    }
  }
  out += value.is_array() ? ']' : '}';
}

void require_equal(const cdss_document& a, const cdss_document& b) {
  require(a.node_count == b.node_count);
  for (std::uint32_t i = 0; i < a.node_count; ++i) {
    const auto& left = a.nodes[i];
    const auto& right = b.nodes[i];
    require(left.kind == right.kind && left.length == right.length && left.next == right.next &&
            left.flags == right.flags && left.reserved == 0);
    require(View(a, i).raw_text() == View(b, i).raw_text());
  }
}

/// The texts stand without gaps, in the order of their nodes.
void require_dense(const cdss_document& document) {
  std::uint32_t end = 0;
  for (std::uint32_t i = 0; i < document.node_count; ++i) {
    const auto& node = document.nodes[i];
    const bool is_text = node.kind == cdss_string || node.kind == cdss_number;
    require(node.offset == (is_text ? end : 0));
    end += is_text ? node.length : 0;
  }
  require(end == document.text_size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const auto document = Document::parse({reinterpret_cast<const char*>(data) + 1, size - 1});
  if (!document) {
    return 0;
  }
  unsigned count = 0;
  std::vector<std::uint32_t> chosen;
  choose(document->root(), data[0] % 8U, count, chosen);
  cdss::DocumentBuilder builder;
  builder.value(document->root(), chosen);
  const auto built = std::move(builder).build();
  require(built.has_value());
  std::string text;
  write(text, document->root(), {chosen.begin(), chosen.end()});
  const auto parsed = Document::parse(std::move(text));
  require(parsed.has_value());
  require_equal(built->c_document(), parsed->c_document());
  require_dense(built->c_document());
  return 0;
}
