#include "core/json/view.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json/document.hpp"

namespace cdss {
namespace {

using testing::ElementsAre;

Document parsed(std::string text) {
  auto document = Document::parse(std::move(text));
  EXPECT_TRUE(document) << document.error().message;
  return *std::move(document);
}

TEST(View, FindsMembersAndNothingElse) {
  const Document document = parsed(R"({"a": 1, "b": {"a": 2, "c": 3}, "": 4, "n": null})");
  const View root = document.root();
  EXPECT_EQ(*root.find("a")->number(), "1");
  EXPECT_EQ(*root.find("b")->find("a")->number(), "2");
  EXPECT_EQ(*root.find("")->number(), "4");
  EXPECT_TRUE(root.find("n")->is_null());
  EXPECT_FALSE(root.find("c")) << "is a member of a member";
  EXPECT_FALSE(root.find("a")->find("a")) << "a number has no members";
}

TEST(View, ListsChildrenInTheOrderWritten) {
  const Document document = parsed(R"({"z": [1, [2, 3], {"y": 4}], "a": {}, "m": "x"})");
  std::vector<std::string> names;
  for (const Member member : document.root().members()) {
    names.emplace_back(member.name);
  }
  EXPECT_THAT(names, ElementsAre("z", "a", "m"));
  std::vector<cdss_kind> kinds;
  for (const View element : document.root().find("z")->elements()) {
    kinds.push_back(element.kind());
  }
  EXPECT_THAT(kinds, ElementsAre(cdss_number, cdss_array, cdss_object));
  for (const View child : document.root().find("m")->elements()) {
    ADD_FAILURE() << "a string has no elements: " << child.node();
  }
  for (const Member member : document.root().find("z")->members()) {
    ADD_FAILURE() << "an array has no members: " << member.name;
  }
  EXPECT_EQ(document.root().size(), 3U);
  EXPECT_EQ(document.root().find("m")->size(), 0U);
}

TEST(View, KnowsThePathOfEveryValue) {
  const Document document =
      parsed(R"({"prefetch":{"a":{"entry":[{"id":"x"},{"id":"y","t":[[],[1,2]]}]}},"last":0})");
  const auto entry = document.root().find("prefetch")->find("a")->find("entry");
  ASSERT_TRUE(entry);
  std::vector<std::string> paths;
  for (const View element : entry->elements()) {
    paths.push_back(element.find("id")->path());
    if (const auto t = element.find("t")) {
      for (const View inner : t->elements()) {
        paths.push_back(inner.path());
        for (const View leaf : inner.elements()) {
          paths.push_back(leaf.path());
        }
      }
    }
  }
  EXPECT_THAT(paths, ElementsAre("prefetch.a.entry[0].id", "prefetch.a.entry[1].id",
                                 "prefetch.a.entry[1].t[0]", "prefetch.a.entry[1].t[1]",
                                 "prefetch.a.entry[1].t[1][0]", "prefetch.a.entry[1].t[1][1]"));
  EXPECT_EQ(document.root().path(), "");
  EXPECT_EQ(document.root().find("last")->path(), "last");
}

TEST(View, ShowsOnlyPlainNamesInAPath) {
  const std::string long_name(41, 'n');
  const std::string most(40, 'n');
  const struct {
    std::string name;
    const char* shown;
  } rows[] = {
      {"birthDate", "birthDate"},
      {"tls_key", "tls_key"},
      {"hip-replacement", "hip-replacement"},
      {"value$x", "value$x"},
      {most, most.c_str()},
      {"_birthDate", "?"},
      {"birthDate_", "?"},
      {"a--b", "?"},
      {"us..core", "?"},
      {"SSN-123-45-6789", "?"},
      {"p1", "?"},
      {"Jane Roe", "?"},
      {"é", "?"},
      {"", "?"},
      {"<script>", "?"},
      {"a\\n", "?"},
      {long_name, "?"},
  };
  for (const auto& [name, shown] : rows) {
    SCOPED_TRACE(name);
    const Document document = parsed(R"({"r": {")" + name + R"(": [0]}})");
    const Member member = *document.root().find("r")->members().begin();
    EXPECT_EQ(member.value.path(), std::string{"r."} + shown);
    EXPECT_EQ((*member.value.elements().begin()).path(), std::string{"r."} + shown + "[0]");
  }
  EXPECT_EQ(parsed("{}").root().error_at("Jane Roe", Errc::missing, "is required").where, "?");
}

TEST(View, ReadsWholeNumbers) {
  const struct {
    const char* digits;
    std::int64_t value;
  } rows[] = {{"0", 0},
              {"-0", 0},
              {"42", 42},
              {"9223372036854775807", std::numeric_limits<std::int64_t>::max()},
              {"-9223372036854775808", std::numeric_limits<std::int64_t>::min()}};
  for (const auto& [digits, value] : rows) {
    SCOPED_TRACE(digits);
    const Document document = parsed(digits);
    ASSERT_TRUE(document.root().integer());
    EXPECT_EQ(*document.root().integer(), value);
  }
}

TEST(View, RefusesNumbersThatAreNotWholeOrTooLarge) {
  const struct {
    const char* text;
    Errc code;
  } rows[] = {{"1.0", Errc::malformed},
              {"1e2", Errc::malformed},
              {"9223372036854775808", Errc::out_of_range},
              {"-9223372036854775809", Errc::out_of_range},
              {R"("1")", Errc::malformed},
              {"null", Errc::malformed}};
  for (const auto& [text, code] : rows) {
    SCOPED_TRACE(text);
    const Document document = parsed(text);
    const auto value = document.root().integer();
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().code, code);
  }
}

TEST(View, RefusesToReadOneKindAsAnother) {
  const Document document = parsed(R"({"values": [null, true, 1, "x", [], {}]})");
  const View values = *document.root().find("values");
  int strings = 0;
  int booleans = 0;
  int numbers = 0;
  for (const View value : values.elements()) {
    strings += value.string() ? 1 : 0;
    booleans += value.boolean() ? 1 : 0;
    numbers += value.number() ? 1 : 0;
    if (!value.is_object()) {
      const auto member = value.at("a");
      ASSERT_FALSE(member);
      EXPECT_EQ(member.error().code, Errc::malformed);
    }
  }
  EXPECT_EQ(strings, 1);
  EXPECT_EQ(booleans, 1);
  EXPECT_EQ(numbers, 1);
  const auto text = (*values.elements().begin()).string();
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().where, "values[0]");
  EXPECT_EQ(text.error().message, "must be a string");
}

