#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/json/view.hpp"

namespace cdss::json {

/// Appends `text` as a JSON string: quoted, control characters escaped, UTF-8 passed through.
/// Bytes that are not UTF-8 become U+FFFD.
void append_string(std::string& out, std::string_view text);

/// Appends a value as it was read, numbers with their exact text.
void append_value(std::string& out, View value);

class Array;

/// Writes the members of one object. Empty values are not written: null, "", [] and {} cannot be,
/// except with `array_even_if_empty`, which is for `cards` and `services` only. Source: CDS
/// Hooks, GEN-04 to GEN-06; HL7 FHIR R4, JSON representation.
class Object {
 public:
  explicit Object(std::string& out) : out_{out} {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  /// A text member; nothing when `value` is empty.
  void string(std::string_view name, std::string_view value);
  template <std::same_as<bool> B>
  void boolean(std::string_view name, B value) {
    literal(name, value ? "true" : "false");
  }
  void integer(std::string_view name, std::int64_t value) { literal(name, std::to_string(value)); }
  /// A number by its exact digits. `digits` must be a JSON number.
  void number(std::string_view name, std::string_view digits) { literal(name, digits); }
  /// A value that is JSON text already, copied as it is; nothing when `text` is empty. `text` must
  /// be one JSON value.
  void json(std::string_view name, std::string_view text) {
    if (!text.empty()) {
      literal(name, text);
    }
  }
  /// A value copied as it was read; nothing when it is null or an empty text, array or object.
  void value(std::string_view name, View value);

  /// `fill(Object&)` writes the members; nothing when it writes none.
  template <class Fill>
  void object(std::string_view name, Fill fill) {
    const auto mark = begin(name, '{');
    Object inner{out_};
    fill(inner);
    end(mark, '}', inner.empty());
  }

  /// `fill(Array&)` writes the elements; nothing when it writes none.
  template <class Fill>
  void array(std::string_view name, Fill fill);

  /// As `array`, and `[]` when there are no elements.
  template <class Fill>
  void array_even_if_empty(std::string_view name, Fill fill);

  /// An array of objects: `fill(Object&, value)` writes the members of each. Nothing when it writes
  /// none.
  template <class Range, class Fill>
  void objects(std::string_view name, const Range& values, Fill fill);

  /// An array of texts; nothing when `texts` is empty.
  template <class Range>
  void strings(std::string_view name, const Range& texts);

  bool empty() const { return empty_; }

 private:
  struct Mark {
    std::size_t size;
    bool was_empty;
  };
  Mark begin(std::string_view name, char bracket);
  void end(Mark mark, char bracket, bool drop);
  void literal(std::string_view name, std::string_view text);
  void name_next(std::string_view name);

  std::string& out_;
  bool empty_ = true;
};

/// Writes the elements of one array; empty ones are not written.
class Array {
 public:
  explicit Array(std::string& out) : out_{out} {}
  Array(const Array&) = delete;
  Array& operator=(const Array&) = delete;

  void string(std::string_view value);
  void value(View value);
  template <class Fill>
  void object(Fill fill) {
    const auto size = out_.size();
    comma();
    out_ += '{';
    Object inner{out_};
    fill(inner);
    if (inner.empty()) {
      out_.resize(size);
      return;
    }
    out_ += '}';
    empty_ = false;
  }

  bool empty() const { return empty_; }

 private:
  void comma();

  std::string& out_;
  bool empty_ = true;
};

template <class Fill>
void Object::array(std::string_view name, Fill fill) {
  const auto mark = begin(name, '[');
  Array inner{out_};
  fill(inner);
  end(mark, ']', inner.empty());
}

template <class Fill>
void Object::array_even_if_empty(std::string_view name, Fill fill) {
  const auto mark = begin(name, '[');
  Array inner{out_};
  fill(inner);
  end(mark, ']', false);
}

template <class Range, class Fill>
void Object::objects(std::string_view name, const Range& values, Fill fill) {
  array(name, [&](Array& array) {
    for (const auto& value : values) {
      array.object([&](Object& object) { fill(object, value); });
    }
  });
}

template <class Range>
void Object::strings(std::string_view name, const Range& texts) {
  array(name, [&](Array& array) {
    for (const auto& text : texts) {
      array.string(text);
    }
  });
}

/// One JSON object as text; "{}" when `fill` writes nothing.
template <class Fill>
std::string object(Fill fill) {
  std::string out{"{"};
  Object writer{out};
  fill(writer);
  out += '}';
  return out;
}

}  // namespace cdss::json
