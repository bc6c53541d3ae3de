#pragma once

// How the readers of this folder go over an object: one pass over its members, each handed to the
// field of that name. For the .cpp files of this folder only.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text/ascii.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "fhir/types/event_time.hpp"
#include "fhir/types/partial_date.hpp"
#include "fhir/types/quantity.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"
#include "fhir/types/value.hpp"

namespace cdss::fhir::detail {

/// Puts what was read where it belongs, or gives its error back.
template <class T, class U>
Result<void> assign(T& out, Result<U>&& read) {
  if (!read) {
    return std::move(read).error();
  }
  out = *std::move(read);
  return {};
}

// read_member: one overload for each type that a member may have.
inline Result<void> read_member(std::string_view& out, std::string_view /*suffix*/, View value) {
  return assign(out, value.string());
}
inline Result<void> read_member(bool& out, std::string_view /*suffix*/, View value) {
  return assign(out, value.boolean());
}
inline Result<void> read_member(std::optional<std::int64_t>& out, std::string_view /*suffix*/,
                                View value) {
  return assign(out, value.integer());
}
inline Result<void> read_member(std::optional<PartialDate>& out, std::string_view /*suffix*/,
                                View value) {
  return assign(out, read_partial_date(value));
}
inline Result<void> read_member(CodeableConcept& out, std::string_view /*suffix*/, View value) {
  return assign(out, read_codeable_concept(value));
}
inline Result<void> read_member(CodeableConcepts& out, std::string_view /*suffix*/, View value) {
  return assign(out, read_codeable_concepts(value));
}
inline Result<void> read_member(Reference& out, std::string_view /*suffix*/, View value) {
  return assign(out, read_reference(value));
}
Result<void> read_member(EventTime& out, std::string_view suffix, View value);
Result<void> read_member(Value& out, std::string_view suffix, View value);

/// A code and what it stands for.
template <class E>
struct Code {
  std::string_view code;
  E code_value;
};

/// The code itself, or each code of a CodeableConcept whose system is absent or ends in `system`.
/// `visit(code)` returns true to stop. Errors: Errc::malformed when `value` is neither.
template <class Visit>
Result<void> for_each_code(View value, std::string_view system, Visit visit) {
  if (value.is_string()) {
    CDSS_TRY(const auto code, value.string());
    visit(code);
    return {};
  }
  CDSS_TRY(const auto code_value, read_codeable_concept(value));
  for (const auto& coding : code_value.codings) {
    if ((coding.system.empty() || coding.system.ends_with(system)) && visit(coding.code)) {
      return {};
    }
  }
  return {};
}

/// Reads a code of a required value set, written as a plain code or as a CodeableConcept (which of
/// them depends on the FHIR version).
///
/// @param system  How the URI of the code system ends, for the CodeableConcept.
/// Errors: Errc::malformed when it is of the wrong JSON kind or in no row of the table.
template <class E, std::size_t N>
Result<E> read_code(View value, std::string_view system, const Code<E> (&table)[N]) {
  std::optional<E> code_value;
  CDSS_CHECK(for_each_code(value, system, [&](std::string_view code) {
    const auto* const row = std::find_if(std::begin(table), std::end(table),
                                         [&](const auto& r) { return r.code == code; });
    if (row != std::end(table)) {
      code_value = row->code_value;
    }
    return code_value.has_value();
  }));
  if (!code_value) {
    return value.error(Errc::malformed, "is not a code of its value set");
  }
  return *code_value;
}

/// A member of T and how it is read.
template <class T>
struct Field {
  std::string_view name;  ///< of a choice: what stands before the type
  bool is_choice;
  bool is_required;
  Result<void> (*read)(T& out, std::string_view suffix, View value);

