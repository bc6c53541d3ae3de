#include "core/record/patient_record.hpp"

#include <algorithm>

#include "core/hooks/patient_reference.hpp"
#include "core/record/key_state.hpp"
#include "fhir/resource.hpp"

namespace cdss::record {
namespace {

KeyRecord read_key(const Wanted& wanted, std::optional<View> value) {
  if (!value) {
    return {.key = wanted.key, .reason = "not sent", .value = {}, .lack = Lack::all};
  }
  if (value->is_null()) {
    return {.key = wanted.key, .state = cdss_key_empty, .reason = {}, .value = {}};
  }
  const KeyState judged = judge(*value, wanted.resource);
  KeyRecord key{.key = wanted.key,
                .state = judged.state,
                .reason = std::string{judged.reason},
                .value = {},
                .lack = judged.lack};
  if (judged.state == cdss_key_present || judged.state == cdss_key_truncated) {
    key.value = value;
  }
  return key;
}

/// Calls `check_one` for each element of an array, or for the value itself: a list of one element
/// is often written without its array, and those who read the record take it so.
template <class Check>
Result<void> check_each(View value, Check check_one) {
  if (!value.is_array()) {
    return check_one(value);
  }
  for (const View element : value.elements()) {
    CDSS_CHECK(check_one(element));
  }
  return {};
}

/// Elements that say whose record a resource is in, over the types that clients send.
/// Source: HL7 FHIR R4, compartment definition Patient.
constexpr std::string_view kPatientElements[] = {"subject", "patient",    "beneficiary",
                                                 "for",     "individual", "actor"};

/// Errors: Errc::malformed when a Reference, or one of an array of them, is to another patient.
Result<void> check_reference(View value, std::string_view patient_id) {
  for (const View element : value.elements()) {
    CDSS_CHECK(check_reference(element, patient_id));
  }
  if (hooks::classify_patient_reference(value.text_or_empty("reference"), patient_id) ==
      hooks::PatientReference::other_patient) {
    return value.error(Errc::malformed, "is to another patient than context.patientId");
  }
  return {};
}

Result<void> check_references(View resource, std::string_view patient_id) {
  for (const std::string_view name : kPatientElements) {
    if (const auto value = resource.find(name)) {
      CDSS_CHECK(check_reference(*value, patient_id));
    }
  }
  if (const auto participants = resource.find("participant")) {
    return check_each(*participants, [&](View participant) -> Result<void> {
      const auto actor = participant.find("actor");
      return actor ? check_reference(*actor, patient_id) : Result<void>{};
    });
  }
  return {};
}

/// A Patient without an id may be a draft of this one (REQ-14); one with an id must have this one.
Result<void> check_patient_id(View patient, std::string_view patient_id) {
  const auto id = patient.find("id");
  if (id && (!id->is_string() || id->raw_text() != patient_id)) {
    return patient.error(Errc::malformed, "is another patient than context.patientId");
  }
  return {};
}

/// Errors: as check_patient, for one resource and what is inside it.
Result<void> check_resource(View resource, std::string_view patient_id) {
  if (fhir::resource_type(resource) == "Patient") {
    CDSS_CHECK(check_patient_id(resource, patient_id));
  } else {
    CDSS_CHECK(check_references(resource, patient_id));
  }
  const auto entries = resource.find("entry");
  if (!entries) {
    return {};
  }
  return check_each(*entries, [&](View entry) -> Result<void> {
    const auto inner = entry.find("resource");
    return inner && inner->is_object() ? check_resource(*inner, patient_id) : Result<void>{};
  });
}

}  // namespace

const KeyRecord* PatientRecord::find(std::string_view key) const {
  const auto found = std::ranges::find(keys, key, &KeyRecord::key);
  return found == keys.end() ? nullptr : &*found;
}

PatientRecord read_record(const hooks::HookRequest& request, std::span<const Wanted> wanted) {
  PatientRecord record;
  record.keys.reserve(wanted.size());
  for (const Wanted& key : wanted) {
    record.keys.push_back(
        read_key(key, request.prefetch ? request.prefetch->find(key.key) : std::nullopt));
  }
  return record;
}

Result<void> check_patient(const hooks::HookRequest& request) {
  const auto id = request.context.patient_id;
  if (request.prefetch) {
    for (const Member member : request.prefetch->members()) {
      if (member.value.is_object()) {
        CDSS_CHECK(check_resource(member.value, id));
      }
    }
  }
  for (const View resource : request.context.resources) {
    CDSS_CHECK(check_resource(resource, id));
  }
  return {};
}

}  // namespace cdss::record
