#include "core/record/patient_record.hpp"

#include <algorithm>

#include "core/hooks/patient_reference.hpp"
#include "fhir/bundle.hpp"
#include "fhir/operation_outcome.hpp"
#include "fhir/resource.hpp"

namespace cdss::record {
namespace {

KeyRecord unavailable(std::string_view key, std::string reason) {
  return {.key = key, .state = cdss_key_unavailable, .reason = std::move(reason), .value = {}};
}

bool is_failure(View resource) {
  const auto outcome = fhir::read_operation_outcome(resource);
  return !outcome || outcome->is_failure();
}

/// What a Bundle holds, seen from the key it was sent for.
struct Tally {
  std::int64_t matches = 0;  // resources of the wanted type
  std::size_t others = 0;    // of another type, e.g. included ones
  std::size_t hollow = 0;    // entries that hold no resource
  bool failed = false;       // an OperationOutcome tells of an error
};

Tally tally(const fhir::Bundle& bundle, std::string_view wanted) {
  Tally count;
  for (const auto& entry : bundle.entries) {
    const auto type = entry.resource ? fhir::resource_type(*entry.resource) : std::string_view{};
    if (type == "OperationOutcome") {
      count.failed = count.failed || is_failure(*entry.resource);
    } else if (type == wanted) {
      ++count.matches;
    } else {
      ++(type.empty() ? count.hollow : count.others);
    }
  }
  return count;
}

/// Why a Bundle with matches is not all there is; empty when nothing says so.
std::string_view why_truncated(const fhir::Bundle& bundle, const Tally& count) {
  if (count.failed) {
    return "the FHIR server answered in part, with an error";
  }
  if (!bundle.next.empty()) {
    return "only the first page was sent";
  }
  if (count.hollow > 0) {
    return "some of its entries hold no resource";
  }
  return bundle.total.value_or(0) > count.matches ? "fewer were sent than the server counts"
                                                  : std::string_view{};
}

KeyRecord read_bundle_key(const Wanted& wanted, View value) {
  const auto bundle = fhir::read_bundle(value);
  if (!bundle) {
    return unavailable(wanted.key, "the Bundle sent for it is malformed");
  }
  const Tally count = tally(*bundle, wanted.resource);
  const auto reason = why_truncated(*bundle, count);
  if (count.matches > 0) {
    return {.key = wanted.key,
            .state = reason.empty() ? cdss_key_present : cdss_key_truncated,
            .reason = std::string{reason},
            .value = value};
  }
  if (count.failed) {
    return unavailable(wanted.key, "the FHIR server answered with an error");
  }
  if (count.others > 0 || !reason.empty()) {
    return unavailable(wanted.key, "what was sent for it does not hold what was asked for");
  }
  return {.key = wanted.key, .state = cdss_key_empty, .reason = {}, .value = {}};
}

KeyRecord read_key(const Wanted& wanted, std::optional<View> value) {
  if (!value) {
    return unavailable(wanted.key, "not sent");
  }
  if (value->is_null()) {
    return {.key = wanted.key, .state = cdss_key_empty, .reason = {}, .value = {}};
  }
  const auto type = fhir::resource_type(*value);
  if (type == "Bundle") {
    return read_bundle_key(wanted, *value);
  }
  if (type == wanted.resource) {
    return {.key = wanted.key, .state = cdss_key_present, .reason = {}, .value = value};
  }
  return unavailable(wanted.key, type == "OperationOutcome"
                                     ? "the FHIR server answered with an error"
                                     : "what was sent for it is of another type");
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
