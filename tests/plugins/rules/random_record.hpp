#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cdss::test {

/// The resources of a made-up record by the key of their need, as JSON.
using Resources = std::map<std::string, std::vector<std::string>, std::less<>>;

/// As a client would send them: a Bundle for each need, the Patient as it is.
std::map<std::string, std::string, std::less<>> needs_of(const Resources& resources);

/// Makes records from the words of the shipped rules: every code of every value set, every local
/// item, every result and medicine, in units, statuses and days that count and that do not. The
/// same seed makes the same records.
class RandomRecords {
 public:
  explicit RandomRecords(std::uint32_t seed) : random_{seed} {}

  Resources next();

  /// An active, confirmed Condition without a day.
  static std::string condition(std::string_view system, std::string_view code);

  /// One of them.
  template <class List>
  const auto& one_of(const List& list) {
    return list[random_() % std::size(list)];
  }
  bool chance(int in_hundred) { return static_cast<int>(random_() % 100) < in_hundred; }

 private:
  std::string date(int most_days_ago);
  std::string condition(std::size_t number);
  std::string procedure(std::size_t number);
  std::string result(std::size_t number);
  std::string item(std::size_t number);
  std::string medication(std::string_view type, std::size_t number);

  std::mt19937 random_;
};

}  // namespace cdss::test
