#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/view.hpp"

namespace cdss::hooks {

/// A prefetch template that any CDS Hooks 2.0 client can resolve. Constant once made, Thread-safe.
///
/// It is one of `Type/id`, `Type?name=value&...`, or a single token that stands for "Type/id".
/// Tokens are `{{context.field}}`, where the hook permits the field, and `{{userPractitionerId}}`,
/// `{{userPractitionerRoleId}}`, `{{userPatientId}}`, `{{userRelatedPersonId}}`.
class PrefetchTemplate {
 public:
  /// Reads a template and holds it to the subset of searches that clients support.
  ///
  /// @param text  e.g. "Procedure?patient={{context.patientId}}&status=completed".
  /// @param hook  the hook whose context fills it; one outside the library permits any field name.
  /// Errors: Errc::malformed when it is no relative URL of that shape or a token is not closed;
  ///         Errc::unsupported for a resource type that R4 does not have, a token that the hook
  ///         does not permit, a modifier other than `:in`, chaining, a result parameter other than
  ///         `_count`, `_sort`, `_id`, `_lastUpdated`, or a date prefix other than eq lt gt ge le.
  /// Source: rows PF-02 to PF-07, PF-20, PF-22.
  static Result<PrefetchTemplate> parse(std::string_view text, std::string_view hook);

  /// The query for one call, relative to the FHIR server, each value percent-encoded.
  ///
  /// @param context  the request's `context`. User tokens come from its `userId`.
  /// Errors: Errc::missing when the context lacks a value (or the user is of another type): the key
  ///         is then not obtainable (PF-08); Errc::malformed when a value has a type or shape that
  ///         does not fit its place.
  Result<std::string> expand(View context) const;

  /// The resource type of what it asks for; empty when a token decides.
  std::string_view resource_type() const { return resource_type_; }

  /// True when the answer is a Bundle, false when it is one resource.
  bool is_search() const { return is_search_; }

 private:
  /// A stretch of the template: text as it stands, or a token's name ("context.patientId").
  struct Piece {
    enum class Kind : std::uint8_t { text, id, reference, query_value };
    Kind kind;
    std::string text;
  };

  PrefetchTemplate() = default;

  std::vector<Piece> pieces_;
  std::string resource_type_;
  bool is_search_ = false;
};

}  // namespace cdss::hooks
