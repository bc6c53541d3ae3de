// Whatever the bytes: a text that is accepted is written back to a text that parses to an equal
// tree, and every value in it has a path and can be read without leaving the Document.

#include <cstdint>
#include <string>

#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"

namespace {

using cdss::View;

void require(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

bool equal(View a, View b) {
  if (a.kind() != b.kind() || a.size() != b.size() || a.raw_text() != b.raw_text()) {
    return false;
  }
  if (a.is_array()) {
    const auto left = a.elements();
    const auto right = b.elements();
    auto r = right.begin();
    for (auto l = left.begin(); l != left.end(); ++l, ++r) {
      if (!equal(*l, *r)) {
        return false;
      }
    }
  }
  if (a.is_object()) {
    const auto left = a.members();
    const auto right = b.members();
    auto r = right.begin();
    for (auto l = left.begin(); l != left.end(); ++l, ++r) {
      if ((*l).name != (*r).name || !equal((*l).value, (*r).value)) {
        return false;
      }
    }
  }
  return true;
}

/// Visits `value` and what is inside it; gives the number of nodes seen.
std::uint32_t visit(View value, std::uint32_t& paths_left) {
  if (paths_left > 0) {  // a path walks from the root: all of them would take a square of time
    --paths_left;
    require(value.path().empty() == (value.node() == 0));
  }
  const auto text = value.string();
  require(text.has_value() ==
          (value.is_string() && value.raw_text().find('\0') == std::string::npos));
  require(!value.integer() || value.number());
  std::uint32_t nodes = 1;
  std::uint32_t children = 0;
  for (const View element : value.elements()) {
    ++children;
    nodes += visit(element, paths_left);
  }
  for (const cdss::Member member : value.members()) {
    ++children;
    const auto found = value.find(member.name);
    require(found && found->node() == member.value.node());
    nodes += 1 + visit(member.value, paths_left);
  }
  require(children == value.size());
  return nodes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text{reinterpret_cast<const char*>(data), size};
  const auto document = cdss::Document::parse(text);
  if (!document) {
    require(!document.error().message.empty());
    return 0;
  }
  std::uint32_t paths_left = 200;
  require(visit(document->root(), paths_left) == document->c_document().node_count);
  std::string rewritten;
  cdss::json::append_value(rewritten, document->root());
  const auto again = cdss::Document::parse(rewritten);
  require(again && equal(document->root(), again->root()));
  return 0;
}
