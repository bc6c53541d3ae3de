#include "core/json/document.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "core/base/text/utf8.hpp"

namespace cdss {
namespace {

/// The error of a text that must be refused; an empty one when it was accepted.
Error refusal_of(std::string text, Document::Limits limits = {}) {
  auto document = Document::parse(std::move(text), limits);
  if (document) {
    ADD_FAILURE() << "was accepted";
    return {};
  }
  return std::move(document).error();
}

std::string repeated(std::string_view part, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) {
    text += part;
  }
  return text;
}

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

TEST(Document, ReadsAnyValueAsRoot) {
  const struct {
    const char* text;
    cdss_kind kind;
  } rows[] = {
      {"null", cdss_null},       {"true", cdss_true},     {"false", cdss_false},
      {" 12 ", cdss_number},     {R"("x")", cdss_string}, {"[]", cdss_array},
      {"\t{}\r\n", cdss_object},
  };
  for (const auto& [text, kind] : rows) {
    SCOPED_TRACE(text);
    const auto document = Document::parse(text);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().kind(), kind);
  }
}

TEST(Document, ResolvesEscapes) {
  const auto document = Document::parse(R"(["\"\\\/\b\f\n\r\t", "\u00e9\ud83e\uddb4", "é🦴"])");
  ASSERT_TRUE(document) << document.error().message;
  std::string texts;
  for (const View element : document->root().elements()) {
    texts += std::string{*element.string()} + "|";
  }
  EXPECT_EQ(texts, "\"\\/\b\f\n\r\t|é🦴|é🦴|");
}

TEST(Document, RefusesMoreValuesThanTheLimit) {
  const std::string text = R"({"a":[1,null,"x"],"b":{}})";  // 8 values and names
  EXPECT_TRUE(Document::parse(text, {.nodes = 8}));
  for (const std::size_t most : {0, 1, 2, 3, 4, 5, 6, 7}) {
    SCOPED_TRACE(most);
    const Error error = refusal_of(text, {.nodes = most});
    EXPECT_EQ(error.code, Errc::out_of_range);
    EXPECT_EQ(error.message, "has more than " + std::to_string(most) + " values and member names");
    EXPECT_TRUE(error.where.starts_with("byte ")) << error.where;
  }
}

TEST(Document, RefusesABodyThatIsSmallValuesOnly) {
  const std::size_t most = Document::Limits{}.nodes;
  const std::string at_most = "[0" + repeated(",1", most - 2) + "]";  // and the array itself
  const auto document = Document::parse(at_most);
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->c_document().node_count, most);
  EXPECT_EQ(refusal_of("[0" + repeated(",1", most - 1) + "]").code, Errc::out_of_range);
}

TEST(Document, StaysReadableWhenMoved) {
  auto document = Document::parse(R"(["x"])");
  ASSERT_TRUE(document);
  const View before = *document->root().elements().begin();
  const Document moved = *std::move(document);
  EXPECT_EQ(*before.string(), "x");
  EXPECT_EQ(*(*moved.root().elements().begin()).string(), "x");
}

TEST(Document, KeepsTheDigitsOfANumberAsWritten) {
  const std::string long_digits = "0." + repeated("1234567890", 200);
  const std::string many_digits = repeated("9", 308);
  const std::string rows[] = {
      "0",
      "-0",
      "-0.0",
      "1E+2",
      "1e-400",
      "0.1000",
      "100.00",
      "9223372036854775808",
      "123456789012345678901234567890",
      "2.22507385850720113605740979670913197593481954635164564e-308",
      // Digits that end RapidJSON's full-precision reading in a buffer overrun or an assertion.
      long_digits,
      long_digits + "e-300",
      "0." + repeated("0", 800) + "1",
      many_digits,
      many_digits + "." + many_digits,
  };
  for (const auto& digits : rows) {
    SCOPED_TRACE(digits);
    const auto document = Document::parse("[" + digits + ",\"after\"]");
    ASSERT_TRUE(document) << document.error().message;
    const View number = *document->root().elements().begin();
    ASSERT_TRUE(number.number());
    EXPECT_EQ(*number.number(), digits);
  }
}

