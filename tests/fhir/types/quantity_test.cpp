#include "fhir/types/quantity.hpp"

#include <gtest/gtest.h>

#include "fhir/types/systems.hpp"
#include "tests/fhir/json.hpp"

namespace cdss::fhir {
namespace {

Quantity ucum(std::string_view value, std::string_view code) {
  Quantity quantity;
  quantity.value = value;
  quantity.system = kUcum;
  quantity.code = code;
  return quantity;
}

TEST(Quantity, ConvertsBetweenUnitsOfOneKind) {
  const struct {
    const char *value, *from, *to;
    double expected;
  } rows[] = {
      {"38.5", "Cel", "Cel", 38.5},
      {"98.6", "[degF]", "Cel", 37.0},
      {"-40", "[degF]", "Cel", -40.0},
      {"37", "Cel", "[degF]", 98.6},
      {"1.2", "mg/dL", "mg/L", 12.0},
      {"12", "mg/L", "mg/dL", 1.2},
      {"13.5", "g/dL", "g/L", 135.0},
      {"135", "g/L", "g/dL", 13.5},
      {"11800", "/uL", "10*3/uL", 11.8},
      {"11.8", "10*3/uL", "/uL", 11800.0},
      {"11.8", "10*9/L", "10*3/uL", 11.8},
      {"11.8", "10^3/uL", "10*9/L", 11.8},
      {"20", "mm/h", "mm/h", 20.0},
      {"59.5", "mL/min", "mL/min/{1.73_m2}", 59.5},
      {"2.5", "{INR}", "1", 2.5},
      {"2.5", "1", "{INR}", 2.5},
      {"7", "{score}", "1", 7.0},
      {"6", "wk", "d", 42.0},
      {"42", "d", "wk", 6.0},
      {"1.5", "cm", "mm", 15.0},
      {"1.20e2", "mm[Hg]", "mm[Hg]", 120.0},
      {"48", "mmol/mol", "mmol/mol", 48.0},
      {"6.5", "%", "%", 6.5},
  };
  for (const auto& [value, from, to, expected] : rows) {
    SCOPED_TRACE(std::string{value} + ' ' + from + " in " + to);
    const auto number = ucum(value, from).in(to);
    ASSERT_TRUE(number);
    EXPECT_NEAR(*number, expected, 1e-9);
  }
}

TEST(Quantity, ReadsUnitsAsPeopleWriteThem) {
  const struct {
    const char *value, *from, *to;
    double expected;
  } rows[] = {
      {"11.8", "K/uL", "10*3/uL", 11.8},
      {"120", "mmHg", "mm[Hg]", 120},
      {"101.8", "F", "Cel", 38.777777777778},
      {"38.5", "C", "Cel", 38.5},
      {"64", "mm/hr", "mm/h", 64},
      {"5", "MG/L", "mg/L", 5},
      {"5", "mg/L ", "mg/L", 5},
      {"7", "/10", "{score}", 7},
      {"22", "mL/min/1.73m2", "mL/min/{1.73_m2}", 22},
  };
  for (const auto& [value, from, to, expected] : rows) {
    SCOPED_TRACE(std::string{value} + ' ' + from + " in " + to);
    const auto coded = ucum(value, from).in(to);
    ASSERT_TRUE(coded);
    EXPECT_NEAR(*coded, expected, 1e-9);
    Quantity in_words;
    in_words.value = value;
    in_words.unit = from;
    const auto written = in_words.in(to);
    ASSERT_TRUE(written);
    EXPECT_NEAR(*written, expected, 1e-9);
  }
}

TEST(Quantity, DoesNotRoundAValueAskedForInItsOwnUnit) {
  const auto number = ucum("0.1", "mg/dL").in("mg/dL");
  ASSERT_TRUE(number);
  EXPECT_EQ(*number, 0.1);
}

TEST(Quantity, IsNotInterpretableInAUnitItDoesNotKnowOrOfAnotherKind) {
  const struct {
    const char *from, *to;
  } rows[] = {
      {"Cel", "mg/L"},    {"mmol/mol", "%"},  {"%", "mmol/mol"},
      {"%", "1"},         {"umol/L", "mg/L"}, {"mg/L", "umol/L"},
      {"mm", "mm/h"},     {"mm[Hg]", "mm"},   {"d", "1"},
      {"mg/L", ""},       {"mg/kg", "mg/L"},  {"nonsense", "mg/L"},
      {"mmol/L", "g/dL"}, {"10*-2", "{INR}"}, {"mL/min/m2", "mL/min/{1.73_m2}"},
  };
  for (const auto& [from, to] : rows) {
    SCOPED_TRACE(std::string{from} + " in " + to);
    const auto number = ucum("5", from).in(to);
    ASSERT_FALSE(number);
    EXPECT_EQ(number.error().code, Errc::unsupported);
    EXPECT_TRUE(number.error().message.starts_with("not interpretable"));
  }
}

TEST(Quantity, TakesTheUnitFromItsTextOnlyWhenNoSystemContradicts) {
  const struct {
    const char* json;
    const char* unit;
    bool known;
  } rows[] = {
      {R"({"value": 5, "unit": "mg/L"})", "mg/L", true},
      {R"({"value": 5, "code": "mg/L"})", "mg/L", true},
      {R"({"value": 5, "unit": "whatever", "system": "http://unitsofmeasure.org", "code": "mg/L"})",
       "mg/L", true},
      {R"({"value": 5, "unit": "mg/L", "system": "urn:oid:2.16.840.1.113883.6.8"})", "mg/L", true},
      {R"({"value": 5, "unit": "mg/L", "system": "http://snomed.info/sct", "code": "mg/L"})",
       "mg/L", false},
      {R"({"value": 5, "unit": "milligrams per litre"})", "mg/L", false},
      {R"({"value": 5})", "1", true},
      {R"({"value": 5})", "Cel", false},
  };
  for (const auto& [text, unit, known] : rows) {
    SCOPED_TRACE(text);
    const auto document = json(text);
    const auto quantity = read_quantity(document.root());
    ASSERT_TRUE(quantity);
    EXPECT_EQ(quantity->in(unit).has_value(), known);
  }
}

TEST(Quantity, IsReadFromATextWithAUnit) {
  const struct {
    const char* text;
    const char* value;
    Comparator comparator;
    const char* unit;
  } rows[] = {
      {">200 mg/L", "200", Comparator::greater, "mg/L"},
      {"> 200 mg/L", "200", Comparator::greater, "mg/L"},
      {"GT 200 mg/L", "200", Comparator::greater, "mg/L"},
      {"<5mg/L", "5", Comparator::less, "mg/L"},
      {"LT 0.5 mg/dL", "0.5", Comparator::less, "mg/dL"},
      {">= 90 mL/min/1.73m2", "90", Comparator::greater_or_equal, "mL/min/1.73m2"},
      {"\u2264 5 mg/L", "5", Comparator::less_or_equal, "mg/L"},
      {" 12.5 K/uL ", "12.5", Comparator::none, "K/uL"},
  };
  for (const auto& [text, value, comparator, unit] : rows) {
    SCOPED_TRACE(text);
    const auto read = quantity_in_words(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->value, value);
    EXPECT_EQ(read->comparator, comparator);
    EXPECT_EQ(read->unit, unit);
  }
  for (const auto* text :
       {"", "positive", ">200", "200", "> mg/L", "5,2 mg/L", "1,200 /uL", "1.2.3 mg/L", ".5 mg/L",
        "5. mg/L", "-5 mg/L", "<> 5 mg/L", "about 5 mg/L"}) {
    EXPECT_FALSE(quantity_in_words(text)) << text;
  }
}

TEST(Quantity, KeepsTheExactDigitsAndTheComparator) {
  const struct {
    const char* text;
    Comparator comparator;
  } rows[] = {
      {R"({"value": 0.50, "comparator": "<"})", Comparator::less},
      {R"({"value": 0.50, "comparator": "<="})", Comparator::less_or_equal},
      {R"({"value": 0.50, "comparator": ">="})", Comparator::greater_or_equal},
      {R"({"value": 0.50, "comparator": ">"})", Comparator::greater},
      {R"({"value": 0.50, "comparator": "ad"})", Comparator::adequate},
      {R"({"value": 0.50})", Comparator::none},
  };
  for (const auto& [text, comparator] : rows) {
    SCOPED_TRACE(text);
    const auto document = json(text);
    const auto quantity = read_quantity(document.root());
    ASSERT_TRUE(quantity);
    EXPECT_EQ(quantity->value, "0.50");
    EXPECT_EQ(quantity->comparator, comparator);
    EXPECT_EQ(quantity->has_comparator(), comparator != Comparator::none);
  }
}

TEST(Quantity, RefusesAValueThatIsNoNumberAndAnUnknownComparator) {
  for (const char* const text :
       {R"({"value": "5"})", R"({"value": 5, "comparator": "~"})", R"({"value": 5, "code": 1})",
        R"({"value": 5, "unit": []})", "5"}) {
    SCOPED_TRACE(text);
    const auto document = json(text);
    const auto quantity = read_quantity(document.root());
    ASSERT_FALSE(quantity);
    EXPECT_EQ(quantity.error().code, Errc::malformed);
  }
}

TEST(Quantity, WithoutAValueHasNoNumber) {
  const auto number = ucum("", "mg/L").in("mg/L");
  ASSERT_FALSE(number);
  EXPECT_EQ(number.error().code, Errc::missing);
}

}  // namespace
}  // namespace cdss::fhir
