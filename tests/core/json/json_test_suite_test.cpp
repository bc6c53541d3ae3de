// All parsing files of JSONTestSuite (tests/data/json).

#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/json/document.hpp"

namespace cdss {
namespace {

enum class Verdict { accepted, refused };

struct Decision {
  Verdict verdict;
  std::string_view reason;
};

constexpr std::string_view kDigits =
    "numbers keep their digits, so precision and size do not matter";
constexpr std::string_view kTooBig = "no FHIR decimal is beyond 1e308, and no double could hold it";
constexpr std::string_view kHalfPair =
    "half of a surrogate pair is no character, so no UTF-8 spells it";
constexpr std::string_view kNotUtf8 = "RFC 8259 section 8.1: texts between systems are UTF-8";
constexpr std::string_view kTwice = "two values for one name: readers would differ on which counts";

/// What RFC 8259 leaves open, and the two files that we refuse although it allows them.
const std::map<std::string_view, Decision> kDecisions = {
    {"y_object_duplicated_key.json", {Verdict::refused, kTwice}},
    {"y_object_duplicated_key_and_value.json", {Verdict::refused, kTwice}},
    {"i_number_double_huge_neg_exp.json", {Verdict::accepted, kDigits}},
    {"i_number_huge_exp.json", {Verdict::refused, kTooBig}},
    {"i_number_neg_int_huge_exp.json", {Verdict::refused, kTooBig}},
    {"i_number_pos_double_huge_exp.json", {Verdict::refused, kTooBig}},
    {"i_number_real_neg_overflow.json", {Verdict::refused, kTooBig}},
    {"i_number_real_pos_overflow.json", {Verdict::refused, kTooBig}},
    {"i_number_real_underflow.json", {Verdict::accepted, kDigits}},
    {"i_number_too_big_neg_int.json", {Verdict::accepted, kDigits}},
    {"i_number_too_big_pos_int.json", {Verdict::accepted, kDigits}},
    {"i_number_very_big_negative_int.json", {Verdict::accepted, kDigits}},
    {"i_object_key_lone_2nd_surrogate.json", {Verdict::refused, kHalfPair}},
    {"i_string_1st_surrogate_but_2nd_missing.json", {Verdict::refused, kHalfPair}},
    {"i_string_1st_valid_surrogate_2nd_invalid.json", {Verdict::refused, kHalfPair}},
    {"i_string_UTF-16LE_with_BOM.json", {Verdict::refused, kNotUtf8}},
    {"i_string_UTF-8_invalid_sequence.json", {Verdict::refused, kNotUtf8}},
    {"i_string_UTF8_surrogate_U+D800.json", {Verdict::refused, kNotUtf8}},
    {"i_string_incomplete_surrogate_and_escape_valid.json", {Verdict::refused, kHalfPair}},
    {"i_string_incomplete_surrogate_pair.json", {Verdict::refused, kHalfPair}},
    {"i_string_incomplete_surrogates_escape_valid.json", {Verdict::refused, kHalfPair}},
    {"i_string_invalid_lonely_surrogate.json", {Verdict::refused, kHalfPair}},
    {"i_string_invalid_surrogate.json", {Verdict::refused, kHalfPair}},
    {"i_string_invalid_utf-8.json", {Verdict::refused, kNotUtf8}},
    {"i_string_inverted_surrogates_U+1D11E.json", {Verdict::refused, kHalfPair}},
    {"i_string_iso_latin_1.json", {Verdict::refused, kNotUtf8}},
    {"i_string_lone_second_surrogate.json", {Verdict::refused, kHalfPair}},
    {"i_string_lone_utf8_continuation_byte.json", {Verdict::refused, kNotUtf8}},
    {"i_string_not_in_unicode_range.json", {Verdict::refused, kNotUtf8}},
    {"i_string_overlong_sequence_2_bytes.json", {Verdict::refused, kNotUtf8}},
    {"i_string_overlong_sequence_6_bytes.json", {Verdict::refused, kNotUtf8}},
    {"i_string_overlong_sequence_6_bytes_null.json", {Verdict::refused, kNotUtf8}},
    {"i_string_truncated-utf-8.json", {Verdict::refused, kNotUtf8}},
    {"i_string_utf16BE_no_BOM.json", {Verdict::refused, kNotUtf8}},
    {"i_string_utf16LE_no_BOM.json", {Verdict::refused, kNotUtf8}},
    {"i_structure_500_nested_arrays.json", {Verdict::refused, "deeper than 64 levels"}},
    {"i_structure_UTF-8_BOM_empty_object.json",
     {Verdict::refused, "RFC 8259 section 8.1: no byte order mark is sent"}},
};

TEST(JsonTestSuite, EveryFileIsAcceptedOrRefusedAsDecided) {
  std::map<char, int> files;
  for (const auto& entry :
       std::filesystem::directory_iterator{CDSS_TEST_DATA "/json/test_parsing"}) {
    const std::string name = entry.path().filename().string();
    SCOPED_TRACE(name);
    ++files[name.front()];
    const auto decided = kDecisions.find(name);
    ASSERT_TRUE(decided != kDecisions.end() || name.front() != 'i') << "has no row in the table";
    const Decision expected =
        decided != kDecisions.end()
            ? decided->second
            : Decision{name.front() == 'y' ? Verdict::accepted : Verdict::refused, "RFC 8259"};
    auto bytes = read_file(entry.path());
    ASSERT_TRUE(bytes);
    const auto document = Document::parse(*std::move(bytes));
    EXPECT_EQ(document ? Verdict::accepted : Verdict::refused, expected.verdict)
        << expected.reason << (document ? "" : ": " + document.error().message);
  }
  EXPECT_EQ(files['y'], 95);
  EXPECT_EQ(files['n'], 188);
  EXPECT_EQ(files['i'], 35);
}

TEST(JsonTestSuite, ARefusalSaysWhereAndEchoesNothing) {
  for (const auto& entry :
       std::filesystem::directory_iterator{CDSS_TEST_DATA "/json/test_parsing"}) {
    auto bytes = read_file(entry.path());
    ASSERT_TRUE(bytes);
    const auto document = Document::parse(*std::move(bytes));
    if (document) {
      continue;
    }
    SCOPED_TRACE(entry.path().filename().string() + ": " + document.error().message);
    EXPECT_FALSE(document.error().message.empty());
    EXPECT_FALSE(document.error().message.ends_with('.'));
    EXPECT_TRUE(std::ranges::all_of(document.error().message,
                                    [](unsigned char c) { return c >= ' ' && c < 0x7F; }));
  }
}

}  // namespace
}  // namespace cdss
