#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/abi/document.h"
#include "core/base/errors/result.hpp"

namespace cdss {

struct Member;

/// One value inside a Document. Its readers check the value, and their errors name its path.
///
/// Borrowed: valid as long as the Document (or the plugin request) it came from. Cheap to copy.
/// Thread-safe.
class View {
 public:
  template <class Item>
  class Children;
  using Elements = Children<View>;
  using Members = Children<Member>;

  /// @param node  less than document.node_count.
  View(const cdss_document& document, std::uint32_t node) : document_{document}, node_{node} {}

  bool is_object() const { return kind() == cdss_object; }
  bool is_array() const { return kind() == cdss_array; }
  bool is_string() const { return kind() == cdss_string; }
  bool is_number() const { return kind() == cdss_number; }
  bool is_boolean() const { return kind() == cdss_true || kind() == cdss_false; }
  bool is_null() const { return kind() == cdss_null; }

  /// Elements of an array, members of an object, else 0.
  std::uint32_t size() const { return is_array() || is_object() ? raw().length : 0; }

  /// Whether this is null, or an empty text, array or object.
  bool is_empty() const;

  /// Errors: Errc::malformed with `message` when this is no object, no array, no array with at least
  /// one element.
  Result<void> check_object(std::string_view message = "must be an object") const;
  Result<void> check_array(std::string_view message = "must be an array") const;
  Result<void> check_filled_array(std::string_view message) const;

  /// The member `name`, whatever its value; none when absent or when this is no object.
  std::optional<View> find(std::string_view name) const;

  /// The member `name`. Errors: Errc::missing; Errc::malformed when this is no object.
  Result<View> at(std::string_view name) const;

  /// Children in the order written; nothing when this is no array (or no object).
  Elements elements() const;
  Members members() const;

  /// This value as text. Errors: Errc::malformed when it is no string or holds U+0000.
  Result<std::string_view> string() const;

  /// This value as true or false. Errors: Errc::malformed.
  Result<bool> boolean() const;

  /// This value as a whole number. Errors: Errc::malformed when no number or written with a
  /// fraction or exponent; Errc::out_of_range beyond 64 bits.
  Result<std::int64_t> integer() const;

  /// The digits of a number exactly as written. Errors: Errc::malformed when this is no number.
  Result<std::string_view> number() const;

  /// The required member `name` as text with more than white space in it.
  /// Errors: Errc::missing when absent; Errc::malformed when null, no string, blank, or holding
  /// U+0000.
  Result<std::string_view> required_string(std::string_view name) const;

  /// The member `name` as text, or none when absent.
  /// Errors: Errc::malformed when it is there and is null, no string, empty, or holding U+0000.
  Result<std::optional<std::string_view>> optional_string(std::string_view name) const;

  /// The member `name`, or none when absent. Errors: Errc::malformed when it is there and no object.
  Result<std::optional<View>> optional_object(std::string_view name) const;

  /// The texts of an array. Errors: Errc::malformed when this is no array with at least one, or when
  /// an element is no string, empty, or holding U+0000.
  Result<std::vector<std::string>> texts() const;

  /// A string member if it is there and well formed, else empty: for readers that tolerate what is
  /// broken.
  std::string_view text_or_empty(std::string_view name) const;

  /// Where this value stands, e.g. "context.draftOrders.entry[2]"; empty for the root. Walks from
  /// the root. Only names made of at most 40 ASCII letters, with single `_`, `-`, `.` or `$`
  /// between them, are shown; any other, which may hold something of a person, appears as "?".
  std::string path() const;

  /// An Error at this value, or at its member.
  Error error(Errc code, std::string message) const;
  Error error_at(std::string_view member, Errc code, std::string message) const;

  std::uint32_t node() const { return node_; }
  const cdss_document& document() const { return document_; }
  cdss_kind kind() const { return static_cast<cdss_kind>(raw().kind); }

  /// The text of a string or number; empty for other kinds. No checks.
  std::string_view raw_text() const;

 private:
  const cdss_node& raw() const { return document_.nodes[node_]; }

  cdss_document document_;
  std::uint32_t node_;
};

/// A member of an object.
struct Member {
  std::string_view name;
  View value;
};

/// The elements of an array (as Views) or the members of an object, for a range-based for.
template <class Item>
class View::Children {
 public:
  class Iterator {
   public:
    Iterator(const cdss_document& document, std::uint32_t node)
        : document_{document}, node_{node} {}
    Item operator*() const {
      if constexpr (kNamed) {
        return {View{document_, node_}.raw_text(), View{document_, node_ + 1}};
      } else {
        return View{document_, node_};
      }
    }
    Iterator& operator++() {
      node_ = document_.nodes[node_ + (kNamed ? 1 : 0)].next;
      return *this;
    }
    bool operator==(const Iterator& other) const { return node_ == other.node_; }

   private:
    cdss_document document_;
    std::uint32_t node_;
  };

  Children(const cdss_document& document, std::uint32_t first, std::uint32_t end)
      : document_{document}, first_{first}, end_{end} {}
  Iterator begin() const { return {document_, first_}; }
  Iterator end() const { return {document_, end_}; }

 private:
  static constexpr bool kNamed = std::is_same_v<Item, Member>;  // a name stands before each value

  cdss_document document_;
  std::uint32_t first_;
  std::uint32_t end_;
};

}  // namespace cdss
