#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"
#include "plugins/rules/facts/fact_definitions.hpp"
#include "plugins/rules/red_flags/red_flag_rules.hpp"

namespace cdss::rules {

/// How soon a prompt has to be settled, the most urgent first.
enum class PromptUrgency : std::uint8_t { emergency, today, soon };

/// One prompt ("must not miss"): what the record points to and has not excluded.
struct PromptRow {
  std::string id;      ///< "MM01"
  std::string brief;   ///< what is to be excluded: "fracture after a fall"
  std::string settle;  ///< the question, examination or test that settles it
  PromptUrgency urgency = PromptUrgency::today;
  std::vector<std::string> not_beside;  ///< ids of red flags that say it already
  Clearing cleared_by;
  bool leaves_acetaminophen = false;  ///< withholds therapy, NSAID and injection alone
  bool advises_imaging = false;       ///< the card says which image, by pregnancy and kidney
  std::vector<std::string> orders;    ///< ids of tests to offer
  std::string trigger;                ///< when it fires, in words
  std::string grade;
  std::vector<std::string> sources;
};

/// The prompts as data. Constant once read, Thread-safe.
struct PromptRules {
  std::vector<PromptRow> rows;

  /// Reads prompts.json: `{rows: [{id, short, settle, urgency, not_beside, cleared_by: {item, days},
  /// leaves_acetaminophen, advises_imaging, orders, trigger, grade, sources}]}`.
  /// Errors: Errc::missing, also for a row MM01 to MM16 or an item that is not there;
  /// Errc::malformed.
  static Result<PromptRules> read(const FactDefinitions& definitions, View knowledge);
};

}  // namespace cdss::rules
