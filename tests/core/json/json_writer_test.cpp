#include "core/json/json_writer.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/document.hpp"

namespace cdss::json {
namespace {

std::string as_string(std::string_view text) {
  std::string out;
  append_string(out, text);
  return out;
}

std::string rewritten(std::string text) {
  const auto document = Document::parse(std::move(text));
  EXPECT_TRUE(document);
  std::string out;
  append_value(out, document->root());
  return out;
}

TEST(JsonWriter, WritesMembersInTheirOrder) {
  const std::string text = object([](Object& o) {
    o.string("summary", "x");
    o.boolean("on", false);
    o.integer("count", -3);
    o.number("weight", "0.1000");
    o.json("ready", R"({"a":1})");
    o.object("source", [](Object& source) { source.string("label", "y"); });
    o.array("links", [](Array& links) {
      links.string("a");
      links.object([](Object& link) { link.string("url", "b"); });
    });
    o.strings("tags", std::vector<std::string>{"p", "q"});
  });
  EXPECT_EQ(text, R"({"summary":"x","on":false,"count":-3,"weight":0.1000,"ready":{"a":1},)"
                  R"("source":{"label":"y"},"links":["a",{"url":"b"}],"tags":["p","q"]})");
}

TEST(JsonWriter, LeavesOutWhatIsEmptyWhereverItStands) {
  const auto empties = Document::parse(R"([null, "", [], {}])");
  ASSERT_TRUE(empties);
  const auto write_empties = [&](Object& o) {
    o.string("text", "");
    o.json("json", "");
    o.object("object", [](Object&) {});
    o.object("nested", [](Object& a) { a.array("b", [](Array& b) { b.object([](Object&) {}); }); });
    o.array("array", [](Array& a) { a.string(""); });
    o.strings("texts", std::vector<std::string>{});
    for (const View empty : empties->root().elements()) {
      o.value("value", empty);
      o.array("values", [&](Array& a) { a.value(empty); });
    }
  };
  EXPECT_EQ(object(write_empties), "{}");
  const std::string first = object([&](Object& o) {
    write_empties(o);
    o.string("a", "x");
  });
  EXPECT_EQ(first, R"({"a":"x"})");
  const std::string between = object([&](Object& o) {
    o.string("a", "x");
    write_empties(o);
    o.array("b", [&](Array& b) {
      b.object(write_empties);
      b.string("y");
      b.object(write_empties);
      b.object([&](Object& inner) {
        write_empties(inner);
        inner.boolean("c", true);
      });
    });
  });
  EXPECT_EQ(between, R"({"a":"x","b":["y",{"c":true}]})");
}

TEST(JsonWriter, WritesAnEmptyArrayOnlyWhenAsked) {
  EXPECT_EQ(object([](Object& o) { o.array_even_if_empty("cards", [](Array&) {}); }),
            R"({"cards":[]})");
  EXPECT_EQ(object([](Object& o) {
              o.array_even_if_empty("cards", [](Array& cards) { cards.string("x"); });
              o.string("b", "y");
            }),
            R"({"cards":["x"],"b":"y"})");
}

TEST(JsonWriter, EscapesWhatJsonDemands) {
  EXPECT_EQ(as_string("a\"b\\c/\b\f\n\r\t"), R"("a\"b\\c/\b\f\n\r\t")");
  EXPECT_EQ(as_string(std::string_view{"\0\x01\x1F\x7F", 4}), "\"\\u0000\\u0001\\u001F\x7F\"");
  EXPECT_EQ(as_string("é🦴"), "\"é🦴\"");
  EXPECT_EQ(as_string(""), R"("")");
}

TEST(JsonWriter, WhatItWritesParsesBackEqual) {
  std::string every_character;
  for (int c = 0; c < 0x80; ++c) {
    every_character += static_cast<char>(c);
  }
  for (const std::string& text : {every_character, std::string{"\xED\x9F\xBF\xEE\x80\x80"},
                                  std::string{"\xF4\x8F\xBF\xBF"}, std::string(5000, '"')}) {
    const auto document = Document::parse(as_string(text));
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(document->root().raw_text(), text);
  }
}

TEST(JsonWriter, ReplacesBytesThatAreNotUtf8) {
  const struct {
    const char* bytes;
    const char* text;
  } rows[] = {
      {"\xFF", "\xEF\xBF\xBD"},
      {"a\x80z", "a\xEF\xBF\xBDz"},
      {"\xC3", "\xEF\xBF\xBD"},
      {"\xC3(", "\xEF\xBF\xBD("},
      {"\xE2\x82", "\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"é\xF0\x9F\xA6", "é\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"\xFF🦴\xFF\"", "\xEF\xBF\xBD🦴\xEF\xBF\xBD\""},
  };
  for (const auto& [bytes, text] : rows) {
    const auto document = Document::parse(as_string(bytes));
    ASSERT_TRUE(document) << document.error().message;
    EXPECT_EQ(document->root().raw_text(), text);
  }
}

TEST(JsonWriter, CopiesAValueAsItWasRead) {
  for (const char* const text :
       {R"({"a":[1,-0.10,1E+2,true,false,null,"",[],{}],"b":{"c":"\u0000\n"}})", "[]", "{}", "1",
        R"("é")", R"([[[1],[]],{"":{}}])"}) {
    EXPECT_EQ(rewritten(text), text);
  }
  EXPECT_EQ(rewritten(" { \"a\" : [ 1 , \"\\u00e9\\/\" ] } "), "{\"a\":[1,\"é/\"]}");
}

}  // namespace
}  // namespace cdss::json
