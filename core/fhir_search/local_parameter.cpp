#include "core/fhir_search/local_parameter.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/text/ascii.hpp"

namespace cdss::fhir_search {
namespace {

using enum LocalParameterKind;

constexpr LocalParameter kParameters[] = {
#include "core/fhir_search/local_parameters.def"
};

/// Puts what stands at `path` below `value` into `out`.
void add_values(View value, std::string_view path, std::vector<View>& out) {
  if (value.is_array()) {
    for (const View element : value.elements()) {
      add_values(element, path, out);
    }
    return;
  }
  if (path.empty()) {
    out.push_back(value);
    return;
  }
  if (const auto child = value.find(take_until(path, '.'))) {
    add_values(*child, path, out);
  }
}

}  // namespace

const LocalParameter* find_local_parameter(std::string_view resource, std::string_view name) {
  const auto* const found = std::ranges::find_if(kParameters, [&](const LocalParameter& row) {
    return row.name == name && (row.resource.empty() || row.resource == resource);
  });
  return found == std::ranges::end(kParameters) ? nullptr : found;
}

std::vector<View> values_at(View resource, const LocalParameter& parameter) {
  std::vector<View> values;
  for (auto paths = parameter.paths; !paths.empty();) {
    add_values(resource, take_until(paths, '|'), values);
  }
  return values;
}

}  // namespace cdss::fhir_search
