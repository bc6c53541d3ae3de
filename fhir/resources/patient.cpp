#include "fhir/resources/patient.hpp"

#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

constexpr detail::Code<Gender> kGenders[] = {
    {"male", Gender::male},
    {"female", Gender::female},
    {"other", Gender::other},
    {"unknown", Gender::unknown},
};

constexpr detail::Field<Patient> kFields[] = {
    detail::code_field<&Patient::gender, kGenders>("gender"),
    detail::field<&Patient::birth_date>("birthDate"),
    detail::field<&Patient::deceased>("deceased[x]"),
};

}  // namespace

Result<Patient> Patient::read(View resource) {
  return detail::read_resource(resource, kFields);
}

}  // namespace cdss::fhir
