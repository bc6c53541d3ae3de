// Text to Document, with RapidJSON's SAX reader: in place, iterative, numbers left as they were
// written.

#if defined(__SSE4_2__)
#define RAPIDJSON_SSE42
#endif
#include "core/json/document.hpp"

#include <algorithm>
#include <cstring>
#include <simdjson.h>
#include <span>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include "core/base/text/utf8.hpp"

namespace cdss {
namespace {

constexpr std::size_t kLongestText = std::size_t{1} << 30U;  // offsets are 32 bits wide
constexpr std::size_t kPadding = 16;      // RapidJSON loads whole 16-byte blocks, past the end
constexpr std::size_t kBytesPerNode = 9;  // FHIR JSON has 11 to 12: one guess, rarely outgrown

/// Receives RapidJSON's events and appends nodes. Returning false stops the parse.
class NodeBuilder : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, NodeBuilder> {
 public:
  NodeBuilder(char* text, std::size_t size, const Document::Limits& limits, bool escapes)
      : text_{text}, deepest_{limits.depth}, most_{limits.nodes}, escapes_{escapes} {
    nodes_.reserve(std::min(size / kBytesPerNode + 4, most_));
    open_.reserve(std::min<std::size_t>(deepest_, 64));
  }

  bool Null() { return leaf(cdss_null); }
  bool Bool(bool value) { return leaf(value ? cdss_true : cdss_false); }
  bool Default() { return false; }  // the other numbers: they come as text

  bool RawNumber(const char* bytes, rapidjson::SizeType length, bool) {
    return text_node(cdss_number, bytes, length);
  }
  bool String(const char* bytes, rapidjson::SizeType length, bool) {
    return !has_lone_surrogate(bytes, length) && text_node(cdss_string, bytes, length);
  }

  bool StartObject() { return open(cdss_object); }
  bool StartArray() { return open(cdss_array); }
  bool EndArray(rapidjson::SizeType count) { return close(count); }
  bool EndObject(rapidjson::SizeType count) {
    const std::uint32_t object = open_.back();
    close(count);
    return !repeats_a_name(object, count);
  }

  std::vector<cdss_node> take() { return std::move(nodes_); }

  /// Why the parse was stopped here, if it was; the path is found over the nodes read so far.
  std::optional<Error> refusal() {
    if (too_deep_) {
      return Error{Errc::out_of_range,
                   {},
                   "is nested more than " + std::to_string(deepest_) + " levels deep"};
    }
    if (too_many_) {
      return Error{Errc::out_of_range,
                   {},
                   "has more than " + std::to_string(most_) + " values and member names"};
    }
    if (lone_surrogate_) {
      return Error{Errc::malformed, {}, "has an escape that is half of a surrogate pair"};
    }
    if (repeated_ != cdss_no_node) {
      while (!open_.empty()) {  // close what is open, so that the path can be walked
        close(0);
      }
      const cdss_document so_far{nodes_.data(), text_, static_cast<std::uint32_t>(nodes_.size()),
                                 0};
      return View{so_far, repeated_ + 1}.error(Errc::malformed, "stands twice in the same object");
    }
    return std::nullopt;
  }

 private:
  bool leaf(cdss_kind kind) {
    return add({0, 0, next_index() + 1, static_cast<std::uint8_t>(kind), 0, 0});
  }

  /// Grows as a vector does, but never beyond the limit.
  bool add(const cdss_node& node) {
    if (nodes_.size() == nodes_.capacity()) {
      if (nodes_.size() >= most_) {
        too_many_ = true;
        return false;
      }
      nodes_.reserve(std::min(2 * nodes_.size(), most_));
    }
    nodes_.push_back(node);
    return true;
  }

  bool text_node(cdss_kind kind, const char* bytes, std::uint32_t length) {
    const bool nul = escapes_ && kind == cdss_string && std::memchr(bytes, 0, length) != nullptr;
    return add({static_cast<std::uint32_t>(bytes - text_), length, next_index() + 1,
                static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(nul ? cdss_flag_nul : 0),
                0});
  }

  bool open(cdss_kind kind) {
    if (open_.size() == deepest_) {
      too_deep_ = true;
      return false;
    }
    open_.push_back(next_index());
    return leaf(kind);
  }

  bool close(rapidjson::SizeType count) {
    cdss_node& node = nodes_[open_.back()];
    node.length = count;
    node.next = next_index();
    open_.pop_back();
    return true;
  }

  /// The text was valid UTF-8, so bytes of a surrogate can only come from an escape.
  bool has_lone_surrogate(const char* bytes, std::size_t length) {
    if (!escapes_) {
      return false;
    }
    const char* const end = bytes + length;
    for (const char* at = bytes;
         (at = static_cast<const char*>(std::memchr(at, 0xED, end - at))) != nullptr; ++at) {
      if (end - at > 1 && static_cast<unsigned char>(at[1]) >= 0xA0) {
        lone_surrogate_ = true;
        return true;
      }
    }
    return false;
  }

