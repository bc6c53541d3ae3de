#include "plugins/rules/terminology/name_index.hpp"

#include <algorithm>

#include "plugins/rules/terminology/words.hpp"

namespace cdss::rules {
namespace {

/// By how many letters the beginnings of words are looked up.
constexpr std::size_t kFirstLetters = 4;

/// Calls `visit(word)` with each run of letters of a folded text.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  std::string word;
  for (const char c : text) {
    if (is_letter(c)) {
      word += c;
    } else if (!word.empty()) {
      visit(word);
      word.clear();
    }
  }
  if (!word.empty()) {
    visit(word);
  }
}

}  // namespace

bool NameIndex::add(std::string_view name, std::size_t owner) {
  std::string_view letters = name;
  const bool is_beginning = letters.ends_with('*');
  const bool is_ending = letters.starts_with('*') && !is_beginning;
  letters.remove_suffix(is_beginning ? 1 : 0);
  letters.remove_prefix(is_ending ? 1 : 0);
  const auto start = std::ranges::find_if(letters, is_letter);
  if (folded(letters) != letters || letters.find('*') != std::string_view::npos ||
      start == letters.end()) {
    return false;
  }
  if (is_beginning || is_ending) {
    if (letters.size() < kFirstLetters || !std::ranges::all_of(letters, is_letter)) {
      return false;
    }
    auto& names = is_ending ? endings_ : beginnings_[std::string{letters.substr(0, kFirstLetters)}];
    names.push_back({std::string{letters}, owner});
    return true;
  }
  const auto end = std::find_if_not(start, letters.end(), is_letter);
  by_first_word_[std::string{start, end}].push_back({std::string{letters}, owner});
  return true;
}

std::vector<NameIndex::Found> NameIndex::find(std::string_view text) const {
  const std::string text_folded = folded(text);
  std::vector<Found> found;
  for_each_word(text_folded, [&](const std::string& word) {
    const auto before = found.size();
    if (const auto begun = by_first_word_.find(word); begun != by_first_word_.end()) {
      for (const Name& name : begun->second) {
        if (has_word(text_folded, name.letters)) {
          found.push_back({.owner = name.owner, .is_by_ending = false});
        }
      }
    }
    const auto begun = beginnings_.find(word.substr(0, kFirstLetters));
    if (begun != beginnings_.end()) {
      for (const Name& name : begun->second) {
        if (word.starts_with(name.letters)) {
          found.push_back({.owner = name.owner, .is_by_ending = false});
        }
      }
    }
    if (found.size() != before) {  // an ending is for names that are not listed
      return;
    }
    for (const Name& name : endings_) {
      if (word.ends_with(name.letters)) {
        found.push_back({.owner = name.owner, .is_by_ending = true});
      }
    }
  });
  return found;
}

}  // namespace cdss::rules
