#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json/document.hpp"
#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/facts/findings.hpp"
#include "plugins/rules/facts/hip_replacement.hpp"
#include "plugins/rules/knowledge/knowledge.hpp"
#include "plugins/rules/ladder/ladder.hpp"
#include "plugins/rules/likelihood/likelihood.hpp"
#include "plugins/rules/red_flags/red_flags.hpp"
#include "plugins/rules/safety/safety.hpp"
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
  std::unique_ptr<const rules::Knowledge> knowledge;

  const rules::FactDefinitions& definitions() const { return knowledge->definitions; }
  const rules::Concepts& concepts() const { return definitions().concepts; }
  const rules::ScoreRules& score() const { return knowledge->score; }
  const rules::SideReader& sides() const { return definitions().sides; }

  /// As of kToday.
  rules::FindingReader finding_reader() const {
    return {.concepts = concepts(),
            .sides = sides(),
            .conditions = definitions().conditions,
            .today = kToday};
  }

  static const ShippedRules& get();

  rules::HipReplacement hip_replacement(const RecordBuilder& record) const;
  /// Without red flags: gate 2 is open.
  ///
  /// @param birth_date  of the patient, as a member after others; or empty.
  rules::Likelihood likelihood(
      const RecordBuilder& record,
      const std::string& birth_date = R"(,"birthDate":"1976-05-01")") const;
};

/// A man of 50.
inline constexpr std::string_view kMan =
    R"({"resourceType":"Patient","id":"p","gender":"male","birthDate":"1976-05-01"})";

/// A record read whole, with what it borrows from.
class ReadRecord {
 public:
  /// @param left_out  the key of a need that is not known; all others are.
  explicit ReadRecord(const RecordBuilder& record, std::string_view patient = kMan,
                      std::string_view left_out = {});
  /// @param needs  the JSON of each need by its key; what is not there is not known, and an empty
  ///               text is a search without results.
  explicit ReadRecord(const std::map<std::string, std::string, std::less<>>& needs);
  ReadRecord(const ReadRecord&) = delete;
  ReadRecord& operator=(const ReadRecord&) = delete;

  const rules::Facts& facts() const { return *facts_; }

 private:
  std::vector<Document> documents_;
  rules::Record record_;
  std::optional<rules::Facts> facts_;
};

// What the shipped rules say of a record.
rules::RedFlags red_flags_of(const rules::Facts& facts);
rules::Prompts prompts_of(const rules::Facts& facts, const rules::RedFlags& red_flags);
/// With its caps.
rules::Likelihood likelihood_of(const rules::Facts& facts, const rules::RedFlags& red_flags);
rules::Safety safety_of(const rules::Facts& facts, const rules::RedFlags& red_flags);
rules::StepDecision step_of(const rules::Facts& facts, const rules::RedFlags& red_flags,
                            const rules::Likelihood& likelihood, const rules::Safety& safety);
std::vector<rules::Differential> differentials_of(const rules::Facts& facts);

/// The text as a Document; the test fails with a word when it is no JSON.
Document parsed(std::string text);

}  // namespace cdss::test
