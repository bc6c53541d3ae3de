#include "core/record/patient_record.hpp"

#include <algorithm>

#include "fhir/bundle.hpp"
#include "fhir/operation_outcome.hpp"
#include "fhir/reference.hpp"
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

KeyRecord read_bundle_key(const Wanted& wanted, View value) {
  const auto bundle = fhir::read_bundle(value);
  if (!bundle) {
    return unavailable(wanted.key, "the Bundle sent for it is malformed");
  }
  std::size_t resources = 0;
  bool failed = false;
  for (const auto& entry : bundle->entries) {
    if (!entry.resource) {
      continue;
    }
    if (fhir::resource_type(*entry.resource) == "OperationOutcome") {
      failed = failed || is_failure(*entry.resource);
    } else {
      ++resources;
    }
  }
  if (failed && resources == 0) {
    return unavailable(wanted.key, "the FHIR server answered with an error");
  }
  KeyRecord record{.key = wanted.key, .state = cdss_key_present, .reason = {}, .value = value};
  if (failed || !bundle->next.empty()) {
    record.state = cdss_key_truncated;
    record.reason =
        failed ? "the FHIR server answered in part, with an error" : "only the first page was sent";
  } else if (resources == 0) {
    record.state = cdss_key_empty;
    record.value.reset();
  }
  return record;
}

KeyRecord read_key(const Wanted& wanted, std::optional<View> value) {
  if (!value) {
    return unavailable(wanted.key, "it was not sent");
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

/// Errors: as check_patient, for one resource and what is inside it.
Result<void> check_resource(View resource, std::string_view patient_id) {
  const auto type = fhir::resource_type(resource);
  if (type == "Patient") {
    const auto id = resource.text_or_empty("id");
    if (!id.empty() && id != patient_id) {
      return resource.error(Errc::malformed, "is another patient than context.patientId");
    }
    return {};
  }
  for (const std::string_view name : {"subject", "patient", "beneficiary"}) {
    const auto member = resource.find(name);
    if (!member || !member->is_object()) {
      continue;
    }
    const auto reference = fhir::Reference::parse(member->text_or_empty("reference"));
    if (reference.type == "Patient" && !reference.id.empty() && reference.id != patient_id &&
        reference.kind != fhir::Reference::Kind::contained) {
      return resource.error(Errc::malformed, "belongs to another patient than context.patientId");
    }
  }
  const auto entries = type == "Bundle" ? resource.find("entry") : std::nullopt;
  if (!entries) {
    return {};
  }
  for (const View entry : entries->elements()) {
    if (const auto inner = entry.find("resource"); inner && inner->is_object()) {
      CDSS_CHECK(check_resource(*inner, patient_id));
    }
  }
  return {};
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
  for (const auto& bundle : {request.context.draft_orders, request.context.appointments}) {
    if (bundle) {
      CDSS_CHECK(check_resource(*bundle, id));
    }
  }
  return {};
}

}  // namespace cdss::record
