// The evidence page as HTML: what stands behind the rules.

#include "core/evidence/evidence_html.hpp"
#include "core/evidence/evidence_inputs.hpp"
#include "core/evidence/evidence_page.hpp"
#include "core/evidence/html_table.hpp"

namespace cdss::evidence {

void EvidenceHtml::write_options() {
  const auto& options = package_.manifest().options;
  if (options.empty()) {
    return;
  }
  next_section();
  HtmlTable table{html_,
                  {{"Option", "id"},
                   {"Meaning", ""},
                   {"Default", ""},
                   {"Allowed", ""},
                   {"On this server", ""},
                   {"Source", ""}}};
  for (const auto& option : options) {
    const std::string here = value_here(options_, option.name);
    table.row();
    table.cell().markup("<code>").text(option.name).markup("</code>");
    table.cell().text(option.doc);
    table.cell().text(default_of(option));
    table.cell().text(bounds_of(option));
    table.cell().text(here.empty() ? "the default" : here);
    table.cell();
    write_prose(html_, option.source, anchors_);
  }
}

void EvidenceHtml::write_source_attributes() {
  const auto& source = package_.manifest().source;
  if (source.empty()) {
    return;
  }
  next_section();
  html_.markup("<p class=\"note\">As the manifest of the plugin declares them.</p>\n");
  HtmlTable table{html_, {{"Attribute", ""}, {"Text", ""}}};
  for (const auto& [name, text] : source) {
    table.row();
    table.cell().text(title_of(name));
    table.cell();
    write_prose(html_, text, anchors_);
  }
}

void EvidenceHtml::write_facts() {
  if (evidence_.facts.rows.empty()) {
    return;
  }
  next_section();
  write_note(evidence_.facts.note);
  HtmlTable table{html_,
                  {{"Id", "id"}, {"Statement", ""}, {"Used in", ""}, {"Why it is left out", ""}}};
  for (std::size_t i = 0; i < evidence_.facts.rows.size(); ++i) {
    const auto& fact = evidence_.facts.rows[i];
    table.row(facts_[i]);
    table.cell().markup("<code>").text(fact.id).markup("</code>");
    table.cell();
    write_prose(html_, fact.text, anchors_);
    table.cell();
    for (const auto& used : fact.used) {
      html_.text(&used == &fact.used.front() ? "" : ", ");
      write_link(html_, used, anchors_);
    }
    table.cell();
    write_prose(html_, fact.left_out, anchors_);
  }
}

void EvidenceHtml::write_references() {
  if (evidence_.references.rows.empty()) {
    return;
  }
  next_section();
  write_note(evidence_.references.note);
  HtmlTable table{html_, {{"Id", "id"}, {"Reference", ""}, {"Read as", ""}}};
  for (std::size_t i = 0; i < evidence_.references.rows.size(); ++i) {
    const auto& reference = evidence_.references.rows[i];
    table.row(references_[i]);
    table.cell().markup("<code>").text(reference.id).markup("</code>");
    table.cell().text(reference.text);
    table.cell().text(reference.access);
  }
}

void EvidenceHtml::write_files() {
  next_section();
  html_.markup(
      "<p>What the rules know, file by file. The hash at the top of the page is the SHA-256 of the "
      "sorted lines \"hash, two spaces, path\" of this table.</p>\n");
  HtmlTable table{html_, {{"File", "id"}, {"SHA-256", "hash"}}};
  for (const auto& file : package_.knowledge()) {
    table.row();
    table.cell().markup("<code>").text(file.path).markup("</code>");
    table.cell().markup("<code>").text(file.sha256).markup("</code>");
  }
}

}  // namespace cdss::evidence
