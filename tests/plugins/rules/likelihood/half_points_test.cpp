#include "plugins/rules/likelihood/half_points.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::HalfPoints;

TEST(HalfPoints, ReadsAndWritesHalvesExactly) {
  const struct {
    const char* json;
    int halves;
    const char* text;
    const char* signed_text;
  } rows[] = {
      {"0", 0, "0", "0"},    {"0.5", 1, "0.5", "+0.5"},    {"-0.5", -1, "-0.5", "-0.5"},
      {"2", 4, "2", "+2"},   {"-3.5", -7, "-3.5", "-3.5"}, {"15.5", 31, "15.5", "+15.5"},
      {"4.0", 8, "4", "+4"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.json);
    const auto document = cdss::test::parsed(row.json);
    const auto points = HalfPoints::read(document.root());
    ASSERT_TRUE(points);
    EXPECT_EQ(*points, HalfPoints::halves(row.halves));
    EXPECT_EQ(points->text(), row.text);
    EXPECT_EQ(points->signed_text(), row.signed_text);
  }
}

TEST(HalfPoints, RefusesWhatIsNoWholeNumberOfHalves) {
  for (const char* json : {"0.25", "1e1", "\"2\"", "0.55", "2000", "null"}) {
    SCOPED_TRACE(json);
    const auto document = cdss::test::parsed(json);
    EXPECT_FALSE(HalfPoints::read(document.root()));
  }
}

}  // namespace
