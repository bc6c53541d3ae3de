#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/json/view.hpp"
#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/facts/item_definition.hpp"

namespace cdss::rules {

/// What is recorded of an item: that it was found, or looked for and not found.
struct ItemAnswer {
  bool is_present = false;  ///< for the injection: it relieved the pain; else of a finding only
  std::string_view choice;  ///< of an onset: "onset-acute"
  /// Of a quantity, as it reads today, in the item's unit: bounds, for its day may not be exact.
  double least = 0;
  double most = 0;  ///< least <= most
  Finding finding;  ///< with the day of the record
  /// When it was first recorded so, of the answers that say the same without one between them that
  /// does not.
  Days since{};
};

/// How many answers could not be used, by reason. Only items without a usable answer count.
struct UnusedAnswers {
  std::size_t too_old = 0;      ///< or perhaps too old: a date may stop at the year
  std::size_t in_future = 0;    ///< dated after tomorrow
  std::size_t without_day = 0;  ///< the record gives no day
  std::size_t unreadable = 0;   ///< a value of another kind, or a resource that could not be read

  std::size_t total() const { return too_old + in_future + without_day + unreadable; }
};

/// The answers to those items that are known today.
///
/// They come from Observations whose code is the item's id in the code system hip-exam, and from
/// QuestionnaireResponses to the form Questionnaire/hip-exam. Only an answer of the item's
/// ItemValues is read: that an injection was given does not say that it relieved the pain. The
/// newest answer counts; on the same day, present wins over absent. An answer without a day, or one
/// that may be older than the item allows, is not used. Resources count when their status is final,
/// amended, corrected or completed.
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

  /// Answers that were there and could not be used. When the item has a usable answer too, they are
  /// no gap and are not counted.
  const UnusedAnswers& unused() const { return unused_; }

 private:
  struct Answer;
  struct Reader;

  std::unordered_map<std::string_view, ItemAnswer> answers_;  // by ItemDefinition::id
  UnusedAnswers unused_;
};

}  // namespace cdss::rules
