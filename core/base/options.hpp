#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/enum_set.hpp"
#include "core/base/errors/result.hpp"
#include "core/json/json_writer.hpp"
#include "core/json/view.hpp"

namespace cdss {

/// A member of S that is one enumerator; the row's choices[i] spells enumerator i.
/// Made by `one_of<&S::member>()`.
template <class S>
struct OneOf {
  void (*set)(S&, std::size_t choice);
  std::size_t (*get)(const S&);
};

/// A member of S that is an EnumSet; the row's choices[i] spells enumerator i.
/// Made by `some_of<&S::member>()`.
template <class S>
struct SomeOf {
  void (*clear)(S&);
  void (*add)(S&, std::size_t choice);
  bool (*has)(const S&, std::size_t choice);
};

/// One configuration entry of a settings struct S: its reader, its bounds and its manual in one
/// row. The member's initialiser in S is the default.
template <class S>
struct Option {
  std::string_view name;
  std::variant<std::int64_t S::*, bool S::*, std::string S::*, std::vector<std::string> S::*,
               OneOf<S>, SomeOf<S>>
      member;
  std::string_view unit = {};  ///< UCUM or "bytes", "ms"; empty when it has none
  std::int64_t min = 0;        ///< whole numbers only
  std::int64_t max = 0;        ///< whole numbers only, inclusive
  std::span<const std::string_view> choices = {};  ///< texts and lists; empty means any
  std::string_view doc;                            ///< one sentence
  std::string_view source = {};  ///< where the default comes from, if from a source
};

/// `{CDSS_OPTION(Listen, port), .max = 65'535, .doc = "TCP port"}` begins the row of an entry that is
/// called as its member.
#define CDSS_OPTION(S, entry) .name = #entry, .member = &S::entry

namespace detail {

/// How many elements a list may have, so that an operator's slip does not become a slow start.
constexpr std::uint32_t kLongestList = 256;

/// Where `value` stands among the choices. Errors: Errc::malformed; Errc::out_of_range.
Result<std::size_t> read_choice(std::span<const std::string_view> choices, View value);

/// The elements of a list of texts, none blank or given twice, each of `choices` unless that is
/// empty. Errors: Errc::malformed; Errc::out_of_range.
Result<std::vector<std::string>> read_texts(std::span<const std::string_view> choices, View value);

template <class S>
Result<void> read_member(const Option<S>& row, View value, S& into, std::int64_t S::*member) {
  CDSS_TRY(const auto number, value.integer());
  if (number < row.min || number > row.max) {
    return value.error(Errc::out_of_range, "must be from " + std::to_string(row.min) + " to " +
                                               std::to_string(row.max));
  }
  into.*member = number;
  return {};
}

template <class S>
Result<void> read_member(const Option<S>&, View value, S& into, bool S::*member) {
  CDSS_TRY(into.*member, value.boolean());
  return {};
}

template <class S>
Result<void> read_member(const Option<S>& row, View value, S& into, std::string S::*member) {
  CDSS_TRY(const auto text, value.string());
  if (!row.choices.empty()) {
    CDSS_CHECK(read_choice(row.choices, value));
  }
  into.*member = text;
  return {};
}

template <class S>
Result<void> read_member(const Option<S>& row, View value, S& into,
                         std::vector<std::string> S::*member) {
  CDSS_TRY(into.*member, read_texts(row.choices, value));
  return {};
}

template <class S>
Result<void> read_member(const Option<S>& row, View value, S& into, OneOf<S> member) {
  CDSS_TRY(const auto choice, read_choice(row.choices, value));
  member.set(into, choice);
  return {};
}

template <class S>
Result<void> read_member(const Option<S>& row, View value, S& into, SomeOf<S> member) {
  CDSS_TRY(const auto texts, read_texts(row.choices, value));
  member.clear(into);
  for (const auto& text : texts) {
    const auto at = std::ranges::find(row.choices, text);
    member.add(into, static_cast<std::size_t>(at - row.choices.begin()));
  }
  return {};
}

}  // namespace detail

/// A member that is one enumerator, for Option::member.
template <auto Member>
constexpr auto one_of() {
  return []<class S, class E>(E S::*) {
    return OneOf<S>{[](S& s, std::size_t choice) { s.*Member = static_cast<E>(choice); },
                    [](const S& s) { return static_cast<std::size_t>(s.*Member); }};
  }(Member);
}

/// A member that is an EnumSet, for Option::member.
template <auto Member>
constexpr auto some_of() {
  return []<class S, class E>(EnumSet<E> S::*) {
    return SomeOf<S>{
        [](S& s) { s.*Member = {}; },
        [](S& s, std::size_t choice) { (s.*Member).add(static_cast<E>(choice)); },
        [](const S& s, std::size_t choice) { return (s.*Member).has(static_cast<E>(choice)); }};
  }(Member);
}

/// What a member holds, in the types that JSON knows: a number, a truth value, a text or a list of
/// texts; enumerators are spelled.
using OptionValue = std::variant<std::int64_t, bool, std::string, std::vector<std::string>>;

template <class S>
OptionValue option_value(const Option<S>& row, const S& from) {
  return std::visit(
      [&](auto member) -> OptionValue {
        using M = decltype(member);
        if constexpr (std::is_same_v<M, OneOf<S>>) {
          return std::string{row.choices[member.get(from)]};
        } else if constexpr (std::is_same_v<M, SomeOf<S>>) {
          std::vector<std::string> some;
          for (std::size_t choice = 0; choice < row.choices.size(); ++choice) {
            if (member.has(from, choice)) {
              some.emplace_back(row.choices[choice]);
            }
          }
          return some;
        } else {
          return from.*member;
        }
      },
      row.member);
}

/// Reads an object of option values into `into`, over its values; continues after a fault.
///
/// @param passed_over  A member that is no option and is not looked at, e.g. "$schema".
/// @param faults       Each thing that is wrong is appended: Errc::malformed when no object or of
///                     the wrong type; Errc::unsupported for a name that no row declares;
///                     Errc::out_of_range for a value outside its bounds.
template <class S>
void read_options(std::span<const Option<S>> rows, View object, std::string_view passed_over,
                  S& into, std::vector<Error>& faults) {
  if (!object.is_object()) {
    faults.push_back(object.error(Errc::malformed, "must be an object"));
    return;
  }
  for (const Member member : object.members()) {
    const auto row = std::ranges::find(rows, member.name, &Option<S>::name);
    if (row == rows.end()) {
      if (member.name != passed_over) {
        faults.push_back(member.value.error(Errc::unsupported, "is not an option"));
      }
      continue;
    }
    auto read = std::visit([&](auto m) { return detail::read_member(*row, member.value, into, m); },
                           row->member);
    if (!read) {
      faults.push_back(std::move(read).error());
    }
  }
}

/// Reads an object of option values over the defaults of S. Errors: the first of those above.
template <class S>
Result<S> read_options(std::span<const Option<S>> rows, View object, S defaults = {}) {
  std::vector<Error> faults;
  read_options(rows, object, {}, defaults, faults);
  if (!faults.empty()) {
    return std::move(faults.front());
  }
  return defaults;
}

namespace detail {

/// Writes type, default, bounds and choices of one row as JSON Schema keywords.
void declare_type(json::Object& out, const OptionValue& value, std::int64_t min, std::int64_t max,
                  std::span<const std::string_view> choices);

}  // namespace detail

/// Writes the rows as JSON Schema properties: `{name: {type, default, minimum, maximum, enum,
/// description, unit, source}}`, where `unit` and `source` are annotations of ours.
template <class S>
void declare_options(json::Object& out, std::span<const Option<S>> rows) {
  const S defaults;
  for (const auto& row : rows) {
    out.object(row.name, [&](json::Object& o) {
      detail::declare_type(o, option_value(row, defaults), row.min, row.max, row.choices);
      o.string("unit", row.unit);
      o.string("description", row.doc);
      o.string("source", row.source);
    });
  }
}

}  // namespace cdss
