#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/json/view.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir {

/// HL7 FHIR R4 OperationOutcome: what a server says in place of, or beside, an answer.
struct OperationOutcome : Resource {
  static constexpr std::string_view kType = "OperationOutcome";

  /// An issue whose severity is not of the value set counts as an error.
  /// Errors: Errc::malformed when this is no OperationOutcome or `issue` is no array of objects.
  static Result<OperationOutcome> read(View resource);

  /// Source: HL7 FHIR R4 issue-severity; `success` is R5's.
  enum class Severity : std::uint8_t { fatal, error, warning, information, success };

  struct Issue {
    Severity severity = Severity::error;
  };

  std::vector<Issue> issues;

  /// Whether any issue is an error or worse.
  bool is_failure() const;
};

}  // namespace cdss::fhir
