#include "fhir/types/value.hpp"

#include <gtest/gtest.h>

#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

/// What a value was read as, in short.
std::string shown(const Value& value) {
  struct {
    std::string operator()(std::monostate) { return "none"; }
    std::string operator()(bool b) { return b ? "true" : "false"; }
    std::string operator()(std::int64_t i) { return "integer " + std::to_string(i); }
    std::string operator()(std::string_view text) { return "text " + std::string{text}; }
    std::string operator()(PartialDate date) {
      return "days " + std::to_string((date.last_day() - date.first_day()).count() + 1);
    }
    std::string operator()(const Quantity& q) {
      return "quantity " + std::string{q.value} + ' ' + std::string{q.code};
    }
    std::string operator()(const CodeableConcept& c) {
      return "concept " + std::string{c.codings.empty() ? "" : c.codings[0].code};
    }
    std::string operator()(const OtherValue& other) { return "other " + std::string{other.type}; }
  } show;
  return std::visit(show, value);
}

TEST(Value, IsReadByTheTypeInItsName) {
  const struct {
    const char *suffix, *value, *expected;
  } rows[] = {
      {"Quantity", R"({"value": 6, "code": "wk"})", "quantity 6 wk"},
      {"CodeableConcept", R"({"coding": [{"code": "x"}]})", "concept x"},
      {"Coding", R"({"code": "x"})", "concept x"},
      {"String", R"("x")", "text x"},
      {"Uri", R"("urn:x")", "text urn:x"},
      {"Boolean", "true", "true"},
      {"Boolean", "false", "false"},
      {"Integer", "-3", "integer -3"},
      {"Decimal", "1.50", "quantity 1.50 "},
      {"DateTime", R"("2024-02")", "days 29"},
      {"Date", R"("2024-02-03")", "days 1"},
      {"Range", R"({"low": {"value": 1}})", "other Range"},
      {"SampledData", "{}", "other SampledData"},
      {"Time", R"("10:00:00")", "other Time"},
      {"Attachment", "{}", "other Attachment"},
      {"s", "{}", "none"},
      {"", "{}", "none"},
  };
  for (const auto& [suffix, value, expected] : rows) {
    SCOPED_TRACE(suffix);
    const auto document = json(value);
    const auto read = read_value(suffix, document.root());
    ASSERT_TRUE(read);
    EXPECT_EQ(shown(*read), expected);
    EXPECT_EQ(is_present(*read), std::string{expected} != "none");
  }
}

TEST(Value, RefusesAnotherJsonKindThanItsType) {
  const struct {
    const char *suffix, *value;
  } rows[] = {
      {"Quantity", "6"},     {"CodeableConcept", R"("x")"}, {"Coding", "[]"},
      {"String", "6"},       {"Boolean", R"("true")"},      {"Integer", "1.5"},
      {"Decimal", R"("1")"}, {"DateTime", R"("June")"},     {"Date", "2024"},
  };
  for (const auto& [suffix, value] : rows) {
    SCOPED_TRACE(suffix);
    const auto document = json(value);
    const auto read = read_value(suffix, document.root());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::malformed);
  }
}

}  // namespace
}  // namespace cdss::fhir
