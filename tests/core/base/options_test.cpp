#include "core/base/options.hpp"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "core/base/document.hpp"

namespace cdss {
namespace {

struct Settings {
  std::int64_t window_days = 90;
  bool show_always = false;
  std::string language = "en";
  std::string title;
};

constexpr std::string_view kLanguages[] = {"en", "de"};
constexpr Option<Settings> kOptions[] = {
    {.name = "window_days",
     .member = &Settings::window_days,
     .unit = "d",
     .min = 1,
     .max = 3650,
     .doc = "How far back to look.",
     .source = "S2-06"},
    {.name = "show_always", .member = &Settings::show_always, .doc = "Show it always."},
    {.name = "language",
     .member = &Settings::language,
     .choices = kLanguages,
     .doc = "Language of the text."},
    {.name = "title", .member = &Settings::title, .doc = "Any text."},
};

Result<Settings> read(std::string text) {
  const auto document = Document::parse(std::move(text));
  EXPECT_TRUE(document);
  return read_options<Settings>(kOptions, document->root());
}

TEST(Options, AreTheDefaultsUnlessSaid) {
  const auto settings = read("{}");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->window_days, 90);
  EXPECT_FALSE(settings->show_always);
  EXPECT_EQ(settings->language, "en");
}

TEST(Options, AreReadFromTheirMembers) {
  const auto settings =
      read(R"({"window_days": 3650, "show_always": true, "language": "de", "title": "x"})");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->window_days, 3650);
  EXPECT_TRUE(settings->show_always);
  EXPECT_EQ(settings->language, "de");
  EXPECT_EQ(settings->title, "x");
}

TEST(Options, RefuseWhatTheirRowDoesNotAllow) {
  const struct {
    const char* text;
    Errc code;
    const char* where;
  } rows[] = {
      {R"({"window_days": 0})", Errc::out_of_range, "window_days"},
      {R"({"window_days": 3651})", Errc::out_of_range, "window_days"},
      {R"({"window_days": 1.5})", Errc::malformed, "window_days"},
      {R"({"window_days": "9"})", Errc::malformed, "window_days"},
      {R"({"window_days": null})", Errc::malformed, "window_days"},
      {R"({"show_always": 1})", Errc::malformed, "show_always"},
      {R"({"language": "fr"})", Errc::out_of_range, "language"},
      {R"({"windowDays": 9})", Errc::unsupported, "windowDays"},
      {R"([])", Errc::malformed, ""},
      {R"(null)", Errc::malformed, ""},
  };
  for (const auto& [text, code, where] : rows) {
    SCOPED_TRACE(text);
    const auto settings = read(text);
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().code, code);
    EXPECT_EQ(settings.error().where, where);
  }
  EXPECT_EQ(read(R"({"language": "fr"})").error().message, "must be one of en, de");
  EXPECT_EQ(read(R"({"window_days": 0})").error().message, "must be from 1 to 3650");
}

TEST(Options, DescribeThemselvesAsASchema) {
  const std::string text =
      json::object([](json::Object& o) { declare_options<Settings>(o, kOptions); });
  const auto document = Document::parse(text);
  ASSERT_TRUE(document);
  const View window = *document->root().find("window_days");
  EXPECT_EQ(*window.find("type")->string(), "integer");
  EXPECT_EQ(*window.find("default")->integer(), 90);
  EXPECT_EQ(*window.find("minimum")->integer(), 1);
  EXPECT_EQ(*window.find("maximum")->integer(), 3650);
  EXPECT_EQ(*window.find("unit")->string(), "d");
  EXPECT_EQ(*window.find("source")->string(), "S2-06");
  EXPECT_EQ(document->root().find("language")->find("enum")->size(), 2U);
  EXPECT_FALSE(*document->root().find("show_always")->find("default")->boolean());
}

}  // namespace
}  // namespace cdss
