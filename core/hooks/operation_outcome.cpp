#include "core/hooks/operation_outcome.hpp"

#include <algorithm>

#include "core/base/json_writer.hpp"

namespace cdss::hooks {
namespace {

/// True when `where` reads as an element path, so that `expression` may carry it. File paths and
/// "byte 12" are not.
bool is_element_path(std::string_view where) {
  return !where.empty() && std::ranges::all_of(where, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '[' || c == ']';
  });
}

void write_issue(json::Object& out, const Error& error) {
  out.string("severity", error.code == Errc::internal ? "fatal" : "error");
  out.string("code", issue_type(error.code));
  out.string("diagnostics",
             error.where.empty() ? error.message : error.where + ": " + error.message);
  if (is_element_path(error.where)) {
    out.array("expression", [&](json::Array& paths) { paths.string(error.where); });
  }
}

}  // namespace

std::string_view issue_type(Errc code) {
  switch (code) {
    case Errc::malformed:
      return "structure";
    case Errc::missing:
      return "required";
    case Errc::out_of_range:
      return "value";
    case Errc::unsupported:
      return "not-supported";
    case Errc::timed_out:
      return "timeout";
    case Errc::unavailable:
      return "transient";
    case Errc::internal:
      break;
  }
  return "exception";
}

std::string write_operation_outcome(const Error& error) {
  return write_operation_outcome(std::span{&error, 1});
}

std::string write_operation_outcome(std::span<const Error> errors) {
  return json::object([&](json::Object& out) {
    out.string("resourceType", "OperationOutcome");
    out.array("issue", [&](json::Array& issues) {
      for (const Error& error : errors) {
        issues.object([&](json::Object& issue) { write_issue(issue, error); });
      }
    });
  });
}

std::string write_operation_outcome(std::string_view code, std::string_view text) {
  return json::object([&](json::Object& out) {
    out.string("resourceType", "OperationOutcome");
    out.array("issue", [&](json::Array& issues) {
      issues.object([&](json::Object& issue) {
        issue.string("severity", "error");
        issue.string("code", code);
        issue.string("diagnostics", text);
      });
    });
  });
}

}  // namespace cdss::hooks
