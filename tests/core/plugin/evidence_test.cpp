#include "core/plugin/evidence.hpp"

#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "core/base/file.hpp"

namespace cdss::plugin {
namespace {

using testing::ElementsAre;
using Kind = EvidenceCell::Kind;

/// The members of an evidence file, each as JSON text.
using Members = std::map<std::string, std::string>;

const Members kWhole = {
    {"services", R"(["tester"])"},
    {"statement", R"("Not validated.")"},
    {"intended_use", R"(["To be tested."])"},
    {"population", R"(["Adults."])"},
    {"logic", R"(["A sum.", "Of weights."])"},
    {"limits", R"(["Many."])"},
    {"tables", R"([{"id": "score", "title": "Score", "intro": "All rows.", "note": "about",
       "file": "knowledge/score.json", "rows": "rows",
       "columns": [{"member": "id", "title": "Rule"}, {"member": "points", "title": "Points"},
                   {"member": "urgent", "title": "Urgent"}, {"member": "sources", "title": "Sources"}]},
      {"id": "bands", "title": "Bands", "file": "knowledge/score.json", "rows": "bands",
       "columns": [{"member": "$name", "title": "Band"}, {"member": "$value", "title": "From"}]},
      {"id": "groups", "title": "Groups", "file": "knowledge/score.json", "rows": "groups",
       "columns": [{"member": "$name", "title": "Group"}, {"member": "max", "title": "Most"}]}])"},
    {"references", R"("knowledge/references.json")"},
    {"facts", R"("knowledge/facts.json")"},
};

constexpr const char* kScore = R"({
  "about": "Ours.",
  "rows": [{"id": "fever", "points": 0.50, "urgent": true, "sources": ["[1]", "S0-01"]},
           {"id": "pain", "points": -2, "sources": []}],
  "bands": {"possible": 4, "likely": 7},
  "groups": {"exam": {"max": 6}, "history": {"max": 4}},
  "broken": [{"id": "x", "points": {"a": 1}}], "flat": [1], "none": [], "deep": [{"id": [["x"]]}]})";
constexpr const char* kReferences =
    R"({"note": "Few were read", "references": [{"id": "[1]", "text": "A paper", "access": "abstract"},
                       {"id": "[2]", "text": "A book"}]})";
constexpr const char* kFacts =
    R"({"facts": [{"id": "S0-01", "text": "It hurts", "used": ["pain"], "left_out": ""},
                  {"id": "S0-02", "text": "It is long", "used": [], "left_out": "anatomy"}]})";

std::string written(const Members& members) {
  std::string text;
  for (const auto& [name, value] : members) {
    text += (text.empty() ? "{\"" : ", \"") + name + "\": " + value;
  }
  return text + "}";
}

Members without(Members members, const std::string& name) {
  members.erase(name);
  return members;
}

Members with(Members members, const std::string& name, const std::string& value) {
  members[name] = value;
  return members;
}

Document parsed(const std::string& text) {
  auto document = Document::parse(text);
  EXPECT_TRUE(document) << text;
  return document ? *std::move(document) : *Document::parse("null");
}

Result<Evidence> read(const Members& members, const std::string& references = kReferences,
                      const std::string& facts = kFacts) {
  std::vector<KnowledgeFile> files;
  files.push_back({"knowledge/facts.json", "", parsed(facts)});
  files.push_back({"knowledge/references.json", "", parsed(references)});
  files.push_back({"knowledge/score.json", "", parsed(kScore)});
  const std::vector<std::string> services{"tester", "other"};
  const Document root = parsed(written(members));
  return read_evidence(root.root(), files, services);
}

