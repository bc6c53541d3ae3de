#include "plugins/rules/facts/person.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::AgeScope;
using cdss::rules::Person;
using cdss::test::kToday;
using cdss::test::parsed;

Person read(std::string_view members) {
  const auto patient = parsed(R"({"resourceType":"Patient","id":"p")" + std::string{members} + '}');
  return cdss::rules::read_person(patient.root(), kToday);
}

TEST(Person, HasAnAgeInWholeYearsAsFarAsTheBirthDateTells) {
  const struct {
    const char* birth;
    int least;
    int most;
  } rows[] = {
      {"1975-11-21", 51, 51},  // today
      {"1975-11-22", 50, 50},  // tomorrow
      {"1975-11", 50, 51},    {"1975-10", 51, 51},  {"1975", 50, 51},
      {"1976-02-29", 50, 50}, {"2026-11-21", 0, 0}, {"2026", 0, 0},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.birth);
    const auto person = read(R"(,"birthDate":")" + std::string{row.birth} + '"');
    ASSERT_TRUE(person.age);
    EXPECT_EQ(person.age->least, row.least);
    EXPECT_EQ(person.age->most, row.most);
    EXPECT_TRUE(person.is_perhaps_at_least(row.most));
    EXPECT_FALSE(person.is_perhaps_at_least(row.most + 1));
    EXPECT_TRUE(person.is_perhaps_below(row.least + 1));
    EXPECT_FALSE(person.is_perhaps_below(row.least));
  }
}

TEST(Person, OfUnknownAgeIsNeitherOldNorYoung) {
  for (const char* members : {"", R"(,"birthDate":"2027-03-01")"}) {
    SCOPED_TRACE(members);
    const auto person = read(members);
    EXPECT_FALSE(person.age);
    EXPECT_FALSE(person.is_perhaps_at_least(0));
    EXPECT_FALSE(person.is_perhaps_below(120));
  }
  EXPECT_EQ(read("").scope, AgeScope::unknown);
  EXPECT_EQ(cdss::rules::read_person(std::nullopt, kToday).scope, AgeScope::unknown);
}

TEST(Person, IsReadWithGenderAndDeath) {
  const auto woman = read(R"(,"gender":"female","birthDate":"1976-05-01")");
  EXPECT_EQ(woman.gender, cdss::fhir::Gender::female);
  EXPECT_EQ(woman.scope, AgeScope::adult);
  EXPECT_FALSE(woman.is_deceased);
  EXPECT_EQ(read("").gender, cdss::fhir::Gender::absent);
  EXPECT_TRUE(read(R"(,"deceasedBoolean":true)").is_deceased);
  EXPECT_TRUE(read(R"(,"deceasedDateTime":"2026-01-02")").is_deceased);
  EXPECT_FALSE(read(R"(,"deceasedBoolean":false)").is_deceased);
}

}  // namespace
