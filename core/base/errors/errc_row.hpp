#pragma once

#include <string_view>

#include "core/base/errors/result.hpp"

namespace cdss {

/// What an Errc is called outside of the program.
struct ErrcRow {
  Errc code;
  std::string_view name;        ///< in the log: its own
  std::string_view issue_type;  ///< in an OperationOutcome: HL7 FHIR R4, value set issue-type
  int http_status;              ///< of a good call that cannot be answered for this
  std::string_view sentence;    ///< what the client of such a call is told
};

/// The row of `code` in the one table of them.
const ErrcRow& row_of(Errc code);

/// The issue type of a request that HTTP itself refuses, or a route: it has a status and no Errc.
/// A request that is too long is "too-long" here and "value" in its row above, where any number out
/// of its range has that code. "structure" for a status that no issue type is nearer to.
/// Source: HL7 FHIR R4, value set issue-type.
std::string_view issue_type_of_status(int http_status);

}  // namespace cdss