TEST(Evidence, HoldsTheProseAndTheRowsOfTheFilesItNames) {
  const auto evidence = read(kWhole);
  ASSERT_TRUE(evidence) << evidence.error().where << ' ' << evidence.error().message;
  EXPECT_TRUE(evidence->is_about("tester"));
  EXPECT_FALSE(evidence->is_about("other"));
  EXPECT_EQ(evidence->statement, "Not validated.");
  EXPECT_THAT(evidence->logic, ElementsAre("A sum.", "Of weights."));
  ASSERT_EQ(evidence->tables.size(), 3U);
  const auto& score = evidence->tables[0];
  EXPECT_EQ(score.intro, "All rows.");
  EXPECT_EQ(score.note, "Ours.");
  EXPECT_EQ(score.file, "knowledge/score.json");
  ASSERT_EQ(score.rows.size(), 2U);
  EXPECT_EQ(score.rows[0].id, "fever");
  EXPECT_EQ(score.rows[0].cells[1].kind, Kind::number);
  EXPECT_THAT(score.rows[0].cells[1].texts, ElementsAre("0.50"));
  EXPECT_EQ(score.rows[0].cells[2].kind, Kind::boolean);
  EXPECT_THAT(score.rows[0].cells[3].texts, ElementsAre("[1]", "S0-01"));
  EXPECT_EQ(score.rows[1].cells[2].kind, Kind::empty);
  EXPECT_EQ(evidence->references.note, "Few were read");
  ASSERT_EQ(evidence->references.rows.size(), 2U);
  EXPECT_EQ(evidence->references.rows[0].access, "abstract");
  ASSERT_EQ(evidence->facts.rows.size(), 2U);
  EXPECT_THAT(evidence->facts.rows[0].used, ElementsAre("pain"));
  EXPECT_EQ(evidence->facts.rows[1].left_out, "anatomy");
}

TEST(Evidence, TakesTheMembersOfAnObjectForRows) {
  const auto evidence = read(kWhole);
  ASSERT_TRUE(evidence);
  const auto& bands = evidence->tables[1];
  ASSERT_EQ(bands.rows.size(), 2U);
  EXPECT_EQ(bands.rows[1].id, "likely");
  EXPECT_THAT(bands.rows[1].cells[0].texts, ElementsAre("likely"));
  EXPECT_THAT(bands.rows[1].cells[1].texts, ElementsAre("7"));
  EXPECT_THAT(evidence->tables[2].rows[0].cells[1].texts, ElementsAre("6"));
}

TEST(Evidence, NeedsNoTablesReferencesOrFacts) {
  for (const char* member : {"tables", "references", "facts"}) {
    EXPECT_TRUE(read(without(kWhole, member))) << member;
  }
}

std::string table(const std::string& file, const std::string& rows, const std::string& member) {
  return R"([{"id": "t", "title": "T", "file": ")" + file + R"(", "rows": ")" + rows +
         R"(", "columns": [{"member": ")" + member + R"(", "title": "C"}]}])";
}

