#include "core/hooks/card/operation_outcome.hpp"

#include "core/base/errors/errc_row.hpp"
#include "core/base/text/ascii.hpp"
#include "core/json/json_writer.hpp"

namespace cdss::hooks {
namespace {

/// True when `where` reads as an element path, so that `expression` may carry it. File paths and
/// "byte 12" are not.
bool is_element_path(std::string_view where) {
  return !where.empty() && only_letters_digits_and("._[]", where);
}

std::string diagnostics_of(const Error& error) {
  return error.where.empty() ? error.message : error.where + ": " + error.message;
}

void write_message(json::Object& out, std::string_view diagnostics, const Leniencies& leniencies) {
  if (leniencies.message_in_errors) {
    out.string("message", diagnostics);
  }
}

void write_issue(json::Object& out, const Error& error) {
  out.string("severity", error.code == Errc::internal ? "fatal" : "error");
  out.string("code", row_of(error.code).issue_type);
  out.string("diagnostics", diagnostics_of(error));
  if (is_element_path(error.where)) {
    out.array("expression", [&](json::Array& paths) { paths.string(error.where); });
  }
}

}  // namespace

std::string write_operation_outcome(const Error& error, const Leniencies& leniencies) {
  return write_operation_outcome(std::span{&error, 1}, leniencies);
}

std::string write_operation_outcome(std::span<const Error> errors, const Leniencies& leniencies) {
  return json::object([&](json::Object& out) {
    out.string("resourceType", "OperationOutcome");
    out.objects("issue", errors, write_issue);
    write_message(out, diagnostics_of(errors.front()), leniencies);
  });
}

std::string write_operation_outcome(std::string_view code, std::string_view text,
                                    const Leniencies& leniencies) {
  return json::object([&](json::Object& out) {
    out.string("resourceType", "OperationOutcome");
    out.array("issue", [&](json::Array& issues) {
      issues.object([&](json::Object& issue) {
        issue.string("severity", "error");
        issue.string("code", code);
        issue.string("diagnostics", text);
      });
    });
    write_message(out, text, leniencies);
  });
}

}  // namespace cdss::hooks
