// The 24 written cases (synthetic, ours): the score, band, flag, red flags, safety rules and step
// that the rules were written to give.

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "plugins/rules/ladder/ladder.hpp"
#include "plugins/rules/safety/safety.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::View;
using cdss::test::day;
using cdss::test::ReadRecord;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;

int days_ago(View item) {
  const auto member = item.find("days_ago");
  return member ? static_cast<int>(*member->integer()) : 0;
}

/// The value as it stands in the vignette, in the form that the record gives it.
std::string answer(std::string_view id, View value) {
  if (value.is_boolean()) {
    return *value.boolean() ? "true" : "false";
  }
  if (value.is_number()) {
    const auto* item = ShippedRules::get().definitions().item(id);
    return R"("valueQuantity":{"value":)" + std::string{*value.number()} +
           R"(,"system":"http://unitsofmeasure.org","code":")" +
           (item == nullptr ? std::string{} : item->unit) + R"("})";
  }
  const std::string text{*value.string()};
  return text == "positive" || text == "negative" ? "injection-" + text : text;
}

void add_result(RecordBuilder& record, View item) {
  const auto code = item.text_or_empty("code");
  const View value = *item.find("value");
  if (value.is_number()) {
    record.result(code, *value.number(), item.text_or_empty("unit"), days_ago(item));
  } else {
    record.coded_result(code, *value.string() == "pregnant" ? "77386006" : "60001007",
                        days_ago(item));
  }
}

/// Of that age since May.
std::string patient_of(View vignette) {
  const View patient = *vignette.find("patient");
  const auto year = 2026 - *patient.find("age")->integer();
  return R"({"resourceType":"Patient","id":"p","gender":")" +
         std::string{patient.text_or_empty("sex")} + R"(","birthDate":")" + std::to_string(year) +
         R"(-05-01"})";
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
    } else if (type == "observation") {
      add_result(record, item);
    } else if (type == "medication") {
      record.medication(code);
    }
  }
  for (const char* group : {"exam", "history"}) {
    for (const auto& member : vignette.find(group)->members()) {
      const std::string value = answer(member.name, member.value);
      record.item(member.name,
                  value == "gradual" || value == "acute" || value == "sudden" || value == "subacute"
                      ? "onset-" + value
                      : value);
    }
  }
  return record;
}

std::vector<std::string> sorted(std::vector<std::string> ids) {
  std::ranges::sort(ids);
  return ids;
}

std::vector<std::string> expected_ids(View expected, std::string_view member) {
  std::vector<std::string> ids;
  for (const View id : expected.find(member)->elements()) {
    ids.emplace_back(*id.string());
  }
  return sorted(std::move(ids));
}

template <class Rows>
std::vector<std::string> found_ids(const Rows& rows) {
  std::vector<std::string> ids;
  for (const auto& one : rows) {
    ids.push_back(one.row->id);
  }
  return sorted(std::move(ids));
}

TEST(Vignettes, HaveWhatWasWritten) {
  const auto file = cdss::read_json_file(CDSS_TEST_DATA "/vignettes.json");
  ASSERT_TRUE(file);
  std::size_t read = 0;
  for (const View vignette : file->root().elements()) {
    SCOPED_TRACE(std::string{vignette.text_or_empty("id")});
    const View expected = *vignette.find("expected");
    const ReadRecord record{record_of(vignette), patient_of(vignette)};
    const auto& facts = record.facts();
    const auto red_flags = cdss::test::red_flags_of(facts);
    const auto likelihood = cdss::test::likelihood_of(facts, red_flags);
    EXPECT_EQ(likelihood.score.text(), *expected.find("suggested_score")->number());
    EXPECT_EQ(to_string(facts.hip.flag), expected.text_or_empty("tha_flag"));
    EXPECT_EQ(to_string(likelihood.band), expected.text_or_empty("band"));
    EXPECT_EQ(found_ids(red_flags.fired), expected_ids(expected, "red_flags"));
    EXPECT_FALSE(cdss::test::prompts_of(facts, red_flags).any());
    std::string caps;
    for (const auto& cap : likelihood.caps) {
      caps += cap.id;
    }
    EXPECT_EQ(caps, vignette.text_or_empty("id") == "V13" ? "RF01" : "");
    const auto safety = cdss::test::safety_of(facts, red_flags);
    EXPECT_EQ(found_ids(safety.found), expected_ids(expected, "safety_rules"));
    EXPECT_EQ(to_string(cdss::test::step_of(facts, red_flags, likelihood, safety).step),
              expected.text_or_empty("step"));
    ++read;
  }
  EXPECT_EQ(read, 24U);
}

}  // namespace
