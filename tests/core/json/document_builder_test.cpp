#include "core/json/document_builder.hpp"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/json_writer.hpp"

namespace cdss {
namespace {

std::string text_of(const Document& document) {
  std::string text;
  json::append_value(text, document.root());
  return text;
}

/// Each child is an array inside the one before it.
Result<Document> nested(std::size_t depth, Document::Limits limits) {
  DocumentBuilder builder{0, limits};
  for (std::size_t i = 0; i < depth; ++i) {
    builder.begin_array();
  }
  for (std::size_t i = 0; i < depth; ++i) {
    builder.end();
  }
  return std::move(builder).build();
}

TEST(DocumentBuilder, MakesWhatTheParserMakes) {
  const auto page = Document::parse(R"({"a":[1.50,"x\n\u0000é",null],"b":{"c":true,"d":{}}})");
  ASSERT_TRUE(page);
  DocumentBuilder builder;
  builder.begin_object();
  builder.name("type").string("searchset");
  builder.name("entry").begin_array();
  builder.value(*page->root().find("a"));
  builder.value(*page->root().find("b"));
  builder.end();
  builder.name("total").integer(-7);
  builder.name("none").begin_object();
  builder.end();
  builder.end();
  const auto built = std::move(builder).build();
  ASSERT_TRUE(built) << built.error().message;
  const auto parsed = Document::parse(
      R"({"type":"searchset","entry":[[1.50,"x\n\u0000é",null],{"c":true,"d":{}}],"total":-7,"none":{}})");
  ASSERT_TRUE(parsed);
  const auto is = built->c_document();
  const auto expected = parsed->c_document();
  ASSERT_EQ(is.node_count, expected.node_count);
  for (std::uint32_t i = 0; i < is.node_count; ++i) {
    SCOPED_TRACE(i);
    EXPECT_EQ(is.nodes[i].kind, expected.nodes[i].kind);
    EXPECT_EQ(is.nodes[i].length, expected.nodes[i].length);
    EXPECT_EQ(is.nodes[i].next, expected.nodes[i].next);
    EXPECT_EQ(is.nodes[i].flags, expected.nodes[i].flags);
    EXPECT_EQ(View(is, i).raw_text(), View(expected, i).raw_text());
  }
}

TEST(DocumentBuilder, ExcludesElementsAndMembersAndKeepsTheRestAsItWas) {
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
    const auto copied = copy_of(document->root(), nodes);
    ASSERT_TRUE(copied);
    EXPECT_EQ(text_of(*copied), left);
  }
}

TEST(DocumentBuilder, CopiesAnyValue) {
  const auto document = Document::parse(R"({"a":[1,{"b":2,"c":3}]})");
  ASSERT_TRUE(document);
  const View inner{document->c_document(), 4};
  const std::vector<std::uint32_t> nodes{6};
  EXPECT_EQ(text_of(*copy_of(inner, nodes)), R"({"c":3})");
  EXPECT_EQ(text_of(*copy_of(*inner.find("b"))), "2");
}

TEST(DocumentBuilder, HoldsNoByteOfWhatIsExcluded) {
  const auto document = Document::parse(R"({"kept":"a","secret":"b\u0062","list":["cc","kept"]})");
  ASSERT_TRUE(document);
  const std::vector<std::uint32_t> nodes{4, 7};
  const auto copied = copy_of(document->root(), nodes);
  ASSERT_TRUE(copied);
  const auto view = copied->c_document();
  EXPECT_EQ(std::string_view(view.text, view.text_size), "keptalistkept");
}

TEST(DocumentBuilder, RefusesWhatIsBeyondTheLimits) {
  const auto refused = nested(4, {.depth = 3});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::out_of_range);
  EXPECT_EQ(refused.error().message, "is nested more than 3 levels deep");
  EXPECT_TRUE(nested(3, {.depth = 3}));
  EXPECT_TRUE(nested(3, {.nodes = 3}));
  EXPECT_EQ(nested(4, {.nodes = 3}).error().message, "has more than 3 values and member names");
  for (const std::size_t limit : {3U, 4U}) {
    DocumentBuilder builder{1000, {.bytes = limit}};
    builder.begin_array();
    builder.string("ab");
    builder.string("cd");
    builder.end();
    const auto built = std::move(builder).build();
    EXPECT_EQ(built.has_value(), limit == 4);
    EXPECT_TRUE(built || built.error().message == "is longer than 3 bytes");
  }
}

}  // namespace
}  // namespace cdss