TEST(View, TellsARequiredTextFromAMissingAndABlankOne) {
  const Document document = parsed(
      R"({"ok": " x ", "null": null, "number": 1, "empty": "", "blank": " \t\n", "nul": "\u0000"})");
  const View root = document.root();
  EXPECT_EQ(*root.required_string("ok"), " x ");
  EXPECT_EQ(root.required_string("absent").error().code, Errc::missing);
  EXPECT_EQ(root.required_string("absent").error().where, "absent");
  for (const char* const name : {"null", "number", "empty", "blank", "nul"}) {
    SCOPED_TRACE(name);
    const auto text = root.required_string(name);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, Errc::malformed);
    EXPECT_EQ(text.error().where, name);
  }
}

TEST(View, TellsAnOptionalTextFromABrokenOne) {
  const Document document = parsed(R"({"ok": "x", "null": null, "empty": "", "blank": " "})");
  const View root = document.root();
  EXPECT_EQ(**root.optional_string("ok"), "x");
  EXPECT_EQ(**root.optional_string("blank"), " ");
  ASSERT_TRUE(root.optional_string("absent"));
  EXPECT_FALSE(root.optional_string("absent")->has_value());
  EXPECT_FALSE(root.optional_string("null"));
  EXPECT_FALSE(root.optional_string("empty"));
}

TEST(View, GivesTolerantReadersWhatIsWellFormed) {
  const Document document = parsed(R"({"ok": "x", "null": null, "nul": "\u0000", "n": 1})");
  const View root = document.root();
  EXPECT_EQ(root.text_or_empty("ok"), "x");
  for (const char* const name : {"null", "nul", "n", "absent"}) {
    EXPECT_EQ(root.text_or_empty(name), "") << name;
  }
}

TEST(Error, GrowsItsPathFromOutside) {
  EXPECT_EQ(within("a.json", Error{Errc::missing, "listen.port", "x"}).where,
            "a.json: listen.port");
  EXPECT_EQ(within("a.json", Error{Errc::missing, "", "x"}).where, "a.json");
  EXPECT_EQ(within("clients", Error{Errc::missing, "[2]", "x"}).where, "clients[2]");
}

}  // namespace
}  // namespace cdss
