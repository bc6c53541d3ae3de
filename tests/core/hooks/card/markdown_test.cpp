#include "core/hooks/card/markdown.hpp"

#include <gtest/gtest.h>

#include "core/hooks/card/links.hpp"

namespace cdss::hooks {
namespace {

#define ZWSP "\xE2\x80\x8B"

TEST(Markdown, CARD_06_EscapesWhatGfmOrHtmlActsOn) {
  const struct {
    const char* text;
    const char* escaped;
  } rows[] = {
      {"Total hip replacement (left)", "Total hip replacement (left)"},
      {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
      {"[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"},
      {"![x](data:a)", "!\\[x\\](data:a)"},
      {"a|b", "a\\|b"},
      {"*a* _b_ `c` ~~d~~", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"},
      {"a\\b", "a\\\\b"},
      {"&lt;b&gt;", "&amp;lt;b&amp;gt;"},
      {"# a # b", "\\# a # b"},
      {"- a - b", "\\- a - b"},
      {"+ a", "\\+ a"},
      {"===", "\\==="},
      {"> a", "&gt; a"},
      {"1. a 2. b", "1\\. a 2. b"},
      {"12) a", "12\\) a"},
      {"2024-05-01", "2024-05-01"},
      {"http://a.b https://c.d", "http:" ZWSP "//a.b https:" ZWSP "//c.d"},
      {"www.evil.com WWW.evil.com", "www" ZWSP ".evil.com WWW" ZWSP ".evil.com"},
      {"a@b.de", "a" ZWSP "@b.de"},
      {"Zoë\xE2\x80\x99s hip", "Zoë\xE2\x80\x99s hip"},
      {"", ""},
  };
  for (const auto& [text, escaped] : rows) {
    EXPECT_EQ(escape_markdown(text, 200), escaped);
  }
}

TEST(Markdown, MakesOneLineOfAnyText) {
  using std::string_view_literals::operator""sv;
  for (const auto text : {"a\nb"sv, "a\r\n\r\nb"sv, "a\tb"sv, "  a \x01\x02 b  "sv, "a\0b"sv,
                          "a\xC2\x85"
                          "b"sv,
                          "a\xE2\x80\xA8"
                          "b"sv,
                          "a\xE2\x80\xAE"
                          "b"sv,
                          "a\xC2\xA0"
                          "b"sv}) {
    EXPECT_EQ(escape_markdown(text, 10), "a b");
    EXPECT_EQ(plain_text(text, 10), "a b");
  }
}

TEST(Markdown, CutsByCodePointsWithAnEllipsis) {
  EXPECT_EQ(plain_text("abcdef", 6), "abcdef");
  EXPECT_EQ(plain_text("abcdefg", 6), "abcde…");
  EXPECT_EQ(plain_text("abc def", 5), "abc…");
  EXPECT_EQ(plain_text("\xF0\x9F\xA6\xB4\xF0\x9F\xA6\xB4\xF0\x9F\xA6\xB4", 2), "\xF0\x9F\xA6\xB4…");
  EXPECT_EQ(plain_text("abc   ", 3), "abc");
  EXPECT_EQ(plain_text("abc", 1), "…");
  EXPECT_EQ(escape_markdown("****", 3), "\\*\\*…");
  EXPECT_EQ(count_code_points(plain_text(std::string(500, 'x'), 139)), 139U);
}

TEST(Markdown, LeavesNoHtmlInPlainText) {
  EXPECT_EQ(plain_text("CRP <5, < 6", 50), "CRP <5, < 6");
  EXPECT_EQ(plain_text("<b>a</b><!--<?<", 50), "‹b>a‹/b>‹!--‹?‹");
}

TEST(Markdown, ReplacesWhatIsNoUtf8) {
  EXPECT_EQ(plain_text("a\xFF"
                       "b",
                       10),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(plain_text("a\xE2\x82", 10), "a\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(plain_text("\xC0\xAF", 10), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(plain_text("\xED\xA0\x80", 10), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Markdown, CARD_02_CountsCodePoints) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("aé€\xF0\x9F\xA6\xB4"), 4U);
}

TEST(Markdown, PassesItsOwnCheckWhateverTheRecordSays) {
  for (const auto* const text :
       {"<b>", "[a](http://x)", "http://evil.com", "www.evil.com", "[a]: http://x", "![](data:x)",
        "<http://x>", "\\[a](http://x)", "a\\", "x.www.y", "HTTPS://EVIL"}) {
    EXPECT_EQ(unsafe_markdown(escape_markdown(text, 100), {}), "") << text;
  }
}

TEST(UnsafeMarkdown, AcceptsPlainGfm) {
  const std::vector<std::string> hosts{"example.org", "localhost"};
  for (const auto* const text :
       {"", "**bold** and `code`", "| a | b |\n|---|---|\n| 1 | 2 |", "- a\n- b", "CRP < 5, ESR<20",
        "a <= b", "x [1] (see below)", "[guide](https://example.org/a)",
        "[g]( https://example.org/a )", "[g](https://example.org/a \"title\")",
        "see https://example.org/a.", "(https://example.org)",
        "[a](https://example.org)/[b](https://example.org)", "http://localhost:8080/x",
        "data: none; javascript: none", "a \\](b", "awww."}) {
    EXPECT_EQ(unsafe_markdown(text, hosts), "") << text;
  }
}

TEST(UnsafeMarkdown, LINK_10_RefusesHtmlAndOtherLinks) {
  const std::vector<std::string> hosts{"example.org"};
  for (const auto* const text : {"<b>",
                                 "</b>",
                                 "<!--x-->",
                                 "<?x?>",
                                 "<https://example.org>",
                                 "\\<b>",
                                 "`<b>`",
                                 "[a](http://example.org)",
                                 "[a](https://evil.com)",
                                 "[a](javascript:alert(1))",
                                 "[a](JaVaScRiPt:alert(1))",
                                 "[a](&#106;avascript:x)",
                                 "[a](data:text/html,x)",
                                 "[a](/rel)",
                                 "[a](#frag)",
                                 "[a]()",
                                 "[a](",
                                 "[a](\nhttps://evil.com)",
                                 "![a](https://evil.com/x.png)",
                                 "[a](https://example.org@evil.com)",
                                 "[a](https://example.org&#46;evil.com)",
                                 "[a](https://example.org\\.evil.com)",
                                 "https://example.org\\.evil.com",
                                 "https://example.org*.evil.com*",
                                 "[g](https://example.org)<b>",
                                 "[a]: https://example.org",
                                 "[a][b]\n\n[b]: /x",
                                 "\\\\[a](https://evil.com)",
                                 "[a\\\\](https://evil.com)",
                                 "https://evil.com",
                                 "see http://evil.com/x",
                                 "http\\://evil.com",
                                 "www.evil.com",
                                 "(www.evil.com)",
                                 "ftp://example.org",
                                 "1://2"}) {
    EXPECT_NE(unsafe_markdown(text, hosts), "") << text;
  }
}

}  // namespace
}  // namespace cdss::hooks
