// The evidence page as HTML: its order, its prose and the tables of rules.

#include "core/evidence/evidence_html.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/evidence/evidence_inputs.hpp"
#include "core/evidence/evidence_page.hpp"
#include "core/evidence/evidence_style.hpp"
#include "core/evidence/html_table.hpp"

namespace cdss::evidence {

using plugin::EvidenceCell;
using plugin::EvidenceColumn;
using plugin::EvidenceTable;
using Kind = EvidenceCell::Kind;

namespace {

/// A sentence, and not an id or a source.
bool is_sentence(std::string_view text) {
  return text.ends_with('.') && text.find(' ') != std::string_view::npos;
}

}  // namespace

EvidenceHtml::EvidenceHtml(const plugin::Package& package,
                           const plugin::ServiceDeclaration& service, View options)
    : package_{package}, evidence_{*package.evidence()}, service_{service}, options_{options} {
  make_sections();
  for (const auto& table : evidence_.tables) {
    auto& anchors = rows_.emplace_back();
    for (const auto& row : table.rows) {
      anchors.push_back(row.id.empty() ? std::string{} : anchors_.add(row.id));
    }
  }
  for (const auto& fact : evidence_.facts.rows) {
    facts_.push_back(anchors_.add(fact.id));
  }
  for (const auto& reference : evidence_.references.rows) {
    references_.push_back(anchors_.add(reference.id));
  }
}

std::string EvidenceHtml::write() && {
  write_head();
  write_identity();
  write_contents();
  write_paragraphs(evidence_.intended_use);
  write_paragraphs(evidence_.population);
  write_paragraphs(evidence_.limits);
  write_inputs();
  write_paragraphs(evidence_.logic);
  for (std::size_t i = 0; i < evidence_.tables.size(); ++i) {
    write_table(evidence_.tables[i], rows_[i]);
  }
  write_options();
  write_source_attributes();
  write_facts();
  write_references();
  write_files();
  assert(section_ == sections_.size());
  html_.markup("</main>\n</body>\n</html>\n");
  return std::move(html_).take();
}

void EvidenceHtml::make_sections() {
  const auto add = [&](std::string title, std::string_view anchor) {
    sections_.push_back({std::move(title), anchors_.add(anchor)});
  };
  add("Intended use", "section-intended-use");
  add("Population", "section-population");
  add("Limits", "section-limits");
  add("What it reads", "section-inputs");
  add("How it decides", "section-logic");
  for (const auto& table : evidence_.tables) {
    add(table.title, "table-" + table.id);
  }
  if (!package_.manifest().options.empty()) {
    add("Options", "section-options");
  }
  if (!package_.manifest().source.empty()) {
    add("Source attributes", "section-source");
  }
  if (!evidence_.facts.rows.empty()) {
    add("Statements of the sources", "section-facts");
  }
  if (!evidence_.references.rows.empty()) {
    add("References", "section-references");
  }
  add("Files", "section-files");
}

void EvidenceHtml::next_section() {
  const Section& section = sections_.at(section_++);
  html_.markup("<h2").attribute("id", section.anchor).markup(">");
  html_.text(section.title).markup("</h2>\n");
}

void EvidenceHtml::write_head() {
  const std::string& title = service_.title.empty() ? service_.id : service_.title;
  html_.markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
      .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
      .text(title)
      .markup("</title>\n<style>")
      .markup(kEvidenceStyle)
      .markup("</style>\n</head>\n<body>\n<main>\n<h1>")
      .text(title)
      .markup("</h1>\n<p class=\"lead\">")
      .text(service_.description)
      .markup("</p>\n<div class=\"statement\" role=\"note\"><p>");
  write_prose(html_, evidence_.statement, anchors_);
  html_.markup("</p></div>\n");
}

void EvidenceHtml::write_identity() {
  const auto& manifest = package_.manifest();
  html_.markup("<dl>\n<dt>Service</dt><dd><code>").text(service_.id);
  html_.markup("</code></dd>\n<dt>Hooks</dt><dd>");
  for (const auto& hook : service_.hooks) {
    html_.text(&hook == &service_.hooks.front() ? "" : ", ").text(hook);
  }
  html_.markup("</dd>\n<dt>Plugin</dt><dd>").text(manifest.id).markup(" ").text(manifest.version);
  html_.markup("</dd>\n<dt>Knowledge</dt><dd><code>").text(package_.knowledge_hash());
  html_.markup("</code></dd>\n<dt>This page as JSON</dt><dd><a")
      .attribute("href", service_.id + ".json")
      .markup(">")
      .text(service_.id + ".json")
      .markup("</a></dd>\n</dl>\n");
}

void EvidenceHtml::write_contents() {
  html_.markup("<nav aria-label=\"Contents\"><ul>\n");
  for (const auto& section : sections_) {
    html_.markup("<li><a").attribute("href", '#' + section.anchor).markup(">");
    html_.text(section.title).markup("</a></li>\n");
  }
  html_.markup("</ul></nav>\n");
}

void EvidenceHtml::write_paragraphs(const std::vector<std::string>& paragraphs) {
  next_section();
  for (const auto& paragraph : paragraphs) {
    write_note(paragraph);
  }
}

void EvidenceHtml::write_note(const std::string& note) {
  if (!note.empty()) {
    html_.markup("<p>");
    write_prose(html_, note, anchors_);
    html_.markup("</p>\n");
  }
}

void EvidenceHtml::write_inputs() {
  next_section();
  if (!service_.usage_requirements.empty()) {
    html_.markup("<p>").text(service_.usage_requirements).markup("</p>\n");
  }
  for (const auto& sentence : required_groups(service_)) {
    html_.markup("<p>").text(sentence).markup("</p>\n");
  }
  html_.markup(
      "<p>Without what is required the service does not answer. Without what is wanted it answers, "
      "and says what it could not see. The code is the query that discovery asks an EHR to "
      "run.</p>\n");
  HtmlTable table{html_, {{"Key", "id"}, {"What", ""}, {"Need", ""}}};
  for (const auto& need : service_.needs) {
    table.row();
    table.cell().markup("<code>").text(need.key).markup("</code>");
    table.cell().text(words_of(need)).markup("<br><code>");
    html_.text(plugin::prefetch_query(need)).markup("</code>");
    table.cell().text(to_string(need.level));
  }
}

void EvidenceHtml::write_table(const EvidenceTable& table,
                               const std::vector<std::string>& anchors) {
  next_section();
  write_note(table.intro);
  write_note(table.note);
  std::vector<HtmlTable::Column> columns;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const auto& [member, title] = table.columns[i];
    const bool is_number = std::ranges::all_of(table.rows, [&](const plugin::EvidenceRow& row) {
      return row.cells[i].kind == Kind::number || row.cells[i].kind == Kind::empty;
    });
    const bool is_id = member == "id" || member == "$name";
    columns.push_back({title, is_id ? "id" : is_number ? "number" : ""});
  }
  HtmlTable out{html_, std::move(columns)};
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    out.row(anchors[i]);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      out.cell();
      write_cell(table.columns[c], table.rows[i].cells[c]);
    }
  }
}

