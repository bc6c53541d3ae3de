#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fhir/types/ucum.hpp"

// Whatever the bytes, a unit that is read measures as itself, gives a number back unchanged in
// itself, and what people write is always a unit that is known.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto unit = cdss::fhir::UcumUnit::parse(text)) {
    if (!unit->measures_as(*unit) || unit->convert(7.25, *unit) != 7.25) {
      __builtin_trap();
    }
  }
  const auto spelled = cdss::fhir::ucum_of_spelling(text);
  if (spelled && !cdss::fhir::UcumUnit::parse(*spelled)) {
    __builtin_trap();
  }
  return 0;
}
