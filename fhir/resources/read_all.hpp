#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/resources/medication.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// The resources of one type that a value holds, and those that could not be read.
template <class T>
struct Read {
  std::vector<T> values;
  std::vector<Error>
      refused;  ///< one for each resource left out; `where` is the path of the element
};

/// Calls `visit(resource, full_url)` for each resource object of `value`: the entries of a Bundle
/// and of Bundles inside it (matches and includes alike; entries of search mode "outcome" and
/// entries without a resource are passed over), or the resource itself, with an empty full_url,
/// when it is no Bundle; nothing for other JSON.
void for_each_entry(View value, const std::function<void(View, std::string_view)>& visit);

/// As for_each_entry, with `visit(resource)`.
template <class Visit>
void for_each_resource(View value, Visit visit) {
  for_each_entry(value, [&](View resource, std::string_view /*full_url*/) { visit(resource); });
}

/// Reads every resource of type T in a Bundle, or the one resource. Resources of other types are
/// passed over. A malformed resource is refused alone; the others are read. Thread-safe.
///
///   const auto conditions = fhir::read_all<fhir::Condition>(view);
///
/// Medications that orders refer to are looked up in the same value.
template <class T>
Read<T> read_all(View value) {
  Read<T> read;
  for_each_resource(value, [&](View resource) {
    if (resource_type(resource) != T::kType) {
      return;
    }
    if (auto one = T::read(resource)) {
      read.values.push_back(*std::move(one));
    } else {
      read.refused.push_back(std::move(one).error());
    }
  });
  if constexpr (requires(T order) { order.medication_reference; }) {
    const auto is_open = [](const T& order) {
      return order.medication.codings.empty() && order.medication_reference.is_present();
    };
    if (std::none_of(read.values.begin(), read.values.end(), is_open)) {
      return read;
    }
    MedicationLookup known;
    known.add(value);
    for (auto& order : read.values) {
      resolve_medication(order, known);
    }
  }
  return read;
}

}  // namespace cdss::fhir
