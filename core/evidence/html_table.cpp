#include "core/evidence/html_table.hpp"

#include <utility>

namespace cdss::evidence {

HtmlTable::HtmlTable(Html& html, std::vector<Column> columns)
    : html_{html}, columns_{std::move(columns)} {
  html_.markup("<table>\n<thead><tr>");
  for (const auto& column : columns_) {
    html_.markup("<th scope=\"col\"");
    if (!column.kind.empty()) {
      html_.attribute("class", column.kind);
    }
    html_.markup(">").text(column.title).markup("</th>");
  }
  html_.markup("</tr></thead>\n<tbody>\n");
}

HtmlTable::~HtmlTable() {
  end_row();
  html_.markup("</tbody>\n</table>\n");
}

void HtmlTable::row(std::string_view anchor) {
  end_row();
  html_.markup("<tr");
  if (!anchor.empty()) {
    html_.attribute("id", anchor);
  }
  html_.markup(">");
  in_row_ = true;
}

Html& HtmlTable::cell() {
  end_cell();
  const Column& column = columns_.at(next_++);
  html_.markup("<td").attribute("data-title", column.title);
  if (!column.kind.empty()) {
    html_.attribute("class", column.kind);
  }
  return html_.markup(">");
}

void HtmlTable::end_cell() {
  if (next_ > 0) {
    html_.markup("</td>");
  }
}

void HtmlTable::end_row() {
  end_cell();
  next_ = 0;
  if (in_row_) {
    html_.markup("</tr>\n");
  }
  in_row_ = false;
}

}  // namespace cdss::evidence
