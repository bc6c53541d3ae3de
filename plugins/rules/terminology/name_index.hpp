#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cdss::rules {

/// Many names, to be found in a text that is split into words once. Constant once made, Thread-safe.
class NameIndex {
 public:
  /// Takes a name for `owner`: one or more whole words; "ibuprof*" is the beginning of a word,
  /// "*sartan" its end.
  /// Result: false for a name that is not as `folded` gives it, has a * elsewhere, or is a part of a
  /// word with fewer than four letters.
  bool add(std::string_view name, std::size_t owner);

  struct Found {
    std::size_t owner;
    bool is_by_ending;  ///< only by how a word ends, whose beginning is no name
  };

  /// The names that stand in the text, in its order; one owner may come several times.
  std::vector<Found> find(std::string_view text) const;

 private:
  struct Name {
    std::string letters;
    std::size_t owner;
  };
  std::unordered_map<std::string, std::vector<Name>> by_first_word_;
  std::unordered_map<std::string, std::vector<Name>> beginnings_;  ///< by their first letters
  std::vector<Name> endings_;
};

}  // namespace cdss::rules
