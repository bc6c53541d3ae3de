#include "core/json/document_builder.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>

#include "core/base/text/wipe.hpp"

namespace cdss {
namespace {

/// Whether `value` is the next to be excluded; then it is taken off the list.
bool takes(std::span<const std::uint32_t>& excluded, View value) {
  if (excluded.empty() || excluded.front() != value.node()) {
    return false;
  }
  excluded = excluded.subspan(1);
  return true;
}

}  // namespace

DocumentBuilder::DocumentBuilder(std::size_t text_bytes, Document::Limits limits)
    : limits_{limits}, text_{new std::string} {
  text_->reserve(std::min(text_bytes, limits_.bytes));
}

void DocumentBuilder::begin(cdss_kind kind) {
  const auto container = static_cast<std::uint32_t>(nodes_.size());
  leaf(kind, {});
  open_.push_back(container);
  depth_ = std::max(depth_, open_.size());
}

void DocumentBuilder::end() {
  nodes_[open_.back()].next = static_cast<std::uint32_t>(nodes_.size());
  open_.pop_back();
}

DocumentBuilder& DocumentBuilder::name(std::string_view text) {
  add(cdss_string, text);
  return *this;
}

void DocumentBuilder::integer(std::int64_t value) {
  leaf(cdss_number, std::to_string(value));
}

void DocumentBuilder::value(View value, std::span<const std::uint32_t> excluded) {
  copy(value, excluded);
  assert(excluded.empty());
}

void DocumentBuilder::copy(View value, std::span<const std::uint32_t>& excluded) {
  if (!value.is_array() && !value.is_object()) {
    return leaf(value.kind(), value.raw_text());
  }
  begin(value.kind());
  for (const View element : value.elements()) {
    if (!takes(excluded, element)) {
      copy(element, excluded);
    }
  }
  for (const Member member : value.members()) {
    if (!takes(excluded, member.value)) {
      name(member.name);
      copy(member.value, excluded);
    }
  }
  end();
}

void DocumentBuilder::leaf(cdss_kind kind, std::string_view text) {
  if (!open_.empty()) {
    ++nodes_[open_.back()].length;
  }
  add(kind, text);
}

void DocumentBuilder::add(cdss_kind kind, std::string_view text) {
  if (text.size() > limits_.bytes - text_->size()) {
    is_too_long_ = true;
    text = {};
  }
  const bool is_text = kind == cdss_string || kind == cdss_number;
  const bool has_nul = text.find('\0') != std::string_view::npos;
  nodes_.push_back({is_text ? static_cast<std::uint32_t>(text_->size()) : 0,
                    static_cast<std::uint32_t>(text.size()),
                    static_cast<std::uint32_t>(nodes_.size() + 1), static_cast<std::uint8_t>(kind),
                    static_cast<std::uint8_t>(has_nul ? cdss_flag_nul : 0), 0});
  append_wiping(*text_, text);
}

Result<Document> DocumentBuilder::build() && {
  assert(open_.empty() && !nodes_.empty() && nodes_.front().next == nodes_.size());
  const auto beyond = [](std::string is, std::size_t limit, std::string what) {
    return Error{Errc::out_of_range, {}, std::move(is) + std::to_string(limit) + std::move(what)};
  };
  if (is_too_long_) {
    return beyond("is longer than ", limits_.bytes, " bytes");
  }
  if (depth_ > limits_.depth) {
    return beyond("is nested more than ", limits_.depth, " levels deep");
  }
  if (nodes_.size() > limits_.nodes) {
    return beyond("has more than ", limits_.nodes, " values and member names");
  }
  return Document{std::move(text_), std::move(nodes_)};
}

Result<Document> copy_of(View value, std::span<const std::uint32_t> excluded) {
  const bool is_whole = value.node() == 0;
  DocumentBuilder builder{is_whole ? value.document().text_size : 0};
  builder.value(value, excluded);
  return std::move(builder).build();
}

}  // namespace cdss
