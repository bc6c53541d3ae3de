#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/base/json_writer.hpp"
#include "core/base/result.hpp"
#include "core/base/view.hpp"

namespace cdss {

/// One configuration entry of a settings struct S: its reader, its bounds and its manual in one
/// row. The member's initialiser in S is the default.
template <class S>
struct Option {
  std::string_view name;
  std::variant<std::int64_t S::*, bool S::*, std::string S::*> member;
  std::string_view unit = {};  ///< UCUM or "bytes", "ms"; empty when it has none
  std::int64_t min = 0;        ///< whole numbers only
  std::int64_t max = 0;        ///< whole numbers only, inclusive
  std::span<const std::string_view> choices = {};  ///< texts only; empty means any
  std::string_view doc;                            ///< one sentence
  std::string_view source = {};  ///< where the default comes from, if from a source
};

namespace detail {

template <class S>
Result<void> read_member(const Option<S>& row, View value, std::int64_t& into) {
  CDSS_TRY(const auto number, value.integer());
  if (number < row.min || number > row.max) {
    return value.error(Errc::out_of_range, "must be from " + std::to_string(row.min) + " to " +
                                               std::to_string(row.max));
  }
  into = number;
  return {};
}

template <class S>
Result<void> read_member(const Option<S>&, View value, bool& into) {
  CDSS_TRY(into, value.boolean());
  return {};
}

template <class S>
Result<void> read_member(const Option<S>& row, View value, std::string& into) {
  CDSS_TRY(const auto text, value.string());
  if (!row.choices.empty() && std::ranges::find(row.choices, text) == row.choices.end()) {
    std::string all;
    for (const auto choice : row.choices) {
      all += (all.empty() ? "" : ", ") + std::string{choice};
    }
    return value.error(Errc::out_of_range, "must be one of " + all);
  }
  into = text;
  return {};
}

}  // namespace detail

/// Reads an object of option values over the defaults of S.
///
/// Errors: Errc::malformed when no object or of the wrong type; Errc::unsupported for a name that
/// no row declares; Errc::out_of_range for a value outside its bounds.
template <class S>
Result<S> read_options(std::span<const Option<S>> rows, View object, S defaults = {}) {
  if (!object.is_object()) {
    return object.error(Errc::malformed, "must be an object");
  }
  for (const Member member : object.members()) {
    const auto row = std::ranges::find(rows, member.name, &Option<S>::name);
    if (row == rows.end()) {
      return member.value.error(Errc::unsupported, "is not an option");
    }
    CDSS_CHECK(std::visit(
        [&](auto m) { return detail::read_member(*row, member.value, defaults.*m); }, row->member));
  }
  return defaults;
}

/// Writes the rows as JSON Schema properties: `{name: {type, default, minimum, maximum, enum,
/// description, unit, source}}`, where `unit` and `source` are annotations of ours.
template <class S>
void declare_options(json::Object& out, std::span<const Option<S>> rows) {
  const S defaults;
  for (const auto& row : rows) {
    out.object(row.name, [&](json::Object& o) {
      std::visit(
          [&](auto member) {
            const auto& value = defaults.*member;
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, bool>) {
              o.string("type", "boolean");
              o.boolean("default", value);
            } else if constexpr (std::is_same_v<T, std::string>) {
              o.string("type", "string");
              o.string("default", value);
              o.strings("enum", row.choices);
            } else {
              o.string("type", "integer");
              o.integer("default", value);
              o.integer("minimum", row.min);
              o.integer("maximum", row.max);
            }
          },
          row.member);
      o.string("unit", row.unit);
      o.string("description", row.doc);
      o.string("source", row.source);
    });
  }
}

}  // namespace cdss
