#include "core/base/text/percent.hpp"

#include <gtest/gtest.h>

namespace cdss {
namespace {

TEST(Percent, IsDecodedOnceAndOnlyWhereItIsWhole) {
  const struct {
    const char* text;
    const char* decoded;
    bool whole;
  } rows[] = {
      {"", "", true},
      {"a", "a", true},
      {"%41%62", "Ab", true},
      {"a%7Cb%7cc", "a|b|c", true},
      {"%252e", "%2e", true},
      {"%", "%", false},
      {"%4", "%4", false},
      {"a%4", "a%4", false},
      {"%4g%41", "%4gA", false},
      {"%%41", "%A", false},
      {"%+1", "%+1", false},
      {"% 1", "% 1", false},
  };
  for (const auto& [text, decoded, whole] : rows) {
    SCOPED_TRACE(text);
    EXPECT_EQ(percent_decoded(text), decoded);
    EXPECT_EQ(has_whole_escapes(text), whole);
  }
  EXPECT_EQ(percent_decoded("%00%ff"), std::string("\0\xff", 2));
}

TEST(Percent, IsWrittenForAllThatIsNotPlain) {
  std::string out = "x=";
  append_percent_encoded(out, "aZ09-/|\xc3\xa4%", "-/");
  EXPECT_EQ(out, "x=aZ09-/%7C%C3%A4%25");
}

TEST(Percent, KnowsWhatAPathOrAQueryMayHave) {
  for (const char* text : {"", "/", "/a/b.c~d_e-f", "?a=b&c=%20", "/;,'()*+!$@:"}) {
    EXPECT_TRUE(is_path_or_query(text)) << text;
  }
  for (const char* text : {"a b", "a#b", "%4", "%zz", "a\\b", "<", ">", "\"", "^", "`", "{", "|",
                           "}", "[", "]", "\n", "\x7f", "\xc3\xa4"}) {
    EXPECT_FALSE(is_path_or_query(text)) << text;
  }
  EXPECT_FALSE(is_path_or_query(std::string_view{"\0", 1}));
}

}  // namespace
}  // namespace cdss
