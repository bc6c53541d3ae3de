#pragma once

// For fetch.cpp only.

#include <array>
#include <cstdint>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/base/label.hpp"
#include "core/fhir_client/breaker.hpp"

namespace cdss::fhir_client {

inline constexpr std::string_view kLate = "the FHIR server did not answer in time";

/// How a request to a FHIR server ends, as cdss_fhir_requests_total counts it.
enum class FetchStatus : std::uint8_t {
  ok,
  refused,
  not_found,
  too_many,
  failed,
  redirect,
  rejected,
  late,
  unreachable,
  malformed,
  busy,
  too_long,
  forbidden_address,
  breaker_open,
};

/// The name of each FetchStatus, in their order.
inline constexpr std::array<Label, 14> kFetchStatusNames = {"ok",
                                                            "refused",
                                                            "not_found",
                                                            "too_many",
                                                            "failed",
                                                            "redirect",
                                                            "rejected",
                                                            "late",
                                                            "unreachable",
                                                            "malformed",
                                                            "busy",
                                                            "too_long",
                                                            "forbidden_address",
                                                            "breaker_open"};

/// The outcome of a request, for people, metrics, breaker and log.
struct FetchOutcome {
  FetchStatus status;
  std::string_view reason;  // empty when it is an answer to read
  Breaker::Outcome breaker = Breaker::Outcome::success;
  bool is_fault = false;  // of the server
};

/// Of one that brought no answer; for the codes see http::Client::Done.
FetchOutcome outcome_of_error(Errc code);

/// Of an answer, by its HTTP status. Source: RFC 9110, section 15; HL7 FHIR R4, RESTful API.
FetchOutcome outcome_of_status(int status);

}  // namespace cdss::fhir_client
