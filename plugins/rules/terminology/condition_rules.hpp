#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "fhir/types/codeable_concept.hpp"
#include "plugins/rules/terminology/concepts.hpp"

namespace cdss::rules {

/// How conditions are read beyond their codes. Constant once read, Thread-safe.
/// Source: knowledge/conditions.json; plugins/rules/README.md, "Which data count".
class ConditionRules {
 public:
  /// Reads conditions.json: `{history: {days, concepts}, not_after: [words], region:
  /// [words], words: [{concepts,
  /// all: [[words]], sources}]}`. Errors: Errc::missing, also for a concept of which the package has
  /// no value set; Errc::malformed.
  static Result<ConditionRules> read(const Concepts& concepts, View knowledge);

  /// Is it a symptom or finding, which without a status passes with time?
  bool passes(ConceptId id) const;
  /// For so many days such a one counts.
  std::chrono::days passes_after() const { return passes_after_; }

  /// Does the text speak of pain, or of the region of the psoas?
  bool names_region(std::string_view words) const;

  /// The concepts that the text or a display names and does not deny, each once.
  std::vector<ConceptId> in_words(const fhir::CodeableConcept& code) const;

 private:
  using AnyOf =
      std::vector<std::string>;  // as plain_words gives them; a beginning ends in a hyphen
  struct Row {
    std::vector<ConceptId> concepts;
    std::vector<AnyOf> all;
  };

  static Result<Row> read_row(const Concepts& concepts, View row);
  bool is_said(std::string_view text, const AnyOf& words) const;
  void add_named(std::string_view words, std::vector<ConceptId>& into) const;

  std::vector<ConceptId> passing_;
  std::chrono::days passes_after_{};
  AnyOf not_after_;
  AnyOf region_;
  std::vector<Row> rows_;
};

}  // namespace cdss::rules
