#include "plugins/rules/likelihood/score_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::ScoreRules;
using cdss::test::ShippedRules;

TEST(ScoreRules, AsShippedNameTheSourceOfEachRow) {
  const auto& rules = ShippedRules::get().score();
  EXPECT_EQ(rules.rows.size(), 52U);
  for (const auto& row : rules.rows) {
    SCOPED_TRACE(row.id);
    EXPECT_FALSE(row.sources.empty());
  }
  EXPECT_THAT(rules.propose,
              testing::ElementsAre("resisted_hip_flexion_pain", "iliopsoas_tenderness",
                                   "pain_on_hip_flexor_stretch"));
}

TEST(ScoreRules, AreRefusedWithThePathOfWhatIsWrong) {
  const struct {
    const char* why;
    const char* rest;
    const char* where;
  } rows[] = {
      {"unknown concept", R"("rows":[{"id":"a","text":"a","concepts":["no_such"],"points":1}])",
       "rows[0].concepts[0]"},
      {"unknown item", R"("rows":[{"id":"a","text":"a","items":["no_such"],"points":1}])",
       "rows[0].items"},
      {"concepts that are no list",
       R"("rows":[{"id":"a","text":"a","concepts":"groin_pain","points":1}])", "rows[0].concepts"},
      {"items that are no list", R"("rows":[{"id":"a","text":"a","items":"hec_test","points":1}])",
       "rows[0].items"},
      {"neither", R"("rows":[{"id":"a","text":"a","points":1}])", "rows[0]"},
      {"no points", R"("rows":[{"id":"a","text":"a","concepts":["groin_pain"]}])",
       "rows[0].points"},
      {"a third of a point",
       R"("rows":[{"id":"a","text":"a","concepts":["groin_pain"],"points":0.33}])",
       "rows[0].points"},
      {"unknown group",
       R"("rows":[{"id":"a","text":"a","concepts":["groin_pain"],"points":1,"group":"x"}])",
       "rows[0].group"},
      {"no rows", R"("x":1)", "rows"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.why);
    const auto knowledge = cdss::test::parsed(R"({"bands":{"possible":4,"likely":7},"groups":[],)" +
                                              std::string{row.rest} + '}');
    const auto read = ScoreRules::read(ShippedRules::get().definitions(), knowledge.root());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().where, row.where);
  }
}

TEST(ScoreRules, HoldAGroupToStandBeforeTheOneItIsWithin) {
  const auto knowledge = cdss::test::parsed(
      R"({"bands":{"possible":4,"likely":7},"rows":[],
      "groups":[{"id":"a","text":"a"},{"id":"b","text":"b","within":"a"}]})");
  const auto read = ScoreRules::read(ShippedRules::get().definitions(), knowledge.root());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "groups[1].within");
}

}  // namespace
