#include "core/base/options.hpp"

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "core/json/document.hpp"

namespace cdss {
namespace {

enum class Colour { red, green, blue };

struct Settings {
  std::int64_t window_days = 90;
  bool show_always = false;
  std::string language = "en";
  std::string title;
  std::vector<std::string> names = {"a"};
  std::vector<std::string> languages;
  Colour colour = Colour::green;
  EnumSet<Colour> colours = {Colour::red};
};

constexpr std::string_view kLanguages[] = {"en", "de"};
constexpr std::string_view kColours[] = {"red", "green", "blue"};
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
    {.name = "names", .member = &Settings::names, .doc = "Any texts."},
    {.name = "languages",
     .member = &Settings::languages,
     .choices = kLanguages,
     .doc = "Languages to choose from."},
    {.name = "colour",
     .member = one_of<&Settings::colour>(),
     .choices = kColours,
     .doc = "One enumerator."},
    {.name = "colours",
     .member = some_of<&Settings::colours>(),
     .choices = kColours,
     .doc = "Some enumerators."},
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

TEST(Options, AreListsAndEnumeratorsToo) {
  const auto defaults = read("{}");
  ASSERT_TRUE(defaults);
  EXPECT_EQ(defaults->names, std::vector<std::string>{"a"});
  EXPECT_EQ(defaults->colour, Colour::green);
  EXPECT_EQ(defaults->colours, EnumSet<Colour>{Colour::red});
  const auto settings = read(
      R"({"names": ["b", "c"], "languages": ["de"], "colour": "blue", "colours": ["blue", "green"]})");
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->names, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(settings->languages, std::vector<std::string>{"de"});
  EXPECT_EQ(settings->colour, Colour::blue);
  EXPECT_FALSE(settings->colours.has(Colour::red)) << "a list replaces the default";
  EXPECT_TRUE(settings->colours.has(Colour::green));
  EXPECT_TRUE(settings->colours.has(Colour::blue));
  const auto none = read(R"({"names": [], "colours": []})");
  ASSERT_TRUE(none);
  EXPECT_TRUE(none->names.empty());
  EXPECT_TRUE(none->colours.empty());
}

TEST(Options, AreHeldToALongestList) {
  std::string list;
  for (int i = 0; i < 256; ++i) {
    list += (i == 0 ? "\"n" : ", \"n") + std::to_string(i) + '"';
  }
  EXPECT_TRUE(read(R"({"names": [)" + list + "]}"));
  const auto refused = read(R"({"names": [)" + list + R"(, "more"]})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::out_of_range);
}

TEST(Options, GoOnAfterAFaultWhenAllAreAskedFor) {
  const auto document = Document::parse(
      R"({"$schema": "s", "window_days": 0, "title": "kept", "windowDays": 9, "colour": "pink"})");
  ASSERT_TRUE(document);
  Settings settings;
  std::vector<Error> faults;
  read_options<Settings>(kOptions, document->root(), "$schema", settings, faults);
  ASSERT_EQ(faults.size(), 3U);
  EXPECT_EQ(faults[0].where, "window_days");
  EXPECT_EQ(faults[1].where, "windowDays");
  EXPECT_EQ(faults[2].where, "colour");
  EXPECT_EQ(settings.title, "kept");
  EXPECT_EQ(settings.window_days, 90);
}

TEST(Options, ShowWhatTheyHoldAsJsonWould) {
  const Settings settings;
  EXPECT_EQ(option_value(kOptions[0], settings), OptionValue{std::int64_t{90}});
  EXPECT_EQ(option_value(kOptions[1], settings), OptionValue{false});
  EXPECT_EQ(option_value(kOptions[2], settings), OptionValue{std::string{"en"}});
  EXPECT_EQ(option_value(kOptions[6], settings), OptionValue{std::string{"green"}});
  EXPECT_EQ(option_value(kOptions[7], settings), OptionValue{std::vector<std::string>{"red"}});
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
      {R"({"names": "a"})", Errc::malformed, "names"},
      {R"({"names": null})", Errc::malformed, "names"},
      {R"({"names": ["a", 1]})", Errc::malformed, "names[1]"},
      {R"({"names": ["a", " "]})", Errc::malformed, "names[1]"},
      {R"({"names": ["a", ""]})", Errc::malformed, "names[1]"},
      {R"({"names": ["a", "b", "a"]})", Errc::malformed, "names[2]"},
      {R"({"languages": ["en", "fr"]})", Errc::out_of_range, "languages[1]"},
      {R"({"colour": "Red"})", Errc::out_of_range, "colour"},
      {R"({"colour": 1})", Errc::malformed, "colour"},
      {R"({"colour": ["red"]})", Errc::malformed, "colour"},
      {R"({"colours": "red"})", Errc::malformed, "colours"},
      {R"({"colours": ["red", "pink"]})", Errc::out_of_range, "colours[1]"},
      {R"({"colours": ["red", "red"]})", Errc::malformed, "colours[1]"},
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
  const View colours = *document->root().find("colours");
  EXPECT_EQ(*colours.find("type")->string(), "array");
  EXPECT_EQ(colours.find("default")->size(), 1U);
  EXPECT_EQ(colours.find("items")->find("enum")->size(), 3U);
  EXPECT_TRUE(*colours.find("uniqueItems")->boolean());
  EXPECT_EQ(*document->root().find("colour")->find("default")->string(), "green");
  EXPECT_FALSE(document->root().find("languages")->find("default"));
}

}  // namespace
}  // namespace cdss