  /// What follows `name` in the member's name (nothing, unless a choice); none when it is another.
  std::optional<std::string_view> suffix_of(std::string_view member) const {
    if (!is_choice) {
      return member == name ? std::optional{std::string_view{}} : std::nullopt;
    }
    if (member.size() <= name.size() || !member.starts_with(name)) {
      return std::nullopt;
    }
    const auto suffix = member.substr(name.size());
    return is_upper(suffix[0]) ? std::optional{suffix} : std::nullopt;
  }
};

template <class T, class M>
T class_of(M T::*);

enum class Presence : std::uint8_t { optional, required };

/// A field kept in `Member`. A name that ends in "[x]" stands for a choice of types.
template <auto Member>
constexpr auto field(std::string_view name, Presence presence = Presence::optional) {
  using T = decltype(class_of(Member));
  const bool choice = name.ends_with("[x]");
  return Field<T>{choice ? name.substr(0, name.size() - 3) : name, choice,
                  presence == Presence::required, [](T& out, std::string_view suffix, View value) {
                    return read_member(out.*Member, suffix, value);
                  }};
}

/// A text as a template argument.
template <std::size_t N>
struct Text {
  char characters[N];
  // NOLINTNEXTLINE(google-explicit-constructor): so that a literal can stand as the argument.
  consteval Text(const char (&text)[N]) { std::copy_n(text, N, characters); }
  constexpr std::string_view view() const { return {characters, N - 1}; }
};

/// A field that holds a code of `Table`. As a CodeableConcept, its code system has a URI that ends
/// in `System`.
template <auto Member, const auto& Table, Text System = "">
constexpr auto code_field(std::string_view name, Presence presence = Presence::optional) {
  using T = decltype(class_of(Member));
  return Field<T>{name, false, presence == Presence::required,
                  [](T& out, std::string_view, View value) {
                    return assign(out.*Member, read_code(value, System.view(), Table));
                  }};
}

/// A field with a reader of its own.
template <class T>
constexpr auto field_read_by(std::string_view name,
                             Result<void> (*read)(T&, std::string_view, View)) {
  const bool choice = name.ends_with("[x]");
  return Field<T>{choice ? name.substr(0, name.size() - 3) : name, choice, false, read};
}

/// As code_field, with `Otherwise` for what is no code of the table.
template <auto Member, const auto& Table, auto Otherwise>
constexpr auto code_field_or(std::string_view name) {
  using T = decltype(class_of(Member));
  return field_read_by<T>(name, [](T& out, std::string_view, View value) -> Result<void> {
    const auto code = read_code(value, {}, Table);
    out.*Member = code ? *code : Otherwise;
    return {};
  });
}

/// A field with words for people: left empty when it is no text.
template <auto Member>
constexpr auto words_field(std::string_view name) {
  using T = decltype(class_of(Member));
  return field_read_by<T>(name, [](T& out, std::string_view, View value) -> Result<void> {
    const auto words = value.string();
    out.*Member = words ? *words : std::string_view{};
    return {};
  });
}

/// Fills `out` from the members of an object. Unknown members and nulls are passed over.
/// Errors: Errc::malformed when `object` is none; Errc::missing for a required field; of a field.
template <class T, std::size_t N>
Result<void> read_members(View object, T& out, const Field<T> (&fields)[N]) {
  static_assert(N <= 32);
  if (!object.is_object()) {
    return object.error(Errc::malformed, "must be an object");
  }
  std::uint32_t seen = 0;
  for (const auto& [name, value] : object.members()) {
    if (value.is_null()) {
      continue;
    }
    for (std::size_t i = 0; i < N; ++i) {
      if (const auto suffix = fields[i].suffix_of(name)) {
        CDSS_CHECK(fields[i].read(out, *suffix, value));
        seen |= 1U << i;
        break;
      }
    }
  }
  for (std::size_t i = 0; i < N; ++i) {
    if (fields[i].is_required && (seen & (1U << i)) == 0) {
      return object.error_at(fields[i].name, Errc::missing, "is required");
    }
  }
  return {};
}

/// Checks that `object` is a resource of that type; reads its id. Errors: Errc::malformed;
/// Errc::unsupported for one with modifierExtension or implicitRules: what it says may be another
/// thing than its elements tell. Source: HL7 FHIR R4, Extensibility, "Modifier Extensions"; Resource,
/// implicitRules.
Result<Resource> read_header(View object, std::string_view type);

/// Reads a resource of type T. Errors: of read_header and read_members.
template <class T, std::size_t N>
Result<T> read_resource(View object, const Field<T> (&fields)[N]) {
  CDSS_TRY(const auto header, read_header(object, T::kType));
  T out;
  static_cast<Resource&>(out) = header;
  CDSS_CHECK(read_members(object, out, fields));
  return out;
}

/// Calls `visit(element)` for each element that is not null, or for a value that stands there
/// without its array. Stops at the first error.
template <class Visit>
Result<void> for_each_element(View value, Visit visit) {
  if (!value.is_array()) {
    return visit(value);
  }
  for (const View element : value.elements()) {
    if (!element.is_null()) {
      CDSS_CHECK(visit(element));
    }
  }
  return {};
}

/// Appends an object read with `fields` for each element of `value`.
template <class T, std::size_t N>
Result<void> append_each(std::vector<T>& out, View value, const Field<T> (&fields)[N]) {
  return for_each_element(value, [&](View element) -> Result<void> {
    return read_members(element, out.emplace_back(), fields);
  });
}

}  // namespace cdss::fhir::detail
