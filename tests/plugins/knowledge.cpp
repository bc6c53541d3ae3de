#include "tests/plugins/knowledge.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/base/file.hpp"
#include "plugins/rules/facts/local_items.hpp"

namespace cdss::test {
namespace {

/// The value, or an exception that fails the test and says where.
template <class T>
T good(Result<T> result) {
  if (!result) {
    throw std::runtime_error(result.error().where + ": " + result.error().message);
  }
  return *std::move(result);
}

}  // namespace

Document parsed(std::string text) {
  return good(Document::parse(std::move(text)));
}

KnowledgeFiles KnowledgeFiles::read(std::string_view files, std::string_view leave_out) {
  std::vector<std::pair<std::string, Document>> read;
  while (!files.empty()) {
    const auto end = std::min(files.find(':'), files.size());
    const std::filesystem::path path{files.substr(0, end)};
    files.remove_prefix(std::min(end + 1, files.size()));
    if (leave_out.empty() || !path.string().ends_with(leave_out)) {
      read.emplace_back("knowledge/" + path.filename().string(), good(read_json_file(path)));
    }
  }
  std::ranges::sort(read, {}, [](const auto& file) { return file.first; });
  KnowledgeFiles sorted;
  for (auto& [path, document] : read) {
    sorted.paths.push_back(path);
    sorted.documents.push_back(std::move(document));
  }
  return sorted;
}

const ShippedRules& ShippedRules::get() {
  static const ShippedRules kShipped = [] {
    static const auto files = KnowledgeFiles::read(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE);
    std::vector<rules::KnowledgeFile> all;
    for (std::size_t i = 0; i < files.paths.size(); ++i) {
      all.push_back({.path = files.paths[i], .content = files.documents[i].root()});
    }
    return ShippedRules{good(rules::Knowledge::read(all))};
  }();
  return kShipped;
}

rules::HipReplacement ShippedRules::hip_replacement(const RecordBuilder& record) const {
  const Document conditions = parsed(record.conditions());
  const Document procedures = parsed(record.procedures());
  const auto findings =
      rules::Findings::read(finding_reader(), conditions.root(), procedures.root());
  return definitions().hip.assess(findings, kToday);
}

rules::Likelihood ShippedRules::likelihood(const RecordBuilder& record,
                                           const std::string& birth_date) const {
  const ReadRecord read{record, R"({"resourceType":"Patient","id":"p")" + birth_date + '}'};
  return likelihood_of(read.facts(), {});
}

namespace {

std::map<std::string, std::string, std::less<>> needs_of(const RecordBuilder& record,
                                                         std::string_view patient,
                                                         std::string_view left_out) {
  std::map<std::string, std::string, std::less<>> needs{
      {"patient", std::string{patient}},      {"conditions", record.conditions()},
      {"procedures", record.procedures()},    {"results", record.results()},
      {"examination", record.observations()}, {"questionnaire", {}},
      {"medications", record.medications()},  {"statements", {}},
      {"allergies", record.allergies()},
  };
  needs.erase(std::string{left_out});
  return needs;
}

}  // namespace

ReadRecord::ReadRecord(const RecordBuilder& record, std::string_view patient,
                       std::string_view left_out)
    : ReadRecord{needs_of(record, patient, left_out)} {}

ReadRecord::ReadRecord(const std::map<std::string, std::string, std::less<>>& needs) {
  documents_.reserve(needs.size());
  std::size_t known = 0;
  for (const auto& [key, source] : rules::kSources) {
    const auto json = needs.find(key);
    if (json == needs.end()) {
      continue;
    }
    ++known;
    (record_.*source).is_known = true;
    if (!json->second.empty()) {
      documents_.push_back(parsed(json->second));
      (record_.*source).value = documents_.back().root();
    }
  }
  if (known != needs.size()) {
    throw std::logic_error{"a need of that key is not declared"};
  }
  facts_.emplace(rules::Facts::read(ShippedRules::get().definitions(), record_, kToday));
}

rules::RedFlags red_flags_of(const rules::Facts& facts) {
  return rules::find_red_flags(ShippedRules::get().knowledge->red_flags, facts);
}

rules::Prompts prompts_of(const rules::Facts& facts, const rules::RedFlags& red_flags) {
  const auto& knowledge = *ShippedRules::get().knowledge;
  const auto score = rules::score(knowledge.score, facts).score;
  return rules::find_prompts({.rules = knowledge.prompts,
                              .limits = knowledge.red_flags.limits,
                              .facts = facts,
                              .red_flags = red_flags,
                              .has_possible_score = score >= knowledge.score.possible});
}

rules::Likelihood likelihood_of(const rules::Facts& facts, const rules::RedFlags& red_flags) {
  const auto& knowledge = *ShippedRules::get().knowledge;
  const auto prompts = prompts_of(facts, red_flags);
  auto likelihood = rules::score(knowledge.score, facts);
  rules::apply_caps(knowledge.score,
                    rules::find_caps({.rules = knowledge.score,
                                      .limits = knowledge.red_flags.limits,
                                      .facts = facts,
                                      .red_flags = red_flags,
                                      .prompts = prompts}),
                    likelihood);
  return likelihood;
}

rules::Safety safety_of(const rules::Facts& facts, const rules::RedFlags& red_flags) {
  return rules::find_safety(ShippedRules::get().knowledge->safety, facts, facts.medicines,
                            red_flags);
}

rules::StepDecision step_of(const rules::Facts& facts, const rules::RedFlags& red_flags,
                            const rules::Likelihood& likelihood, const rules::Safety& safety) {
  const auto prompts = prompts_of(facts, red_flags);
  return rules::select_step(ShippedRules::get().knowledge->ladder, {.facts = facts,
                                                                    .red_flags = red_flags,
                                                                    .prompts = prompts,
                                                                    .likelihood = likelihood,
                                                                    .safety = safety});
}

std::vector<rules::Differential> differentials_of(const rules::Facts& facts) {
  return rules::find_differentials(ShippedRules::get().knowledge->differentials,
                                   ShippedRules::get().score(), facts);
}

}  // namespace cdss::test