void EvidenceHtml::write_cell(const EvidenceColumn& column, const EvidenceCell& cell) {
  if (cell.texts.empty()) {
    return;
  }
  if (column.member == "id" || column.member == "$name") {
    html_.markup("<code>");
    write_id(html_, cell.texts.front());
    html_.markup("</code>");
    return;
  }
  if (cell.kind == Kind::boolean) {
    html_.text(cell.texts.front() == "true" ? "yes" : "no");
    return;
  }
  if (cell.texts.size() > 1 && std::ranges::any_of(cell.texts, is_sentence)) {
    for (const auto& text : cell.texts) {
      write_note(text);
    }
    return;
  }
  for (const auto& text : cell.texts) {
    html_.text(&text == &cell.texts.front() ? "" : ", ");
    // A list may hold ids of codes that rules are called after; in a list of sources it is the
    // rule.
    const bool may_be_id = cell.kind == Kind::text || column.member == "sources";
    if (may_be_id && !anchors_.find(text).empty()) {
      write_link(html_, text, anchors_);
    } else {
      write_prose(html_, text, anchors_);
    }
  }
}

std::string write_evidence_html(const plugin::Package& package,
                                const plugin::ServiceDeclaration& service, View options) {
  return EvidenceHtml{package, service, options}.write();
}

}  // namespace cdss::evidence
