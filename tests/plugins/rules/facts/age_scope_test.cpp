#include <gtest/gtest.h>

#include "plugins/rules/facts/person.hpp"

namespace {

using cdss::fhir::PartialDate;
using cdss::rules::AgeScope;
using std::chrono::sys_days;
using namespace std::chrono_literals;

TEST(AgeScope, BeginsAtTheEighteenthBirthdayReadCautiously) {
  const struct {
    const char* birth;
    sys_days today;
    AgeScope scope;
  } rows[] = {
      {"2008-11-21", 2026y / 11 / 21, AgeScope::adult},  // 18 today
      {"2008-11-22", 2026y / 11 / 21, AgeScope::minor},  // 18 tomorrow
      {"2008-11", 2026y / 11 / 21, AgeScope::minor},     // may be 18 tomorrow
      {"2008-10", 2026y / 11 / 21, AgeScope::adult},
      {"2008", 2026y / 11 / 21, AgeScope::minor},
      {"2008", 2026y / 12 / 31, AgeScope::adult},
      {"2008-02-29", 2026y / 2 / 28, AgeScope::minor},
      {"2008-02-29", 2026y / 3 / 1, AgeScope::adult},
      {"1950", 2026y / 11 / 21, AgeScope::adult},
      {"2030-01-01", 2026y / 11 / 21, AgeScope::minor},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.birth);
    EXPECT_EQ(cdss::rules::age_scope(*PartialDate::parse(row.birth), row.today), row.scope);
  }
  EXPECT_EQ(cdss::rules::age_scope(std::nullopt, 2026y / 11 / 21), AgeScope::unknown);
}

TEST(AgeScope, IsSurelyMinorOnlyWhenNoDayMakesAnAdult) {
  const struct {
    const char* birth;
    bool is_surely_minor;
  } rows[] = {
      {"2009", true},    {"2008", false},       {"2008-11", false},
      {"2008-12", true}, {"2008-11-21", false}, {"2008-11-22", true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.birth);
    EXPECT_EQ(cdss::rules::is_surely_minor(*PartialDate::parse(row.birth), 2026y / 11 / 21),
              row.is_surely_minor);
  }
}

}  // namespace
