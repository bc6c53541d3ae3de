#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/document.hpp"
#include "core/json/view.hpp"

namespace cdss {

/// Makes a Document of parts of others and of values of ours, without JSON text in between.
///
/// It is as if it had been parsed: nodes and their texts stand in reading order. It holds what was
/// put in and nothing else: of what was excluded, no byte. Linear in what is read. The calls follow
/// the grammar of JSON: one value in all; in an object a name, given once, before each value; an
/// `end` for each `begin`. Not thread-safe.
class DocumentBuilder {
 public:
  /// @param text_bytes  how long all texts together will be, about.
  explicit DocumentBuilder(std::size_t text_bytes = 0, Document::Limits limits = {});

  void begin_object() { begin(cdss_object); }
  void begin_array() { begin(cdss_array); }
  void end();

  /// @return the builder, for the value: `builder.name("type").string("searchset")`.
  DocumentBuilder& name(std::string_view text);

  /// @param text  UTF-8.
  void string(std::string_view text) { leaf(cdss_string, text); }
  void integer(std::int64_t value);

  /// Copies a value of a Document.
  ///
  /// @param excluded  values inside it, as nodes of that Document, ascending, none inside another:
  ///                  an element is left out of its array, a member with its name out of its
  ///                  object. What held nothing else stays as [] or {}.
  void value(View value, std::span<const std::uint32_t> excluded = {});

  /// Errors: Errc::out_of_range when it is longer (its texts are counted), deeper or of more values
  /// and names than the limits permit.
  Result<Document> build() &&;

 private:
  void begin(cdss_kind kind);
  void leaf(cdss_kind kind, std::string_view text);
  void add(cdss_kind kind, std::string_view text);
  void copy(View value, std::span<const std::uint32_t>& excluded);

  Document::Limits limits_;
  WipedText text_;
  std::vector<cdss_node> nodes_;
  std::vector<std::uint32_t> open_;  // containers that have not ended
  std::size_t depth_ = 0;            // of the deepest
  bool is_too_long_ = false;         // what did not fit is not in text_
};

/// A value as a Document of its own, as DocumentBuilder::value copies it. Thread-safe.
/// Errors: those of DocumentBuilder::build.
Result<Document> copy_of(View value, std::span<const std::uint32_t> excluded = {});

}  // namespace cdss
