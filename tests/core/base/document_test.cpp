#include "core/base/document.hpp"

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(Document, ReadsAnObjectAndKnowsItsPaths) {
  const auto document = Document::parse(R"({"a": {"b": [1, {"c": "x"}]}})");
  ASSERT_TRUE(document) << document.error().message;
  const auto a = document->root().at("a");
  ASSERT_TRUE(a);
  const auto b = a->at("b");
  ASSERT_TRUE(b);
  EXPECT_EQ(b->size(), 2U);
  std::string paths;
  for (const View element : b->elements()) {
    paths += element.path() + ' ';
  }
  EXPECT_EQ(paths, "a.b[0] a.b[1] ");
}

}  // namespace
}  // namespace cdss
