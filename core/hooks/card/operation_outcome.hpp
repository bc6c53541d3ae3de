#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/hooks/request/leniencies.hpp"

namespace cdss::hooks {

/// The body of an error answer: an OperationOutcome with one issue (ERR-01, ERR-02).
///
/// `diagnostics` is "<where>: <message>"; `expression` is `where` when it is an element path.
/// Severity is "fatal" for Errc::internal, else "error". With Leniencies::message_in_errors the
/// first `diagnostics` stands in a member `message` of the whole too, which FHIR does not define.
std::string write_operation_outcome(const Error& error, const Leniencies& leniencies = {});

/// The same with an issue for each error, e.g. each missing prefetch key (PF-49). At least one.
std::string write_operation_outcome(std::span<const Error> errors,
                                    const Leniencies& leniencies = {});

/// An OperationOutcome of one fixed text.
///
/// @param code  a FHIR issue type, e.g. "not-found", "login".
/// @param text  fixed wording of ours, never input.
std::string write_operation_outcome(std::string_view code, std::string_view text,
                                    const Leniencies& leniencies = {});

}  // namespace cdss::hooks
