#include "fhir/types/value.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

template <class T>
Result<Value> as_value(Result<T>&& read) {
  if (!read) {
    return std::move(read).error();
  }
  return Value{*std::move(read)};
}

Result<Value> read_decimal(View value) {
  CDSS_TRY(const auto digits, value.number());
  Quantity quantity;
  quantity.value = digits;
  return Value{quantity};
}

Result<Value> read_one_coding(View value) {
  CDSS_TRY(const auto coding, read_coding(value));
  CodeableConcept codeable_concept;
  codeable_concept.codings.push_back(coding);
  return Value{std::move(codeable_concept)};
}

struct Type {
  std::string_view name;
  Result<Value> (*read)(View value);
};

Result<Value> read_text(View value) {
  return as_value(value.string());
}
Result<Value> read_integer(View value) {
  return as_value(value.integer());
}
Result<Value> read_date(View value) {
  return as_value(read_partial_date(value));
}
Result<Value> read_amount(View value) {
  return as_value(read_quantity(value));
}

// Types that value[x] may have in an Observation or an answer, the common ones first.
constexpr Type kTypes[] = {
    {"Quantity", read_amount},
    {"CodeableConcept", [](View value) { return as_value(read_codeable_concept(value)); }},
    {"String", read_text},
    {"Boolean", [](View value) { return as_value(value.boolean()); }},
    {"Integer", read_integer},
    {"DateTime", read_date},
    {"Coding", read_one_coding},
    {"Decimal", read_decimal},
    {"Date", read_date},
    {"Instant", read_date},
    {"Uri", read_text},
    {"Code", read_text},
    {"Markdown", read_text},
    {"PositiveInt", read_integer},
    {"UnsignedInt", read_integer},
    {"Age", read_amount},
    {"Duration", read_amount},
};

}  // namespace

Result<Value> read_value(std::string_view suffix, View value) {
  if (suffix.empty() || suffix[0] < 'A' || suffix[0] > 'Z') {
    return Value{};
  }
  const auto* const type =
      std::ranges::find_if(kTypes, [&](const Type& row) { return row.name == suffix; });
  if (type == std::end(kTypes)) {
    return Value{OtherValue{suffix}};
  }
  return type->read(value);
}

namespace detail {

Result<void> read_member(Value& out, std::string_view suffix, View value) {
  return assign(out, read_value(suffix, value));
}

}  // namespace detail
}  // namespace cdss::fhir
