#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/fact_definitions.hpp"
#include "plugins/rules/knowledge/texts.hpp"
#include "plugins/rules/ladder/ladder_rules.hpp"
#include "plugins/rules/likelihood/differentials.hpp"
#include "plugins/rules/likelihood/score_rules.hpp"
#include "plugins/rules/red_flags/prompt_rules.hpp"
#include "plugins/rules/red_flags/red_flag_rules.hpp"
#include "plugins/rules/safety/safety_rules.hpp"

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

  FactDefinitions definitions;
  ScoreRules score;                            ///< psoas-likelihood.json
  std::vector<DifferentialRow> differentials;  ///< differentials.json
  RedFlagRules red_flags;                      ///< red-flags.json
  PromptRules prompts;                         ///< prompts.json
  SafetyRules safety;                          ///< safety.json
  LadderRules ladder;                          ///< ladder.json
  Texts texts;                                 ///< texts.json
};

}  // namespace cdss::rules
