#include "plugins/rules/knowledge/knowledge.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace cdss::rules {
namespace {

/// The knowledge files of a package, by kind.
struct FilesByName {
  std::span<const KnowledgeFile> files;
  std::vector<View> value_sets;

  explicit FilesByName(std::span<const KnowledgeFile> all) : files{all} {
    for (const auto& file : files) {
      if (file.content.text_or_empty("resourceType") == "Bundle") {
        value_sets.push_back(file.content);
      }
    }
  }

  Result<View> file(std::string_view name) const {
    const std::string path = "knowledge/" + std::string{name};
    const auto found = std::ranges::find(files, path, &KnowledgeFile::path);
    if (found == files.end()) {
      return Error{Errc::missing, path, "must be in the package"};
    }
    return found->content;
  }

  /// A member of a file, e.g. its rows.
  Result<View> in(std::string_view name, std::string_view member) const {
    CDSS_TRY(const auto content, file(name));
    return content.at(member);
  }
};

Result<FactDefinitions> read_definitions(const FilesByName& by_name) {
  CDSS_TRY(auto concepts, Concepts::read(by_name.value_sets));
  CDSS_TRY(const auto category_file, by_name.file("icd10cm.json"));
  CDSS_CHECK(concepts.add_categories(category_file));
  CDSS_TRY(const auto score_file, by_name.file("psoas-likelihood.json"));
  CDSS_TRY(const auto named, NamedConcepts::read(concepts, score_file));
  CDSS_TRY(const auto sides, SideReader::make(concepts, score_file));
  CDSS_TRY(const auto condition_file, by_name.file("conditions.json"));
  CDSS_TRY(auto conditions, ConditionRules::read(concepts, condition_file));
  CDSS_TRY(auto hip, HipReplacementRules::make(concepts, score_file));
  CDSS_TRY(const auto result_rows, by_name.in("results.json", "rows"));
  CDSS_TRY(auto results, read_result_definitions(concepts, result_rows));
  CDSS_TRY(const auto item_rows, by_name.in("hip-exam.json", "items"));
  CDSS_TRY(auto items, read_item_definitions(item_rows));
  CDSS_TRY(const auto medicine_file, by_name.file("medicines.json"));
  CDSS_TRY(const auto harmless_file, by_name.file("harmless-medicines.json"));
  CDSS_TRY(auto pharmacy, Pharmacy::read(concepts, medicine_file, harmless_file));
  CDSS_TRY(const auto ladder_concepts, by_name.in("ladder.json", "concepts"));
  CDSS_TRY(auto imaging, concepts.require_all(ladder_concepts, "imaging"));
  CDSS_TRY(const auto red_flag_file, by_name.file("red-flags.json"));
  CDSS_TRY(auto malignancy, concepts.require_all(red_flag_file, "malignancy_of_region"));
  return FactDefinitions{.concepts = std::move(concepts),
                         .named = named,
                         .sides = sides,
                         .conditions = std::move(conditions),
                         .hip = std::move(hip),
                         .results = std::move(results),
                         .items = std::move(items),
                         .pharmacy = std::move(pharmacy),
                         .imaging = std::move(imaging),
                         .malignancy_of_region = std::move(malignancy)};
}

}  // namespace

Result<std::unique_ptr<const Knowledge>> Knowledge::read(std::span<const KnowledgeFile> files) {
  const FilesByName by_name{files};
  CDSS_TRY(auto definitions, read_definitions(by_name));
  const auto& concepts = definitions.concepts;
  CDSS_TRY(const auto score_file, by_name.file("psoas-likelihood.json"));
  CDSS_TRY(auto score, ScoreRules::read(definitions, score_file));
  CDSS_TRY(const auto differential_rows, by_name.in("differentials.json", "rows"));
  CDSS_TRY(auto differentials, read_differentials(definitions, differential_rows));
  CDSS_TRY(const auto red_flag_file, by_name.file("red-flags.json"));
  CDSS_TRY(auto red_flags, RedFlagRules::read(definitions, red_flag_file));
  CDSS_TRY(const auto prompt_file, by_name.file("prompts.json"));
  CDSS_TRY(auto prompts, PromptRules::read(definitions, prompt_file));
  CDSS_TRY(const auto safety_file, by_name.file("safety.json"));
  CDSS_TRY(auto safety, SafetyRules::read(safety_file));
  CDSS_TRY(const auto ladder_file, by_name.file("ladder.json"));
  CDSS_TRY(auto ladder, LadderRules::read(concepts, ladder_file));
  CDSS_TRY(const auto text_rows, by_name.in("texts.json", "texts"));
  CDSS_TRY(auto texts, Texts::read(text_rows));
  return std::unique_ptr<const Knowledge>{new Knowledge{
      .definitions = std::move(definitions),
      .score = std::move(score),
      .differentials = std::move(differentials),
      .red_flags = std::move(red_flags),
      .prompts = std::move(prompts),
      .safety = std::move(safety),
      .ladder = std::move(ladder),
      .texts = std::move(texts),
  }};
}

}  // namespace cdss::rules
