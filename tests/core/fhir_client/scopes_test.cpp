#include "core/fhir_client/scopes.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdss::fhir_client {
namespace {

using Coverage = Scopes::Coverage;
constexpr auto kRead = Scopes::Interaction::read;
constexpr auto kSearch = Scopes::Interaction::search;

TEST(Scopes, FA_09_FA_10_ReadBothVersionsOfSmart) {
  const struct {
    const char* scope;
    Coverage read, search;  // of Condition
  } rows[] = {
      // version 1
      {"patient/Condition.read", Coverage::full, Coverage::full},
      {"user/Condition.read", Coverage::full, Coverage::full},
      {"system/Condition.read", Coverage::full, Coverage::full},
      {"patient/Condition.*", Coverage::full, Coverage::full},
      {"patient/*.read", Coverage::full, Coverage::full},
      {"patient/*.*", Coverage::full, Coverage::full},
      {"patient/Condition.write", Coverage::none, Coverage::none},
      {"patient/*.write", Coverage::none, Coverage::none},
      {"patient/Observation.read", Coverage::none, Coverage::none},
      {"patient/Observation.read patient/Condition.read", Coverage::full, Coverage::full},
      // version 2
      {"patient/Condition.rs", Coverage::full, Coverage::full},
      {"user/*.cruds", Coverage::full, Coverage::full},
      {"patient/Condition.r", Coverage::full, Coverage::none},
      {"patient/Condition.s", Coverage::none, Coverage::full},
      {"patient/Condition.r user/Condition.s", Coverage::full, Coverage::full},
      {"patient/Condition.cud", Coverage::none, Coverage::none},
      {"patient/Condition.rs?category=problem-list-item", Coverage::part, Coverage::part},
      {"patient/Condition.s?category=problem-list-item", Coverage::none, Coverage::part},
      {"patient/Condition.rs?category=a patient/Condition.rs", Coverage::full, Coverage::full},
      {"patient/Observation.rs?category=a", Coverage::none, Coverage::none},
      // both, and others beside them
      {"openid fhirUser launch/patient offline_access patient/Condition.rs user/Patient.read",
       Coverage::full, Coverage::full},
      {" \tpatient/Condition.rs\n ", Coverage::full, Coverage::full},
      // what grants nothing, beside a scope that grants something else
      {"patient/Patient.r patient/Condition.sr", Coverage::none, Coverage::none},
      {"patient/Patient.r patient/Condition.rr", Coverage::none, Coverage::none},
      {"patient/Patient.r patient/Condition.", Coverage::none, Coverage::none},
      {"patient/Patient.r patient/Condition", Coverage::none, Coverage::none},
      {"patient/Patient.r patient/condition.rs", Coverage::none, Coverage::none},
      {"patient/Patient.r patient/Condition.Read", Coverage::none, Coverage::none},
      {"patient/Patient.r patient/Condition.read?category=a", Coverage::none, Coverage::none},
      {"patient/Patient.r /Condition.rs", Coverage::none, Coverage::none},
      {"patient/Patient.r Patient/Condition.rs", Coverage::none, Coverage::none},
      {"patient/Patient.r group/Condition.rs", Coverage::none, Coverage::none},
      {"patient/Patient.r patient/ Condition.rs", Coverage::none, Coverage::none},
      // no SMART scope at all: nothing is clearly excluded
      {"patient/Condition.sr", Coverage::none, Coverage::none},
      {"patient/Condtion.read", Coverage::none, Coverage::none},
      {"", Coverage::full, Coverage::full},
      {"openid launch", Coverage::full, Coverage::full},
      {"https://ehr.example.org/scopes/all", Coverage::full, Coverage::full},
  };
  for (const auto& [scope, read, search] : rows) {
    SCOPED_TRACE(scope);
    const auto scopes = Scopes::parse(scope);
    EXPECT_EQ(scopes.cover("Condition", kRead), read);
    EXPECT_EQ(scopes.cover("Condition", kSearch, "patient=p1"), search);
  }
}

TEST(Scopes, FA_09_AFilterThatTheQueryHasTakesNothingFromIt) {
  const struct {
    const char* scope;
    const char* query;
    Coverage cover;
  } rows[] = {
      {"patient/Observation.rs?category=laboratory", "patient=p1&category=laboratory",
       Coverage::full},
      {"patient/Observation.rs?category=laboratory", "patient=p1", Coverage::part},
      {"patient/Observation.rs?category=laboratory", "patient=p1&category=exam", Coverage::part},
      {"patient/Observation.rs?category=http://x|exam&status=final",
       "patient=p1&status=final&category=http://x%7Cexam", Coverage::full},
      {"patient/Observation.rs?category=a&status=final", "patient=p1&category=a", Coverage::part},
      {"patient/Observation.rs?", "patient=p1", Coverage::full},
  };
  for (const auto& [scope, query, cover] : rows) {
    SCOPED_TRACE(std::string{scope} + ' ' + query);
    EXPECT_EQ(Scopes::parse(scope).cover("Observation", kSearch, query), cover);
  }
}

TEST(Scopes, ReadsNoMoreThanAThousand) {
  std::string text = "patient/Patient.r";
  for (int i = 0; i < 999; ++i) {
    text += " openid";
  }
  EXPECT_EQ(Scopes::parse(text + " patient/Condition.rs").cover("Condition", kRead),
            Coverage::none);
  EXPECT_EQ(Scopes::parse("patient/Condition.rs " + text).cover("Condition", kRead),
            Coverage::full);
}

}  // namespace
}  // namespace cdss::fhir_client
