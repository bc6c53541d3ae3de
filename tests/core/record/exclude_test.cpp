#include "core/record/exclude.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "core/json/document.hpp"

namespace cdss::record {
namespace {

TEST(LeaveOut, TakesElementsAndMembersOutAndKeepsTheRestAsItWas) {
  const struct {
    const char* json;
    std::vector<std::uint32_t> nodes;
    const char* left;
  } rows[] = {
      {R"({"a":[1,true]})", {}, R"({"a":[1,true]})"},
      {R"({"a":[1,true]})", {3}, R"({"a":[true]})"},
      {R"({"a":[1,true]})", {4}, R"({"a":[1]})"},
      {R"({"a":[1,true]})", {3, 4}, R"({"a":[]})"},
      {R"({"a":[1,true]})", {2}, R"({})"},
      {R"({"a":[1,true]})", {0}, "null"},
      {R"([{"a":1},{"b":2},[]])", {1, 7}, R"([{"b":2}])"},
      {R"({"a":{"b":1,"c":1.50},"d":"x\n\"\u00e9"})",
       {4},
       "{\"a\":{\"c\":1.50},\"d\":\"x\\n\\\"\u00e9\"}"},
      {R"({"a":null,"b":{"c":null},"d":1e2})", {6}, R"({"a":null,"b":{},"d":1e2})"},
  };
  for (const auto& [json, nodes, left] : rows) {
    SCOPED_TRACE(json);
    const auto document = Document::parse(json);
    ASSERT_TRUE(document);
    EXPECT_EQ(exclude(document->root(), nodes), left);
  }
}

TEST(LeaveOut, StartsAtAnyValue) {
  const auto document = Document::parse(R"({"a":[1,{"b":2,"c":3}]})");
  ASSERT_TRUE(document);
  const View inner{document->c_document(), 4};
  EXPECT_EQ(exclude(inner, std::vector<std::uint32_t>{6}), R"({"c":3})");
  EXPECT_EQ(exclude(inner, std::vector<std::uint32_t>{4}), "null");
}

}  // namespace
}  // namespace cdss::record
