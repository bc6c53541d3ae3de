#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/errors/result.hpp"
#include "core/json/view.hpp"

namespace cdss::rules {

/// Every sentence of the cards, by id, in one place: knowledge/texts.json. Constant once read,
/// Thread-safe.
class Texts {
 public:
  /// Reads an object of texts by id. Errors: Errc::malformed for a value that is no text.
  static Result<Texts> read(View texts);

  using Parts = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// The text, with each {name} replaced by the part of that name. For an id that is not there, the
  /// id in brackets; a test checks that the file has every id that is used.
  ///
  /// @param parts  put in as they are: escape what comes from the record.
  std::string of(std::string_view id, Parts parts = {}) const;

  bool has(std::string_view id) const { return texts_.find(id) != texts_.end(); }

 private:
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace cdss::rules
