#include "core/json/json_writer.hpp"

#include <algorithm>
#include <simdjson.h>

#include <rapidjson/writer.h>

namespace cdss::json {
namespace {

/// RapidJSON's output stream over a std::string.
struct StringSink {
  using Ch = char;
  std::string& out;
  void Put(char c) { out.push_back(c); }
  void Flush() {}
};

/// Replaces what is not UTF-8 by U+FFFD, one for each offending byte.
std::string repaired(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (length <= 4 && at + length <= text.size() &&
           !simdjson::validate_utf8(text.data() + at, length)) {
      ++length;
    }
    if (length > 4 || at + length > text.size()) {
      out += "\xEF\xBF\xBD";
      ++at;
    } else {
      out.append(text.substr(at, length));
      at += length;
    }
  }
  return out;
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  const bool plain = std::ranges::none_of(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; });
  const bool utf8 = simdjson::validate_utf8(text.data(), text.size());
  if (plain && utf8) {  // nearly every text: no byte of it changes
    out += '"';
    out += text;
    out += '"';
    return;
  }
  const std::string repaired_text = utf8 ? std::string{} : repaired(text);
  const std::string_view valid = utf8 ? text : std::string_view{repaired_text};
  StringSink sink{out};
  rapidjson::Writer<StringSink> writer{sink};
  writer.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
}

void append_value(std::string& out, View value) {
  switch (value.kind()) {
    case cdss_null:
      out += "null";
      break;
    case cdss_false:
      out += "false";
      break;
    case cdss_true:
      out += "true";
      break;
    case cdss_number:
      out += value.raw_text();
      break;
    case cdss_string:
      append_string(out, value.raw_text());
      break;
    case cdss_array: {
      char separator = '[';
      for (const View element : value.elements()) {
        out += std::exchange(separator, ',');
        append_value(out, element);
      }
      out += value.size() == 0 ? "[]" : "]";
      break;
    }
    case cdss_object: {
      char separator = '{';
      for (const Member member : value.members()) {
        out += std::exchange(separator, ',');
        append_string(out, member.name);
        out += ':';
        append_value(out, member.value);
      }
      out += value.size() == 0 ? "{}" : "}";
      break;
    }
  }
}

void Object::string(std::string_view name, std::string_view value) {
  if (!value.empty()) {
    name_next(name);
    append_string(out_, value);
  }
}

void Object::value(std::string_view name, View value) {
  if (!value.is_empty()) {
    name_next(name);
    append_value(out_, value);
  }
}

Object::Mark Object::begin(std::string_view name, char bracket) {
  const Mark mark{out_.size(), empty_};
  name_next(name);
  out_ += bracket;
  return mark;
}

void Object::end(Mark mark, char bracket, bool drop) {
  if (drop) {
    out_.resize(mark.size);
    empty_ = mark.was_empty;
    return;
  }
  out_ += bracket;
}

void Object::literal(std::string_view name, std::string_view text) {
  name_next(name);
  out_ += text;
}

void Object::name_next(std::string_view name) {
  if (!std::exchange(empty_, false)) {
    out_ += ',';
  }
  append_string(out_, name);
  out_ += ':';
}

void Array::string(std::string_view value) {
  if (!value.empty()) {
    comma();
    append_string(out_, value);
    empty_ = false;
  }
}

void Array::value(View value) {
  if (!value.is_empty()) {
    comma();
    append_value(out_, value);
    empty_ = false;
  }
}

void Array::comma() {
  if (!empty_) {
    out_ += ',';
  }
}

}  // namespace cdss::json
