#include "fhir/types/value.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

/// What `Read` gives, as a Value.
template <auto Read>
Result<Value> as(View value) {
  CDSS_TRY(auto read, std::invoke(Read, value));
  return Value{std::move(read)};
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

// Types that value[x] may have in an Observation or an answer, the common ones first.
constexpr Type kTypes[] = {
    {"Quantity", as<read_quantity>},     {"CodeableConcept", as<read_codeable_concept>},
    {"String", as<&View::string>},       {"Boolean", as<&View::boolean>},
    {"Integer", as<&View::integer>},     {"DateTime", as<read_partial_date>},
    {"Coding", read_one_coding},         {"Decimal", read_decimal},
    {"Date", as<read_partial_date>},     {"Instant", as<read_partial_date>},
    {"Uri", as<&View::string>},          {"Code", as<&View::string>},
    {"Markdown", as<&View::string>},     {"PositiveInt", as<&View::integer>},
    {"UnsignedInt", as<&View::integer>}, {"Age", as<read_quantity>},
    {"Duration", as<read_quantity>},
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