  std::string_view name_at(std::uint32_t node) const {
    return {text_ + nodes_[node].offset, nodes_[node].length};
  }

  bool repeats_a_name(std::uint32_t object, std::uint32_t count) {
    constexpr std::uint32_t kFew = 16;  // up to here comparing pairs beats sorting
    return count <= kFew ? repeats_among_few(object, count) : repeats_among_many(object, count);
  }

  bool repeats_among_few(std::uint32_t object, std::uint32_t count) {
    std::uint32_t names[16];
    std::uint64_t seen =
        0;  // one bit for each look that a name so far has; few looks fall together
    std::uint32_t at = object + 1;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint64_t look = std::uint64_t{1} << look_of(at);
      if ((seen & look) != 0 && stands_in({names, i}, at)) {
        repeated_ = at;
        return true;
      }
      seen |= look;
      names[i] = at;
      at = nodes_[at + 1].next;
    }
    return false;
  }

  /// A number below 64 that equal names share: from length, first and last byte.
  unsigned look_of(std::uint32_t name) const {
    const std::string_view text = name_at(name);
    return text.empty() ? 0
                        : (text.size() * 7U + static_cast<unsigned char>(text.front()) * 3U +
                           static_cast<unsigned char>(text.back())) %
                              64U;
  }

  bool stands_in(std::span<const std::uint32_t> names, std::uint32_t name) const {
    return std::ranges::any_of(names, [&](auto other) { return name_at(other) == name_at(name); });
  }

  bool repeats_among_many(std::uint32_t object, std::uint32_t count) {
    std::vector<std::uint32_t> names;
    std::uint32_t at = object + 1;
    for (std::uint32_t i = 0; i < count; ++i) {
      names.push_back(at);
      at = nodes_[at + 1].next;
    }
    std::ranges::sort(names, [this](auto a, auto b) {
      return std::pair{name_at(a), a} < std::pair{name_at(b), b};
    });
    const auto twin =
        std::ranges::adjacent_find(names, {}, [this](auto node) { return name_at(node); });
    if (twin == names.end()) {
      return false;
    }
    repeated_ = *std::next(twin);
    return true;
  }

  std::uint32_t next_index() const { return static_cast<std::uint32_t>(nodes_.size()); }

  char* text_;
  std::uint32_t deepest_;
  std::size_t most_;
  bool escapes_;
  bool too_deep_ = false;
  bool too_many_ = false;
  bool lone_surrogate_ = false;
  std::uint32_t repeated_ = cdss_no_node;
  std::vector<cdss_node> nodes_;
  std::vector<std::uint32_t> open_;  // indices of the containers not yet closed
};

Error at_byte(std::size_t byte, Errc code, std::string message) {
  return {code, "byte " + std::to_string(byte), std::move(message)};
}

/// What RapidJSON would let pass. Errors: as Document::parse.
Result<void> check_bytes(const std::string& text, std::size_t longest) {
  if (text.size() > std::min(longest, kLongestText)) {
    return Error{Errc::out_of_range, {}, "is longer than " + std::to_string(longest) + " bytes"};
  }
  if (text.starts_with("\xEF\xBB\xBF")) {
    return at_byte(0, Errc::malformed, "must not begin with a byte order mark");
  }
  if (const auto nul = text.find('\0'); nul != std::string::npos) {
    return at_byte(nul, Errc::malformed, "must not contain a NUL byte");
  }
  if (!simdjson::validate_utf8(text.data(), text.size())) {
    return at_byte(first_invalid_utf8(text), Errc::malformed, "must be UTF-8");
  }
  return {};
}

}  // namespace

WipedText Document::padded(std::string text) {
  WipedText owned{new std::string{std::move(text)}};
  if (owned->capacity() < owned->size() + kPadding) {
    WipedText larger{new std::string};  // not by `reserve`, which frees what it leaves as it is
    larger->reserve(owned->size() + kPadding);
    larger->append(*owned);
    return larger;
  }
  return owned;
}

Result<Document> Document::parse(std::string text, Limits limits) {
  CDSS_CHECK(check_bytes(text, limits.bytes));
  auto owned = padded(std::move(text));
  const bool escapes = owned->find('\\') != std::string::npos;
  NodeBuilder builder{owned->data(), owned->size(), limits, escapes};
  rapidjson::InsituStringStream stream{owned->data()};
  rapidjson::Reader reader;
  constexpr unsigned kFlags = rapidjson::kParseInsituFlag | rapidjson::kParseIterativeFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  const auto parsed = reader.Parse<kFlags>(stream, builder);
  if (auto refusal = builder.refusal()) {
    if (refusal->where.empty()) {
      refusal->where = "byte " + std::to_string(parsed.Offset());
    }
    return *std::move(refusal);
  }
  if (parsed.IsError()) {
    std::string message = rapidjson::GetParseError_En(parsed.Code());
    if (message.ends_with('.')) {
      message.pop_back();
    }
    return at_byte(parsed.Offset(), Errc::malformed, "is not JSON: " + message);
  }
  return Document{std::move(owned), builder.take()};
}

}  // namespace cdss