TEST(Document, RefusesNumbersBeyondADouble) {
  for (const std::string digits : {"1e400", "-1e400", "1e309", "1E+99999999999999999999"}) {
    SCOPED_TRACE(digits);
    const Error error = refusal_of("[" + digits + "]");
    EXPECT_EQ(error.code, Errc::malformed);
    EXPECT_TRUE(error.where.starts_with("byte ")) << error.where;
  }
}

TEST(Document, RefusesWhatIsNotUtf8) {
  const struct {
    const char* what;
    const char* bytes;
  } rows[] = {
      {"a lone continuation byte", "\x80"},
      {"a continuation byte too few", "\xC3"},
      {"a sequence cut by ASCII", "\xE2\x82 "},
      {"an overlong slash", "\xC0\xAF"},
      {"an overlong of three bytes", "\xE0\x80\xAF"},
      {"an overlong of four bytes", "\xF0\x80\x80\xAF"},
      {"a surrogate", "\xED\xA0\x80"},
      {"a code point beyond U+10FFFF", "\xF4\x90\x80\x80"},
      {"a five byte sequence", "\xF8\x88\x80\x80\x80"},
      {"0xFE", "\xFE"},
      {"0xFF", "\xFF"},
  };
  for (const auto& [what, bytes] : rows) {
    SCOPED_TRACE(what);
    EXPECT_EQ(refusal_of("[\"" + std::string{bytes} + "\"]").code, Errc::malformed);
    EXPECT_EQ(refusal_of("{\"" + std::string{bytes} + "\":1}").code, Errc::malformed);
    EXPECT_EQ(refusal_of("[1]" + std::string{bytes}).code, Errc::malformed);
  }
}

TEST(Document, SaysWhichByteIsNotUtf8) {
  const struct {
    const char* text;
    const char* where;
  } rows[] = {
      {"\xFF", "byte 0"},
      {"[\"a\x80\"]", "byte 3"},
      {"[\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\xA6\xB4\xC1\xBF\"]", "byte 11"},  // after good ones
      {"[\"\xC3\"]", "byte 2"},
      {"[\"\xE0\x9F\xBF\"]", "byte 2"},      // overlong
      {"[\"\xED\xA0\x80\"]", "byte 2"},      // a surrogate
      {"[\"\xF0\x8F\xBF\xBF\"]", "byte 2"},  // overlong
      {"[\"\xF4\x90\x80\x80\"]", "byte 2"},  // past U+10FFFF
      {"[\"\xE2\x82\"]", "byte 2"},
      {"[\"\xF0\x9F\xA6", "byte 2"},  // ends within a character
  };
  for (const auto& [text, where] : rows) {
    const auto error = refusal_of(text);
    EXPECT_EQ(error.where, where);
    EXPECT_EQ(error.message, "must be UTF-8");
  }
  EXPECT_EQ(first_invalid_utf8("a\xED\x9F\xBF\xEE\x80\x80\xF4\x8F\xBF\xBF"), 11U);
}

TEST(Document, RefusesAByteOrderMarkAndARawNul) {
  EXPECT_EQ(refusal_of("\xEF\xBB\xBF{}").where, "byte 0");
  EXPECT_EQ(refusal_of(std::string{"[1]\0", 4}).where, "byte 3");
  EXPECT_EQ(refusal_of(std::string{"[\"a\0b\"]", 7}).where, "byte 3");
  EXPECT_EQ(refusal_of(std::string{"\0", 1}).where, "byte 0");
}

TEST(Document, ReadsAnEscapedNulButGivesItToNoReader) {
  const auto document = Document::parse(R"({"a": "x\u0000y", "b": "x"})");
  ASSERT_TRUE(document);
  const auto text = document->root().at("a")->string();
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().code, Errc::malformed);
  EXPECT_EQ(text.error().where, "a");
  EXPECT_EQ(*document->root().at("b")->string(), "x");
}

