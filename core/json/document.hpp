#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/abi/document.h"
#include "core/base/errors/result.hpp"
#include "core/base/text/wipe.hpp"
#include "core/json/view.hpp"

namespace cdss {

/// A JSON value that was parsed, or made by a DocumentBuilder: the one form in which JSON travels
/// through the program. Read-only once made. Thread-safe.
///
/// Layout: core/abi/document.h. Movable; Views stay valid when it is moved. Its text may hold a
/// token and a patient's data: the memory is overwritten when the Document ends.
class Document {
 public:
  struct Limits {
    std::size_t bytes = std::size_t{16} << 20U;  ///< longest text, at most 1 GiB
    std::uint32_t depth = 64;                    ///< containers inside each other
    std::size_t nodes = std::size_t{4} << 20U;   ///< values and member names, 16 bytes each
  };

  /// Parses `text`, which it takes over: strings are unescaped in place and nothing is copied.
  ///
  /// Errors: Errc::out_of_range when too long, too deep or of too many values; Errc::malformed when
  /// not RFC 8259 JSON in UTF-8 without BOM, with a member name twice in one object, with half a
  /// surrogate pair, or with a number beyond 1e308. `where` is the path of a repeated member, else
  /// "byte N" (counted from 0). Memory: nodes for what was read so far, never more than 24 bytes
  /// for each byte of text.
  static Result<Document> parse(std::string text, Limits limits);
  static Result<Document> parse(std::string text) { return parse(std::move(text), Limits{}); }

  Document(Document&& other) noexcept = default;
  Document& operator=(Document&& other) noexcept = default;
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  ~Document() = default;

  View root() const { return View{c_document(), 0}; }
  cdss_document c_document() const {
    return {nodes_.data(), text_->data(), static_cast<std::uint32_t>(nodes_.size()),
            static_cast<std::uint32_t>(text_->size())};
  }

 private:
  friend class DocumentBuilder;

  Document(WipedText text, std::vector<cdss_node> nodes)
      : text_{std::move(text)}, nodes_{std::move(nodes)} {}

  /// Takes over a text and gives it the room that the parser reads past its end.
  static WipedText padded(std::string text);

  WipedText text_;
  std::vector<cdss_node> nodes_;
};

}  // namespace cdss
