#pragma once

#include <string>
#include <vector>

#include "core/evidence/evidence_links.hpp"
#include "core/evidence/html.hpp"
#include "core/json/view.hpp"
#include "core/plugin/package.hpp"

namespace cdss::evidence {

/// Writes the evidence page of one service. All anchors are made before anything is written, so
/// that a text can link to what stands below it.
class EvidenceHtml {
 public:
  /// @param package  has evidence; borrowed, as the others.
  /// @param service  one of its services.
  /// @param options  The values that the site gives to the plugin's options.
  EvidenceHtml(const plugin::Package& package, const plugin::ServiceDeclaration& service,
               View options);

  /// The whole page. Once.
  std::string write() &&;

 private:
  /// A part of the page under a title of its own.
  struct Section {
    std::string title;
    std::string anchor;
  };

  void make_sections();
  void next_section();
  void write_head();
  void write_identity();
  void write_contents();
  void write_paragraphs(const std::vector<std::string>& paragraphs);
  void write_note(const std::string& note);
  void write_inputs();
  void write_table(const plugin::EvidenceTable& table, const std::vector<std::string>& anchors);
  void write_cell(const plugin::EvidenceColumn& column, const plugin::EvidenceCell& cell);
  void write_options();
  void write_source_attributes();
  void write_facts();
  void write_references();
  void write_files();

  const plugin::Package& package_;
  const plugin::Evidence& evidence_;
  const plugin::ServiceDeclaration& service_;
  View options_;
  Anchors anchors_;
  std::vector<Section> sections_;               // in the order of the page
  std::size_t section_ = 0;                     // the next one
  std::vector<std::vector<std::string>> rows_;  // anchors; of facts and references also
  std::vector<std::string> facts_;
  std::vector<std::string> references_;
  Html html_;
};

}  // namespace cdss::evidence
