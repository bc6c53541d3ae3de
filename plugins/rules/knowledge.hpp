#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/differentials.hpp"
#include "plugins/rules/hip_replacement.hpp"
#include "plugins/rules/ladder.hpp"
#include "plugins/rules/medicines.hpp"
#include "plugins/rules/named_concepts.hpp"
#include "plugins/rules/red_flags.hpp"
#include "plugins/rules/results.hpp"
#include "plugins/rules/safety.hpp"
#include "plugins/rules/score_rules.hpp"
#include "plugins/rules/sides.hpp"
#include "plugins/rules/texts.hpp"

namespace cdss::rules {

/// A knowledge file of the package.
struct KnowledgeFile {
  std::string_view path;  ///< "knowledge/red-flags.json"
  View content;
};

/// The knowledge of a package, read and checked: value sets and rules as data. Constant once read,
/// Thread-safe. The rules hold addresses into it: it does not move.
class Knowledge {
 public:
  /// Files whose content is a FHIR Bundle are value sets; the others are found by their names.
  /// Errors: Errc::missing for a file or a concept that is not there; those of the readers.
  static Result<std::unique_ptr<const Knowledge>> read(std::span<const KnowledgeFile> files);

  Concepts concepts;
  NamedConcepts named;
  SideReader sides;
  HipReplacementRules hip;
  std::vector<ResultDefinition> results;  ///< results.json
  Pharmacy pharmacy;                      ///< medicines.json
  ScoreRules score;                       ///< psoas-likelihood.json, and the items of hip-exam.json
  std::vector<DifferentialRow> differentials;  ///< differentials.json
  RedFlagRules red_flags;                      ///< red-flags.json
  SafetyRules safety;                          ///< safety.json
  LadderRules ladder;                          ///< ladder.json
  Texts texts;                                 ///< texts.json
};

}  // namespace cdss::rules
