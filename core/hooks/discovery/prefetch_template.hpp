#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/discovery/prefetch_token.hpp"
#include "core/hooks/discovery/prefetch_values.hpp"
#include "core/json/view.hpp"

namespace cdss::hooks {

/// A prefetch template. Constant once made, Thread-safe.
///
/// It is one of `Type/id`, `Type?name=value&...`, or a single token that stands for "Type/id".
/// Tokens are `{{context.field}}`, where the hook permits the field, and `{{userPractitionerId}}`,
/// `{{userPractitionerRoleId}}`, `{{userPatientId}}`, `{{userRelatedPersonId}}`; any CDS Hooks 2.0
/// client can resolve these. With PrefetchTokens::fhirpath also the subset of FHIRPath that 3.0
/// has: `{{today() - 90 days}}`,
/// `{{context.draftOrders.entry.resource.ofType(ServiceRequest).id}}`,
/// `{{%orders.entry.resource.requester.resolve().id}}`, and several such paths joined with `|`.
class PrefetchTemplate {
 public:
  /// Reads a template and checks it against the subset of searches that clients support.
  ///
  /// @param text    e.g. "Procedure?patient={{context.patientId}}&status=completed".
  /// @param hook    the hook whose context fills it; one outside the library permits any field.
  /// @param tokens  the tokens that it may hold.
  /// Errors: Errc::malformed when it is no relative URL of that shape, a token is not closed, or
  ///         one that can give several values does not make up a whole item of a comma list;
  ///         Errc::unsupported for a resource type that R4 does not have, a modifier other than
  ///         `:in`, chaining, a result parameter other than `_count`, `_sort`, `_id`,
  ///         `_lastUpdated`, or a date prefix other than eq lt gt ge le; those of
  ///         read_prefetch_token.
  /// Source: rows PF-02 to PF-07, PF-09 to PF-11, PF-15 to PF-17, PF-20, PF-22.
  static Result<PrefetchTemplate> parse(std::string_view text, std::string_view hook,
                                        PrefetchTokens tokens = PrefetchTokens::simple);

  /// The query for one call, relative to the FHIR server, each value percent-encoded and with
  /// `\` before what a search would take for its own sign (, $ | and \ itself).
  ///
  /// Errors: Errc::missing when the call lacks a value: the key is then not obtainable (PF-08);
  ///         Errc::malformed when a value has a type or shape that does not fit its place;
  ///         Errc::out_of_range beyond the limits of `evaluate` (prefetch_evaluate.hpp).
  Result<std::string> expand(const TemplateValues& values) const;

  /// The same for a template that needs the request's `context` alone, i.e. without `today()` and
  /// prior keys.
  Result<std::string> expand(View context) const {
    return expand(TemplateValues{.context = context});
  }

  /// The earlier keys that it names as `%key`, each once: they must be decided before.
  const std::vector<std::string>& prior_keys() const { return prior_keys_; }

  /// The resource type of what it asks for; empty when a token decides.
  std::string_view resource_type() const { return resource_type_; }

  /// True when the answer is a Bundle, false when it is one resource.
  bool is_search() const { return is_search_; }

 private:
  /// A stretch of the template: text as it stands, or a token and what its place demands.
  struct Piece {
    enum class Kind : std::uint8_t { text, id, reference, query_value };
    Kind kind;
    std::string text;
    PrefetchToken token;  ///< unless Kind::text
  };

  PrefetchTemplate() = default;
  /// Takes in what it asks for; the kind that its tokens are of.
  /// @param form  the template with each token replaced by prefetch_text::kTokenMark.
  Result<Piece::Kind> read_form(std::string_view form);
  void note_prior_keys(const PrefetchToken& token);

  std::vector<Piece> pieces_;
  std::vector<std::string> prior_keys_;
  std::string resource_type_;
  bool is_search_ = false;
};

}  // namespace cdss::hooks
