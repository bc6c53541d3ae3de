#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/view.hpp"
#include "plugins/rules/findings.hpp"

namespace cdss::rules {

/// What an item is answered with.
enum class ItemValues : std::uint8_t {
  finding,    ///< a boolean, or SNOMED CT 52101004 (present) or 2667000 (absent)
  injection,  ///< injection-positive or injection-negative of the code system hip-exam
};

/// One item of the hip examination form that the rules read: an id of the code system hip-exam.
struct ItemDefinition {
  std::string id;                  ///< also the linkId in the Questionnaire
  std::string text;                ///< in words, for people
  bool is_never_proposed = false;  ///< read when it is there, never asked for
  bool is_exam = false;            ///< an item of the physical examination
  ItemValues values = ItemValues::finding;
  std::string variant_of;  ///< another item, done in another way: one of the two is enough
  /// How long an answer stays known; none when it does not age.
  std::optional<std::chrono::days> valid;
};

/// Reads `[{id, text, exam, never_proposed, values, variant_of, valid_days}]`; `values` is
/// "injection" or absent. Errors: Errc::missing, Errc::malformed.
Result<std::vector<ItemDefinition>> read_item_definitions(View items);

/// What is recorded of an item: found, or looked for and not found. Nothing recorded is neither.
struct ItemAnswer {
  bool is_present = false;  ///< for the injection: it relieved the pain
  Finding finding;          ///< with the day of the record
};

/// Answers that could not be used, to items of which nothing else is known, by reason.
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
/// ItemValues is read: that an injection was given does not tell that it relieved. The newest
/// answer counts; on the same day present wins over absent. An answer without a day, or one that
/// may be older than the item's time, is not known. Status final, amended, corrected, completed
/// count.
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

  /// Answers that were there and could not be used. One that a usable answer to its item stands
  /// beside is no gap, and is not counted.
  const UnusedAnswers& unused() const { return unused_; }

 private:
  struct Answer;
  struct Reader;

  std::unordered_map<std::string_view, ItemAnswer> answers_;  // by ItemDefinition::id
  UnusedAnswers unused_;
};

}  // namespace cdss::rules
