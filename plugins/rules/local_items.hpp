#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/view.hpp"
#include "plugins/rules/findings.hpp"

namespace cdss::rules {

/// One item of the hip examination form that the rules read: an id of the code system hip-exam.
struct ItemDefinition {
  std::string id;                  ///< also the linkId in the Questionnaire
  std::string text;                ///< in words, for people
  bool is_never_proposed = false;  ///< read when it is there, never asked for
  bool is_exam = false;            ///< an item of the physical examination
  /// How long an answer stays known; none when it does not age.
  std::optional<std::chrono::days> valid;
};

/// Reads `[{id, text, exam, never_proposed, valid_days}]`. Errors: Errc::missing, Errc::malformed.
Result<std::vector<ItemDefinition>> read_item_definitions(View items);

/// What is recorded of an item: found, or looked for and not found. Nothing recorded is neither.
struct ItemAnswer {
  bool is_present = false;  ///< for the injection: it relieved the pain
  Finding finding;          ///< with the day of the record
};

/// The answers to those items that are known today.
///
/// They come from Observations whose code is the item's id in the code system hip-exam, and from
/// QuestionnaireResponses to the form Questionnaire/hip-exam. An answer is a boolean, SNOMED CT
/// 52101004 (present) or 2667000 (absent), or injection-positive and injection-negative of the same
/// code system. The newest answer counts; on the same day present wins over absent. An answer
/// without a day, or one that may be older than the item's time, is not known. Status final,
/// amended, corrected, completed count.
class LocalItems {
 public:
  /// @param definitions  must outlive the result.
  /// @param observations, responses  a Bundle or one resource; none when there is nothing to read.
  static LocalItems read(const std::vector<ItemDefinition>& definitions,
                         std::optional<View> observations, std::optional<View> responses,
                         std::chrono::sys_days today);

  /// The answer to an item; null when nothing is known.
  const ItemAnswer* find(std::string_view id) const;
  bool is_present(std::string_view id) const;

  /// Answers that were there and could not be used: no day, too old, or a value of another kind.
  std::size_t unusable() const { return unusable_; }

 private:
  struct Answer;
  void add(const std::vector<ItemDefinition>& definitions, std::string_view id, Answer answer,
           std::chrono::sys_days today);
  void add_observations(const std::vector<ItemDefinition>& definitions, View observations,
                        std::chrono::sys_days today);
  void add_responses(const std::vector<ItemDefinition>& definitions, View responses,
                     std::chrono::sys_days today);

  std::unordered_map<std::string_view, ItemAnswer> answers_;  // by ItemDefinition::id
  std::size_t unusable_ = 0;
};

}  // namespace cdss::rules
