#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/sdk/request.hpp"

namespace cdss::sdk {

/// The parts of the record that could not be read. Never say that something is not recorded when
/// it may be in a gap.
struct Gaps {
  std::vector<std::string> keys;       ///< needs of which not all is known
  std::vector<std::string> sentences;  ///< Markdown, one for each gap, safe to show

  /// Notes the key unless all of it is known.
  ///
  /// @param words  what the key holds, in the plural, e.g. "procedures".
  void note(const Request& request, std::string_view key, std::string_view words);

  /// Notes the key with a sentence of its own.
  void add(std::string_view key, std::string sentence);

  /// Notes entries that were there and could not be used; nothing when `count` is 0.
  ///
  /// @param words  what they are, e.g. "procedures".
  /// @param why    e.g. "could not be read".
  void note_unused(std::string_view key, std::size_t count, std::string_view words,
                   std::string_view why);
};

}  // namespace cdss::sdk
