#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "core/evidence/html.hpp"

namespace cdss::evidence {

/// What of a page can be linked to: rows, facts and references by the id that others name them by.
class Anchors {
 public:
  /// Makes an anchor for `id` and gives its name, which stands once on the page: `ref-7` for "[7]",
  /// else the id itself, with `-` for what may not stand in one, and `-2`, `-3` when it is taken.
  /// The first anchor of an id is the one that is linked to.
  const std::string& add(std::string_view id);

  /// The anchor of an id; empty when the page has none.
  std::string_view find(std::string_view id) const;

 private:
  std::map<std::string, std::string, std::less<>> by_id_;
  std::set<std::string> names_;
};

/// Writes `id`, which may be broken after each `_`.
void write_id(Html& html, std::string_view id);

/// Writes `id`, linked when the page has an anchor for it.
void write_link(Html& html, std::string_view id, const Anchors& anchors);

/// Writes a sentence. What stands between two backticks is code, and linked when it is an id. Else
/// what looks like an id is linked: `[7]`, or a capital letter, further letters, digits and - with
/// a digit among them ("S2-06", "RF01"). Other words are left alone, even when a rule is called so.
void write_prose(Html& html, std::string_view text, const Anchors& anchors);

}  // namespace cdss::evidence
