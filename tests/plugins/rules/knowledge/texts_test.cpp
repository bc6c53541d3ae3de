#include "plugins/rules/knowledge/texts.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::Texts;
using cdss::test::parsed;

Texts read(const char* json) {
  return *Texts::read(parsed(json).root());
}

TEST(Texts, PutPartsInPlaceOfTheirNames) {
  const auto texts = read(R"({"a":"{x} of {y}, {x}","b":"no part","c":"{x","d":"{missing}!"})");
  EXPECT_EQ(texts.of("a", {{"x", "1"}, {"y", "2"}}), "1 of 2, 1");
  EXPECT_EQ(texts.of("a", {{"x", "{y}"}, {"y", "2"}}), "{y} of 2, {y}") << "a part is not read";
  EXPECT_EQ(texts.of("a", {{"x", ""}, {"y", ""}}), " of , ");
  EXPECT_EQ(texts.of("b"), "no part");
  EXPECT_EQ(texts.of("c", {{"x", "1"}}), "{x");
  EXPECT_EQ(texts.of("d", {{"x", "1"}}), "{missing}!");
  EXPECT_EQ(texts.of("e"), "[e]");
  EXPECT_TRUE(texts.has("a"));
  EXPECT_FALSE(texts.has("e"));
}

TEST(Texts, RefuseWhatIsNoText) {
  const auto refused = Texts::read(parsed(R"({"a":7})").root());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, cdss::Errc::malformed);
}

const std::filesystem::path kSource{CDSS_SOURCE_DIR};

/// The ids in texts.json.
std::set<std::string> shipped_ids() {
  const auto file = cdss::read_json_file(kSource / "config/knowledge/texts.json");
  std::set<std::string> ids;
  for (const auto& member : file->root().find("texts")->members()) {
    ids.emplace(member.name);
  }
  return ids;
}

/// Every string literal of plugins/**/*.cpp.
std::set<std::string> literals() {
  static const std::regex kLiteral{R"re("((?:[^"\\\n]|\\.)*)")re"};
  std::set<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kSource / "plugins")) {
    if (entry.path().extension() != ".cpp") {
      continue;
    }
    std::ifstream in{entry.path()};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    for (std::sregex_iterator at{text.begin(), text.end(), kLiteral}, end; at != end; ++at) {
      found.insert((*at)[1]);
    }
  }
  return found;
}

/// The ids of all rows of all knowledge files, and the rules that they name: texts are put together
/// from them.
std::set<std::string> row_ids() {
  std::set<std::string> ids;
  const auto collect = [&](const auto& self, cdss::View value) -> void {
    if (value.find("id")) {
      ids.emplace(value.text_or_empty("id"));
    }
    if (const auto rules = value.find("rules")) {
      for (const cdss::View rule : rules->elements()) {
        if (const auto id = rule.string()) {
          ids.emplace(id->substr(0, id->find(':')));  // "NS03:avoid"
        }
      }
    }
    for (const auto& member : value.members()) {
      self(self, member.value);
    }
    for (const cdss::View element : value.elements()) {
      self(self, element);
    }
  };
  for (const auto& entry : std::filesystem::directory_iterator(kSource / "config/knowledge")) {
    if (const auto file = cdss::read_json_file(entry.path())) {
      collect(collect, file->root());
    }
  }
  return ids;
}

TEST(Texts, HoldEveryIdThatTheProgramAsksFor) {
  const auto ids = shipped_ids();
  ASSERT_GT(ids.size(), 50U);
  std::set<std::string> families;
  for (const auto& id : ids) {
    families.insert(id.substr(0, id.find('.')));
  }
  static const std::regex kId{"[a-z-]+(\\.[A-Za-z0-9-]+)+"};
  for (const auto& literal : literals()) {
    if (std::regex_match(literal, kId) && families.contains(literal.substr(0, literal.find('.')))) {
      EXPECT_TRUE(ids.contains(literal)) << literal << " is asked for and is not in texts.json";
    }
  }
  const auto orders = cdss::read_json_file(kSource / "config/knowledge/order-rules.json");
  ASSERT_TRUE(orders);
  std::size_t rules = 0;
  for (const cdss::View rule : orders->root().find("conflicts")->elements()) {
    const std::string id{rule.text_or_empty("id")};
    EXPECT_TRUE(ids.contains("draft." + id + ".summary")) << id;
    EXPECT_TRUE(ids.contains("draft." + id + ".detail")) << id;
    ++rules;
  }
  EXPECT_GT(rules, 0U);
}

TEST(Texts, HoldNothingThatTheProgramNeverAsksFor) {
  const auto used = literals();
  const auto rows = row_ids();
  // "prompt." + id, "draft." + id + ".summary": the family is a literal, the rest a literal, the
  // id of a row, or one of them and a literal.
  const auto is_put_together = [&](const std::string& id) {
    for (auto dot = id.find('.'); dot != std::string::npos; dot = id.find('.', dot + 1)) {
      if (!used.contains(id.substr(0, dot + 1))) {
        continue;
      }
      const std::string rest = id.substr(dot + 1);
      const std::string whose = rest.substr(0, rest.rfind('.'));
      const bool has_part = whose == rest || used.contains(rest.substr(whose.size() + 1));
      if (used.contains(rest) || rows.contains(rest) ||
          (has_part && (used.contains(whose) || rows.contains(whose)))) {
        return true;
      }
    }
    return false;
  };
  for (const auto& id : shipped_ids()) {
    EXPECT_TRUE(used.contains(id) || is_put_together(id)) << id << " is in texts.json for nothing";
  }
}

}  // namespace
