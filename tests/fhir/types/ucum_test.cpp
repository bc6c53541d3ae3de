#include "fhir/types/ucum.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdss::fhir {
namespace {

/// `number` of a UCUM unit in another; none when they do not measure the same.
std::optional<double> converted(double number, std::string_view from, std::string_view to) {
  const auto unit = UcumUnit::parse(from);
  const auto other = UcumUnit::parse(to);
  EXPECT_TRUE(unit) << from;
  EXPECT_TRUE(other) << to;
  if (!unit || !other || !unit->measures_as(*other)) {
    return std::nullopt;
  }
  return unit->convert(number, *other);
}

TEST(Ucum, ConvertsByDimension) {
  const struct {
    double number;
    const char *from, *to;
    double expected;
  } rows[] = {
      // mass in volume
      {186, "mg/L", "mg/L", 186},
      {18.6, "mg/dL", "mg/L", 186},
      {186, "ug/mL", "mg/L", 186},
      {186, "mg.L-1", "mg/L", 186},
      {0.186, "g/L", "mg/L", 186},
      {186000, "ng/mL", "mg/L", 186},
      {186, "g/m3", "mg/L", 186},
      {135, "g/L", "g/dL", 13.5},
      {13.5, "g/(100.mL)", "g/dL", 13.5},
      {13.5, "g/dL{hemoglobin}", "g/dL", 13.5},
      {7, "ug/L", "ng/mL", 7},
      // number in volume
      {11800, "/uL", "10*3/uL", 11.8},
      {11800, "{cells}/uL", "10*3/uL", 11.8},
      {11.8, "10*3/ul", "10*3/uL", 11.8},
      {11.8, "10^3/uL", "10*3/uL", 11.8},
      {11.8, "10*9/L", "10*3/uL", 11.8},
      {11800, "10*6/L", "10*3/uL", 11.8},
      {11.8, "/nL", "10*3/uL", 11.8},
      {11.8, "{leukocytes}/nL", "10*3/uL", 11.8},
      {11.8, "10*3/mm3", "10*3/uL", 11.8},
      {11800, "/mm3", "10*3/uL", 11.8},
      {11.8, "10*3.uL-1", "10*3/uL", 11.8},
      {11.8, "10*3{cells}/uL", "10*3/uL", 11.8},
      // sedimentation, filtration, rate
      {64, "mm/h", "mm/h", 64},
      {64, "mm/(1.h)", "mm/h", 64},
      {64, "mm.h-1", "mm/h", 64},
      {6.4, "cm/h", "mm/h", 64},
      {22, "mL/min", "mL/min/{1.73_m2}", 22},
      {22, "mL/min/{1.73m2}", "mL/min/{1.73_m2}", 22},
      {22, "ml/min", "mL/min", 22},
      {0.36, "mL/s", "mL/min", 21.6},
      {88, "/min", "/min", 88},
      {88, "1/min", "/min", 88},
      {88, "{beats}/min", "/min", 88},
      {88, "min-1", "/min", 88},
      {1.5, "Hz", "/min", 90},
      // temperature
      {38.5, "Cel", "Cel", 38.5},
      {101.8, "[degF]", "Cel", 38.777777777777779},
      {311.65, "K", "Cel", 38.5},
      {38.5, "Cel{oral}", "Cel", 38.5},
      // pressure
      {88, "mm[Hg]", "mm[Hg]", 88},
      {13.3322, "kPa", "mm[Hg]", 100},
      {0.133322, "bar", "mm[Hg]", 100},
      // numbers, time, length, mass
      {3.4, "{INR}", "1", 3.4},
      {3.4, "{ratio}", "{INR}", 3.4},
      {3.4, "1", "{INR}", 3.4},
      {6, "wk", "d", 42},
      {2, "a", "mo", 24},
      {1.5, "cm", "mm", 15},
      {1, "[in_i]", "mm", 25.4},
      {70, "kg", "g", 70000},
      {1, "U/L", "umol/min/L", 1},
      {48, "mmol/mol", "mmol/mol", 48},
  };
  for (const auto& [number, from, to, expected] : rows) {
    SCOPED_TRACE(std::string{from} + " in " + to);
    const auto found = converted(number, from, to);
    ASSERT_TRUE(found);
    EXPECT_NEAR(*found, expected, 1e-9);
  }
}

TEST(Ucum, KeepsApartWhatDoesNotMeasureTheSame) {
  const struct {
    const char *from, *to;
  } rows[] = {
      {"Cel", "mg/L"},   {"mg", "mg/L"},      {"mm", "mm/h"},          {"mm", "mm[Hg]"},
      {"%", "1"},        {"mmol/mol", "%"},   {"mmol/mol", "1"},       {"mmol/L", "mg/L"},
      {"[IU]/L", "U/L"}, {"mL/min/m2", "mL"}, {"mL/min/m2", "mL/min"}, {"K/uL", "10*3/uL"},
      {"10*3", "1"},     {"/10", "{score}"},  {"100", "{INR}"},        {"d", "1"},
      {"/L", "/min"},    {"g", "g/dL"},       {"mm[H2O]", "mm"},       {"K/min", "Cel"},
  };
  for (const auto& [from, to] : rows) {
    SCOPED_TRACE(std::string{from} + " in " + to);
    EXPECT_FALSE(converted(5, from, to));
  }
}

TEST(Ucum, RefusesWhatIsNoUnitOrNotKnown) {
  const struct {
    std::string text;
    Errc code;
  } rows[] = {
      {"", Errc::malformed},
      {"/", Errc::malformed},
      {"mg/", Errc::malformed},
      {"mg//L", Errc::malformed},
      {"mg L", Errc::unsupported},
      {" mg", Errc::unsupported},
      {"mg/L ", Errc::unsupported},
      {"(mg", Errc::malformed},
      {"mg)", Errc::malformed},
      {"()", Errc::malformed},
      {"{open", Errc::malformed},
      {"{a{b}}", Errc::malformed},
      {"close}", Errc::unsupported},
      {"m-", Errc::malformed},
      {"0", Errc::malformed},
      {"2m", Errc::malformed},
      {"1.73m2", Errc::malformed},
      {"103/uL", Errc::unsupported},
      {"109/L", Errc::unsupported},
      {"MG/L", Errc::unsupported},
      {"mmHg", Errc::unsupported},
      {"mm/hr", Errc::unsupported},
      {"kmin", Errc::unsupported},
      {"mCel", Errc::unsupported},
      {"Cel/h", Errc::unsupported},
      {"Cel2", Errc::unsupported},
      {"[degF", Errc::unsupported},
      {"[unknown]", Errc::unsupported},
      {"m31", Errc::out_of_range},
      {"m30.m30", Errc::out_of_range},
      {"1234567890", Errc::out_of_range},
      {"(((((m)))))", Errc::unsupported},
      {std::string(65, 'm'), Errc::unsupported},
  };
  for (const auto& [text, code] : rows) {
    SCOPED_TRACE(text);
    const auto unit = UcumUnit::parse(text);
    ASSERT_FALSE(unit);
    EXPECT_EQ(unit.error().code, code);
  }
}

TEST(Ucum, IsMeantByWhatPeopleWrite) {
  const struct {
    const char *text, *ucum;
  } rows[] = {
      {"degF", "[degF]"},
      {"\u00b0F", "[degF]"},
      {"F", "[degF]"},
      {"degrees Fahrenheit", "[degF]"},
      {"deg F", "[degF]"},
      {"degC", "Cel"},
      {"\u00b0C", "Cel"},
      {"C", "Cel"},
      {"degrees celsius", "Cel"},
      {"mm/hr", "mm/h"},
      {"MM/HR", "mm/h"},
      {"mm/1h", "mm/h"},
      {"mmHg", "mm[Hg]"},
      {"mm Hg", "mm[Hg]"},
      {"bpm", "/min"},
      {"beats/min", "/min"},
      {"K/uL", "10*3/uL"},
      {"k/\u00b5L", "10*3/uL"},
      {"K/mcL", "10*3/uL"},
      {"x10E3/uL", "10*3/uL"},
      {"10^3/uL", "10*3/uL"},
      {"x10^3/uL", "10*3/uL"},
      {"x 10\u00b3/\u00b5L", "10*3/uL"},
      {"thou/uL", "10*3/uL"},
      {"Thousand/uL", "10*3/uL"},
      {"103/uL", "10*3/uL"},
      {"x10(9)/L", "10*9/L"},
      {"\u00d710\u2079/L", "10*9/L"},
      {"109/L", "10*9/L"},
      {"10**9/L", "10*9/L"},
      {"G/L", "10*9/L"},
      {"Gpt/l", "10*9/L"},
      {"/mm\u00b3", "/uL"},
      {"/mm^3", "/uL"},
      {"cells/uL", "/uL"},
      {"MG/DL", "mg/dL"},
      {"\u03bcg/mL", "ug/mL"},
      {"mcg/mL", "ug/mL"},
      {"gm/dL", "g/dL"},
      {"mL/min/1.73m2", "mL/min"},
      {"mL/min/1.73 m2", "mL/min"},
      {"mL/min/1.73 m\u00b2", "mL/min"},
      {"mL/min/1.73m^2", "mL/min"},
      {"mL/min/1.73_m2", "mL/min"},
      {"mL/min/(173.10*-2.m2)", "mL/min"},
      {"ml/mn/1,73m2", "mL/min"},
      {"INR", "{INR}"},
      {"/10", "{score}"},
      {"weeks", "wk"},
  };
  for (const auto& [text, ucum] : rows) {
    SCOPED_TRACE(text);
    const auto found = ucum_of_spelling(text);
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, ucum);
    EXPECT_TRUE(UcumUnit::parse(*found));
  }
  for (const auto* text : {"", "sec", "mL/min/m2", "mg/kg", "positive", "mm/2h", "umol/L", "{"}) {
    EXPECT_FALSE(ucum_of_spelling(text)) << text;
  }
}

}  // namespace
}  // namespace cdss::fhir