TEST(Document, RefusesHalfASurrogatePair) {
  for (const char* const text :
       {R"(["\uDC00"])", R"(["\uD800"])", R"(["\uD800x"])", R"(["\uD800\uD800"])",
        R"(["\uD800\n"])", R"(["\uD800\u0041"])", R"(["\uDFFF\uD800"])", R"({"\uDC00": 1})",
        R"(["é\uDBFF"])", R"(["\uDc00"])"}) {
    SCOPED_TRACE(text);
    const Error error = refusal_of(text);
    EXPECT_EQ(error.code, Errc::malformed);
    EXPECT_TRUE(error.where.starts_with("byte ")) << error.where;
  }
}

TEST(Document, ReadsTheCharactersBesideTheSurrogates) {
  const auto document = Document::parse(R"(["\uD7FF\uE000", "\uDBFF\uDFFF", "\uFFFE"])");
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(*(*document->root().elements().begin()).string(), "\xED\x9F\xBF\xEE\x80\x80");
}

TEST(Document, RefusesAMemberNamedTwiceAndSaysWhich) {
  std::string many;
  for (int i = 0; i < 40; ++i) {
    many += std::string{"\"m"} + static_cast<char>('a' + i / 26) + static_cast<char>('a' + i % 26) +
            "\":0,";
  }
  const struct {
    std::string text;
    const char* where;
  } rows[] = {
      {R"({"a":1,"a":1})", "a"},
      {R"({"a":1,"\u0061":2})", "a"},
      {R"({"x":[0,{"b":{"c":1,"d":2,"c":3}}]})", "x[1].b.c"},
      {R"({"":1,"":2})", "?"},
      {R"({"Jane Roe":1,"Jane Roe":2})", "?"},
      {"{" + many + R"("mah":1})", "mah"},
      {"{" + many + R"("\u006Dbn":1})", "mbn"},
      {R"({"in":{)" + many + R"("z":{"q":1},"z":2}})", "in.z"},
      {R"([{"a\u0000":1,"a\u0000":2}])", "[0].?"},
  };
  for (const auto& [text, where] : rows) {
    SCOPED_TRACE(text);
    const Error error = refusal_of(text);
    EXPECT_EQ(error.code, Errc::malformed);
    EXPECT_EQ(error.where, where);
  }
}

TEST(Document, TellsNamesApartThatOnlyLookAlike) {
  std::string many;
  for (int i = 0; i < 40; ++i) {
    many += "\"" + repeated("a", static_cast<std::size_t>(i)) + "\":0,";
  }
  EXPECT_TRUE(Document::parse(R"({"a":1,"A":2,"a ":3,"a\u0000":4,"\u00e1":5,"a\u0301":6})"));
  EXPECT_TRUE(Document::parse("{" + many + R"("b":{"a":1,"aa":2},"c":{"a":1}})"));
}

TEST(Document, RefusesWhatIsLongerThanItsLimit) {
  const std::string text = "[" + repeated("1,", 10) + "1]";
  EXPECT_TRUE(Document::parse(text, {.bytes = text.size()}));
  EXPECT_EQ(refusal_of(text, {.bytes = text.size() - 1}).code, Errc::out_of_range);
}

TEST(Document, SaysAtWhichByteTheTextStopsBeingJson) {
  const struct {
    const char* text;
    const char* where;
  } rows[] = {
      {"", "byte 0"},        {"{\"a\":1,}", "byte 7"}, {"[1] [2]", "byte 4"}, {"[1,2", "byte 4"},
      {"{'a':1}", "byte 1"}, {"// no\n{}", "byte 0"},  {"[NaN]", "byte 1"},
  };
  for (const auto& [text, where] : rows) {
    SCOPED_TRACE(text);
    const Error error = refusal_of(text);
    EXPECT_EQ(error.code, Errc::malformed);
    EXPECT_EQ(error.where, where);
  }
}

TEST(Document, AnErrorNeverShowsWhatWasSent) {
  for (const char* const text : {R"({"Jane Roe 1970":1,"Jane Roe 1970":2})", R"({"a":"Jane Roe)",
                                 R"(["Jane" "Roe"])", R"({"Jane Roe":{"x":1,"x":2}})"}) {
    SCOPED_TRACE(text);
    const Error error = refusal_of(text);
    EXPECT_EQ((error.where + error.message).find("Jane"), std::string::npos);
    EXPECT_EQ((error.where + error.message).find("Roe"), std::string::npos);
  }
}

}  // namespace
}  // namespace cdss
