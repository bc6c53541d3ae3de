#include "tests/plugins/knowledge.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/base/file.hpp"
#include "plugins/rules/local_items.hpp"

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
    const auto files = KnowledgeFiles::read(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE);
    std::vector<View> bundles;
    std::optional<View> score;
    for (std::size_t i = 0; i < files.paths.size(); ++i) {
      const View root = files.documents[i].root();
      if (files.paths[i] == "knowledge/psoas-likelihood.json") {
        score = root;
      } else if (root.find("resourceType")) {
        bundles.push_back(root);
      }
    }
    auto concepts = good(rules::Concepts::read(bundles));
    auto rules = good(rules::ScoreRules::read(concepts, score.value()));
    auto sides = good(rules::SideReader::make(concepts, *score));
    auto hip = good(rules::HipReplacementRules::make(concepts, *score));
    return ShippedRules{std::move(concepts), std::move(rules), sides, std::move(hip)};
  }();
  return kShipped;
}

rules::HipReplacement ShippedRules::hip_replacement(const RecordBuilder& record) const {
  const Document conditions = parsed(record.conditions());
  const Document procedures = parsed(record.procedures());
  const auto findings = rules::Findings::read(concepts, sides, conditions.root(), kToday);
  return hip.assess(concepts, sides, findings, procedures.root(), kToday);
}

rules::Likelihood ShippedRules::likelihood(const RecordBuilder& record, rules::AgeScope age) const {
  const Document conditions = parsed(record.conditions());
  const Document procedures = parsed(record.procedures());
  const Document observations = parsed(record.observations());
  auto findings = rules::Findings::read(concepts, sides, conditions.root(), kToday);
  findings.add_procedures(concepts, sides, procedures.root(), kToday);
  const auto items =
      rules::LocalItems::read(score.items, observations.root(), std::nullopt, kToday);
  return rules::weigh(score, findings, items, hip_replacement(record), age);
}

}  // namespace cdss::test
