#include "core/fhir_client/fetch_outcome.hpp"

namespace cdss::fhir_client {

FetchOutcome outcome_of_error(Errc code) {
  constexpr auto kFailure = Breaker::Outcome::failure;
  switch (code) {
    case Errc::timed_out:
      return {FetchStatus::late, kLate, kFailure, true};
    case Errc::unavailable:
      return {FetchStatus::unreachable, "the FHIR server could not be reached", kFailure, true};
    case Errc::malformed:
      return {FetchStatus::malformed, "the FHIR server did not answer in HTTP", kFailure, true};
    case Errc::busy:
      return {FetchStatus::busy, "too much is asked of FHIR servers at once",
              Breaker::Outcome::unknown};
    case Errc::out_of_range:
      return {FetchStatus::too_long, "the FHIR server answered with more than may be read",
              Breaker::Outcome::success, false};
    default:
      return {FetchStatus::forbidden_address,
              "the FHIR server is at an address that may not be asked", Breaker::Outcome::unknown,
              true};
  }
}

FetchOutcome outcome_of_status(int status) {
  if (status == 200) {
    return {FetchStatus::ok, {}};
  }
  if (status == 401) {
    return {FetchStatus::refused, "the FHIR server refused the client's token"};
  }
  if (status == 403) {
    return {FetchStatus::refused, "the FHIR server does not permit it with the client's token"};
  }
  if (status == 404 || status == 410) {
    return {FetchStatus::not_found, "the FHIR server does not have it"};
  }
  if (status == 429) {
    return {FetchStatus::too_many, "the FHIR server is asked too often"};
  }
  if (status >= 500) {
    return {FetchStatus::failed, "the FHIR server failed", Breaker::Outcome::failure, true};
  }
  if (status >= 300 && status < 400) {
    return {FetchStatus::redirect, "the FHIR server sent elsewhere, which is not followed",
            Breaker::Outcome::success, true};
  }
  return {FetchStatus::rejected, "the FHIR server did not take the query"};
}

}  // namespace cdss::fhir_client
