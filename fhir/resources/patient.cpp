#include "fhir/resources/patient.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/text/ascii.hpp"
#include "fhir/types/reading.hpp"

namespace cdss::fhir {
namespace {

constexpr detail::Code<Gender> kGenders[] = {
    {"male", Gender::male},
    {"female", Gender::female},
    {"other", Gender::other},
    {"unknown", Gender::unknown},
};

Gender gender_of(std::string_view code) {
  switch (code.empty() ? '\0' : lower(code.front())) {
    case 'm':
      return Gender::male;
    case 'f':
      return Gender::female;
    default:
      const auto* const row = std::ranges::find(kGenders, code, &detail::Code<Gender>::code);
      return row == std::end(kGenders) ? Gender::unknown : row->code_value;
  }
}

Result<void> read_gender(Patient& out, std::string_view /*suffix*/, View value) {
  out.gender = Gender::unknown;
  (void)detail::for_each_code(value, {}, [&](std::string_view code) {
    out.gender = gender_of(code);
    return out.gender != Gender::unknown;
  });
  return {};
}

Result<void> read_birth_date(Patient& out, std::string_view /*suffix*/, View value) {
  if (const auto date = read_partial_date(value)) {
    out.birth_date = *date;
  }
  return {};
}

/// True as some clients write it.
bool says_true(View value) {
  if (value.is_string()) {
    const auto text = value.string();
    return text && to_lower(*text) == "true";
  }
  const auto number = value.integer();
  return number && *number == 1;
}

Result<void> read_deceased(Patient& out, std::string_view suffix, View value) {
  auto when = read_event_time(suffix, value);
  if (!when && (suffix == "DateTime" || says_true(value))) {
    when = EventTime{.form = EventTime::Form::undated, .earliest = {}, .latest = {}};
  }
  if (when && *when && (*when)->is_present() && !out.deceased.has_day()) {
    out.deceased = **when;
  }
  return {};
}

/// Source: HL7 FHIR R4, link-type.
Result<void> read_link(Patient& out, std::string_view /*suffix*/, View value) {
  (void)detail::for_each_element(value, [&](View link) -> Result<void> {
    out.is_replaced = out.is_replaced || link.text_or_empty("type") == "replaced-by";
    return {};
  });
  return {};
}

constexpr detail::Field<Patient> kFields[] = {
    detail::field_read_by<Patient>("gender", read_gender),
    detail::field_read_by<Patient>("birthDate", read_birth_date),
    detail::field_read_by<Patient>("deceased[x]", read_deceased),
    detail::field_read_by<Patient>("link", read_link),
};

}  // namespace

Result<Patient> Patient::read(View resource) {
  return detail::read_resource(resource, kFields);
}

}  // namespace cdss::fhir