TEST(Evidence, IsRefusedForWhatItNamesAndThePackageLacks) {
  const struct {
    std::string member;
    std::string value;
    Errc code;
    const char* where;
  } rows[] = {
      {"services", R"(["nobody"])", Errc::missing, "services"},
      {"services", "[]", Errc::malformed, "services"},
      {"services", R"("tester")", Errc::malformed, "services"},
      {"statement", R"(" ")", Errc::malformed, "statement"},
      {"logic", R"(["a", ""])", Errc::malformed, "logic[1]"},
      {"limits", R"(["a", 5])", Errc::malformed, "limits[1]"},
      {"references", R"("knowledge/nowhere.json")", Errc::missing, "references"},
      {"references", R"("knowledge/score.json")", Errc::missing,
       "knowledge/score.json: references"},
      {"facts", R"("knowledge/score.json")", Errc::missing, "knowledge/score.json: facts"},
      {"facts", "{}", Errc::malformed, "facts"},
      {"tables", "[]", Errc::malformed, "tables"},
      {"tables", "[5]", Errc::malformed, "tables[0]"},
      {"tables", table("knowledge/nowhere.json", "rows", "id"), Errc::missing, "tables[0].file"},
      {"tables", table("score.json", "rows", "id"), Errc::missing, "tables[0].file"},
      {"tables", table("knowledge/score.json", "lines", "id"), Errc::missing,
       "knowledge/score.json: lines"},
      {"tables", table("knowledge/score.json", "none", "id"), Errc::malformed,
       "knowledge/score.json: none"},
      {"tables", table("knowledge/score.json", "flat", "id"), Errc::malformed,
       "knowledge/score.json: flat[0]"},
      {"tables", table("knowledge/score.json", "broken", "points"), Errc::malformed,
       "knowledge/score.json: broken[0].points"},
      {"tables", table("knowledge/score.json", "deep", "id"), Errc::malformed,
       "knowledge/score.json: deep[0].id[0]"},
      {"tables", table("knowledge/score.json", "rows", "ponits"), Errc::missing,
       "tables[0].columns"},
      {"tables", table("knowledge/score.json", "rows", "$name"), Errc::missing,
       "tables[0].columns"},
      {"sentence", R"("x")", Errc::unsupported, "sentence"},
      {"tables", R"([{"id": "t", "title": "T", "file": "knowledge/score.json", "rows": "rows",
                      "columns": [{"member": "id", "title": "C"}, {"member": "id", "title": "D"}]}])",
       Errc::malformed, "tables[0].columns[1].member"},
      {"tables", R"([{"id": "a b", "title": "T", "file": "knowledge/score.json", "rows": "rows",
                      "columns": [{"member": "id", "title": "C"}]}])",
       Errc::malformed, "tables[0].id"},
      {"tables", R"([{"id": "t", "title": "T", "note": "remarks", "file": "knowledge/score.json",
                      "rows": "rows", "columns": [{"member": "id", "title": "C"}]}])",
       Errc::missing, "knowledge/score.json: remarks"},
      {"tables", R"([{"id": "t", "name": "T"}])", Errc::unsupported, "tables[0].name"},
  };
  for (const auto& [member, value, code, where] : rows) {
    SCOPED_TRACE(value);
    const auto evidence = read(with(kWhole, member, value));
    ASSERT_FALSE(evidence);
    EXPECT_EQ(evidence.error().code, code) << evidence.error().message;
    EXPECT_EQ(evidence.error().where, where) << evidence.error().message;
  }
}

TEST(Evidence, TakesEachIdOnce) {
  const std::string twice = R"({"id": "[1]", "text": "x"})";
  const auto references = read(kWhole, R"({"references": [)" + twice + "," + twice + "]}");
  ASSERT_FALSE(references);
  EXPECT_EQ(references.error().where, "knowledge/references.json: references[1].id");
  const std::string fact = R"({"id": "S0-01", "text": "x", "left_out": "y"})";
  const auto facts = read(kWhole, kReferences, R"({"facts": [)" + fact + "," + fact + "]}");
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().where, "knowledge/facts.json: facts[1].id");
  auto tables = table("knowledge/score.json", "rows", "id");
  tables.back() = ',';
  EXPECT_FALSE(read(with(kWhole, "tables", tables + tables.substr(1, tables.size() - 2) + "]")));
}

TEST(Evidence, SaysOfEachFactWhatBecameOfIt) {
  for (const char* rest : {"", R"(, "used": [])"}) {
    const auto facts =
        read(kWhole, kReferences,
             R"({"facts": [{"id": "S0-01", "text": "x")" + std::string{rest} + "}]}");
    ASSERT_FALSE(facts) << rest;
    EXPECT_EQ(facts.error().where, "knowledge/facts.json: facts[0]");
  }
}

TEST(Evidence, HasTheMembersOfItsSchema) {
  const auto schema = read_json_file(std::string{CDSS_SOURCE_DIR} + "/config/evidence.schema.json");
  ASSERT_TRUE(schema);
  const auto required = schema->root().at("required");
  ASSERT_TRUE(required && required->is_array());
  std::size_t known = 0;
  for (const Member member : schema->root().find("properties")->members()) {
    const std::string name{member.name};
    known += kWhole.contains(name) ? 1 : 0;
    EXPECT_TRUE(kWhole.contains(name) || name == "$schema") << name;
    bool is_required = false;
    for (const View one : required->elements()) {
      is_required = is_required || one.raw_text() == name;
    }
    EXPECT_NE(bool{read(without(kWhole, name))}, is_required) << name;
  }
  EXPECT_EQ(known, kWhole.size());
  EXPECT_TRUE(read(with(kWhole, "$schema", R"("evidence.schema.json")")));
}

}  // namespace
}  // namespace cdss::plugin
