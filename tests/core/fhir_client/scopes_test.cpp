#include "core/fhir_client/scopes.hpp"

#include <string>

#include <gtest/gtest.h>

namespace cdss::fhir_client {
namespace {

using Cover = Scopes::Cover;
constexpr auto kRead = Scopes::Interaction::read;
constexpr auto kSearch = Scopes::Interaction::search;

TEST(Scopes, FA_09_FA_10_ReadBothVersionsOfSmart) {
  const struct {
    const char* scope;
    Cover read, search;  // of Condition
  } rows[] = {
      // version 1
      {"patient/Condition.read", Cover::full, Cover::full},
      {"user/Condition.read", Cover::full, Cover::full},
      {"system/Condition.read", Cover::full, Cover::full},
      {"patient/Condition.*", Cover::full, Cover::full},
      {"patient/*.read", Cover::full, Cover::full},
      {"patient/*.*", Cover::full, Cover::full},
      {"patient/Condition.write", Cover::none, Cover::none},
      {"patient/*.write", Cover::none, Cover::none},
      {"patient/Observation.read", Cover::none, Cover::none},
      {"patient/Observation.read patient/Condition.read", Cover::full, Cover::full},
      // version 2
      {"patient/Condition.rs", Cover::full, Cover::full},
      {"user/*.cruds", Cover::full, Cover::full},
      {"patient/Condition.r", Cover::full, Cover::none},
      {"patient/Condition.s", Cover::none, Cover::full},
      {"patient/Condition.r user/Condition.s", Cover::full, Cover::full},
      {"patient/Condition.cud", Cover::none, Cover::none},
      {"patient/Condition.rs?category=problem-list-item", Cover::part, Cover::part},
      {"patient/Condition.s?category=problem-list-item", Cover::none, Cover::part},
      {"patient/Condition.rs?category=a patient/Condition.rs", Cover::full, Cover::full},
      {"patient/Observation.rs?category=a", Cover::none, Cover::none},
      // both, and others beside them
      {"openid fhirUser launch/patient offline_access patient/Condition.rs user/Patient.read",
       Cover::full, Cover::full},
      {" \tpatient/Condition.rs\n ", Cover::full, Cover::full},
      // what grants nothing, beside a scope that grants something else
      {"patient/Patient.r patient/Condition.sr", Cover::none, Cover::none},
      {"patient/Patient.r patient/Condition.rr", Cover::none, Cover::none},
      {"patient/Patient.r patient/Condition.", Cover::none, Cover::none},
      {"patient/Patient.r patient/Condition", Cover::none, Cover::none},
      {"patient/Patient.r patient/condition.rs", Cover::none, Cover::none},
      {"patient/Patient.r patient/Condition.Read", Cover::none, Cover::none},
      {"patient/Patient.r patient/Condition.read?category=a", Cover::none, Cover::none},
      {"patient/Patient.r /Condition.rs", Cover::none, Cover::none},
      {"patient/Patient.r Patient/Condition.rs", Cover::none, Cover::none},
      {"patient/Patient.r group/Condition.rs", Cover::none, Cover::none},
      {"patient/Patient.r patient/ Condition.rs", Cover::none, Cover::none},
      // no SMART scope at all: nothing is clearly excluded
      {"patient/Condition.sr", Cover::none, Cover::none},
      {"patient/Condtion.read", Cover::none, Cover::none},
      {"", Cover::full, Cover::full},
      {"openid launch", Cover::full, Cover::full},
      {"https://ehr.example.org/scopes/all", Cover::full, Cover::full},
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
    Cover cover;
  } rows[] = {
      {"patient/Observation.rs?category=laboratory", "patient=p1&category=laboratory", Cover::full},
      {"patient/Observation.rs?category=laboratory", "patient=p1", Cover::part},
      {"patient/Observation.rs?category=laboratory", "patient=p1&category=exam", Cover::part},
      {"patient/Observation.rs?category=http://x|exam&status=final",
       "patient=p1&status=final&category=http://x%7Cexam", Cover::full},
      {"patient/Observation.rs?category=a&status=final", "patient=p1&category=a", Cover::part},
      {"patient/Observation.rs?", "patient=p1", Cover::full},
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
  EXPECT_EQ(Scopes::parse(text + " patient/Condition.rs").cover("Condition", kRead), Cover::none);
  EXPECT_EQ(Scopes::parse("patient/Condition.rs " + text).cover("Condition", kRead), Cover::full);
}

}  // namespace
}  // namespace cdss::fhir_client
