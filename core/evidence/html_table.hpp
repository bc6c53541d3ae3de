#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/evidence/html.hpp"

namespace cdss::evidence {

/// Writes one table. Each cell carries the title of its column, which a narrow screen shows beside
/// it. Ended by its destructor.
class HtmlTable {
 public:
  struct Column {
    std::string title;
    std::string kind;  ///< class of its cells, for the style; may be empty
  };

  HtmlTable(Html& html, std::vector<Column> columns);
  ~HtmlTable();
  HtmlTable(const HtmlTable&) = delete;
  HtmlTable& operator=(const HtmlTable&) = delete;

  /// Begins a row, which can be linked to when `anchor` is not empty.
  void row(std::string_view anchor = {});

  /// Begins the next cell of the row; what is written until the next call stands in it.
  Html& cell();

 private:
  void end_cell();
  void end_row();

  Html& html_;
  std::vector<Column> columns_;
  std::size_t next_ = 0;  // column of the next cell; at 0 no cell is open
  bool in_row_ = false;
};

}  // namespace cdss::evidence
