#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/document.hpp"
#include "plugins/rules/concepts.hpp"
#include "plugins/rules/findings.hpp"
#include "plugins/rules/hip_replacement.hpp"
#include "plugins/rules/likelihood.hpp"
#include "plugins/rules/score_rules.hpp"
#include "plugins/rules/sides.hpp"
#include "tests/plugins/record_builder.hpp"

namespace cdss::test {

/// Knowledge files by their path in a package ("knowledge/x.json"), sorted.
struct KnowledgeFiles {
  std::vector<std::string> paths;
  std::vector<Document> documents;

  /// @param files      paths of the files, separated by ':'.
  /// @param leave_out  files whose name ends so are not read.
  static KnowledgeFiles read(std::string_view files, std::string_view leave_out = {});
};

/// The rules as shipped, and how they read a record. Made once: the knowledge of psoas_likelihood.
struct ShippedRules {
  rules::Concepts concepts;
  rules::ScoreRules score;
  rules::SideReader sides;
  rules::HipReplacementRules hip;

  static const ShippedRules& get();

  rules::HipReplacement hip_replacement(const RecordBuilder& record) const;
  rules::Likelihood likelihood(const RecordBuilder& record,
                               rules::AgeScope age = rules::AgeScope::adult) const;
};

/// The text as a Document; the test fails with a word when it is no JSON.
Document parsed(std::string text);

}  // namespace cdss::test
