// Every code of ICD-10-CM that a category of a concept holds: it stands for the concept, and where
// a red flag names the concept, it fires.

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "core/base/file.hpp"
#include "core/base/text/ascii.hpp"
#include "tests/gzip.hpp"
#include "tests/plugins/rules/red_flags/red_flag_cases.hpp"

namespace {

using namespace cdss::test;  // NOLINT(google-build-using-namespace): a table of codes

std::filesystem::path source(std::string_view path) {
  return std::filesystem::path{CDSS_SOURCE_DIR} / path;
}

std::string without_dots(std::string_view code) {
  std::string plain{code};
  std::erase(plain, '.');
  return plain;
}

/// Codes that are valid for reporting, of 2026 and added in 2027.
std::vector<std::string> valid_codes() {
  std::vector<std::string> codes;
  for (const auto& line : lines_of_gzip(source("tests/data/icd10cm/icd10cm-2026.tsv.gz"))) {
    std::string_view rest = line;
    const auto code = cdss::take_until(rest, '\t');
    if (cdss::take_until(rest, '\t') == "1") {
      codes.emplace_back(code);
    }
  }
  const auto added = lines_of(source("tests/data/icd10cm/icd10cm-2027-added.txt"));
  codes.insert(codes.end(), added.begin(), added.end());
  return codes;
}

/// The rows of icd10cm.json: which codes are in.
struct Categories {
  std::vector<std::string> in;
  std::vector<std::string> out;

  bool hold(std::string_view code) const {
    const auto begins = [plain = without_dots(code)](const std::string& category) {
      return plain.starts_with(category);
    };
    return std::ranges::any_of(in, begins) && std::ranges::none_of(out, begins);
  }
};

std::map<std::string, Categories> categories() {
  const auto file = cdss::read_json_file(source("config/knowledge/icd10cm.json"));
  std::map<std::string, Categories> all;
  const auto rows = file->root().find("rows");
  for (const auto row : rows->elements()) {
    auto& one = all[std::string{row.text_or_empty("concept")}];
    for (const auto category : row.find("in")->elements()) {
      one.in.push_back(without_dots(*category.string()));
    }
    if (const auto out = row.find("out")) {
      for (const auto group : out->elements()) {
        std::string_view codes = *group.string();
        codes = codes.substr(0, codes.find(':'));
        while (!codes.empty()) {
          one.out.push_back(without_dots(cdss::trimmed(cdss::take_until(codes, ','))));
        }
      }
    }
  }
  return all;
}

/// Source: ICD-10-CM Official Guidelines, I.C.19.a: which 7th character says that it is past.
bool is_past(std::string_view code, bool is_injury) {
  const std::string plain = without_dots(code);
  constexpr std::size_t kFull = 7;
  if (plain.size() != kFull) {
    return false;
  }
  return plain.back() == 'S' ||
         (is_injury && std::string_view{"DEFPQR"}.find(plain.back()) != std::string_view::npos);
}

TEST(RedFlagCodes, StandForTheirConceptAndFireItsRedFlag) {
  const auto& knowledge = *ShippedRules::get().knowledge;
  const auto codes = valid_codes();
  const auto held = categories();
  int recognised = 0;
  std::map<std::string, int> fired;
  for (const auto& [name, category] : held) {
    const auto id = knowledge.definitions.concepts.find(name);
    ASSERT_TRUE(id) << name;
    for (const auto& code : codes) {
      if (!category.hold(code) || is_past(code, false)) {
        continue;
      }
      const ReadRecord read{RecordBuilder{}.condition(icd(code)), kMan};
      EXPECT_FALSE(read.facts().findings.possible(*id).empty()) << name << ' ' << code;
      ++recognised;
      const auto flags = red_flags_of(read.facts());
      for (const auto& row : knowledge.red_flags.rows) {
        if (std::ranges::find(row.concepts, *id) == row.concepts.end()) {
          continue;
        }
        EXPECT_EQ(flags.has(row.id), !is_past(code, row.is_injury)) << row.id << ' ' << code;
        fired[row.id] += flags.has(row.id) ? 1 : 0;
      }
    }
  }
  std::cout << recognised << " codes stand for " << held.size() << " concepts; red flags:";
  for (const auto& [id, count] : fired) {
    std::cout << ' ' << id << ' ' << count;
  }
  std::cout << '\n';
  EXPECT_GT(recognised, 5000);
}

TEST(RedFlagCodes, OfTheWorldHealthOrganizationCountByTheirSubcategory) {
  const struct {
    const char* system;
    const char* code;
    const char* concept_name;  ///< empty for none
  } rows[] = {
      {"http://hl7.org/fhir/sid/icd-10", "N18.4", "ckd_stage_4_or_5"},
      {"urn:oid:2.16.840.1.113883.6.3", "I50.1", "heart_failure"},
      {"http://fhir.de/CodeSystem/bfarm/icd-10-gm", "K35.8", "appendicitis"},
      {"https://hl7.org/fhir/sid/icd-10/", "A41.9", "sepsis"},
      {"http://hl7.org/fhir/sid/icd-10", "N17", "acute_kidney_injury"},
      {"http://hl7.org/fhir/sid/icd-10", "K68.12", ""},
      {"http://hl7.org/fhir/sid/icd-10-au", "N18.4", ""},
  };
  const auto& concepts = ShippedRules::get().knowledge->definitions.concepts;
  for (const auto& [system, code, name] : rows) {
    SCOPED_TRACE(std::string{system} + ' ' + code);
    const ReadRecord read{
        RecordBuilder{}.condition({.system = std::string{system}, .code = std::string{code}}),
        kMan};
    std::string found;
    for (const auto* one : {"ckd_stage_4_or_5", "heart_failure", "appendicitis", "sepsis",
                            "acute_kidney_injury", "iliopsoas_abscess"}) {
      found += read.facts().findings.has(*concepts.find(one)) ? one : "";
    }
    EXPECT_EQ(found, name);
  }
}

}  // namespace
