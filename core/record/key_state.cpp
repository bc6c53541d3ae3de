#include "core/record/key_state.hpp"

#include "fhir/resources/bundle.hpp"
#include "fhir/resources/operation_outcome.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::record {
namespace {

constexpr std::string_view kError = "the FHIR server answered with an error";

bool is_failure(View resource) {
  const auto outcome = fhir::OperationOutcome::read(resource);
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
    } else if (entry.is_outcome) {
      ++count.others;  // nobody reads it
    } else if (type == wanted) {
      ++count.matches;
    } else {
      ++(type.empty() ? count.hollow : count.others);
    }
  }
  return count;
}

/// Why a Bundle with matches is not all there is; present when nothing says so.
KeyState why_truncated(const fhir::Bundle& bundle, const Tally& count) {
  if (count.failed) {
    return {cdss_key_truncated, "the FHIR server answered in part, with an error",
            MissingBecause::server_error};
  }
  if (bundle.has_next) {
    return {cdss_key_truncated, "only the first page was sent",
            bundle.next.empty() ? MissingBecause::some : MissingBecause::later_pages};
  }
  if (count.hollow > 0) {
    return {cdss_key_truncated, "some of its entries hold no resource", MissingBecause::some};
  }
  if (bundle.total.value_or(0) > count.matches) {
    return {cdss_key_truncated, "fewer were sent than the server counts", MissingBecause::some};
  }
  return {.state = cdss_key_present};
}

KeyState judge_bundle(View value, std::string_view resource) {
  const auto bundle = fhir::Bundle::read(value);
  if (!bundle) {
    return {cdss_key_unavailable, "the Bundle sent for it is malformed",
            MissingBecause::wrong_content};
  }
  const Tally count = tally(*bundle, resource);
  const auto truncated = why_truncated(*bundle, count);
  if (count.matches > 0) {
    return truncated;
  }
  if (count.failed) {
    return {cdss_key_unavailable, kError, MissingBecause::server_error};
  }
  if (count.others > 0 || truncated.state != cdss_key_present) {
    return {cdss_key_unavailable, "what was sent for it does not hold what was asked for",
            truncated.missing_because == MissingBecause::nothing ? MissingBecause::wrong_content
                                                                 : truncated.missing_because};
  }
  return {.state = cdss_key_empty};
}

}  // namespace

KeyState judge(View value, std::string_view resource, bool is_search) {
  const auto type = fhir::resource_type(value);
  if (type == "Bundle") {
    return judge_bundle(value, resource);
  }
  if (type == resource && is_search) {
    return {cdss_key_truncated, "one resource was sent in the place of a Bundle",
            MissingBecause::some};
  }
  if (type == resource) {
    return {.state = cdss_key_present};
  }
  return type == "OperationOutcome"
             ? KeyState{cdss_key_unavailable, kError, MissingBecause::server_error}
             : KeyState{cdss_key_unavailable, "what was sent for it is of another type",
                        MissingBecause::wrong_content};
}

}  // namespace cdss::record
