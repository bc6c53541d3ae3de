#include <cstdlib>
#include <ctime>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/base/clock.hpp"
#include "core/base/uuid.hpp"

namespace cdss {
namespace {

TEST(Clock, GivesTheDayOfTheSitesTimeZone) {
  const char* const before = std::getenv("TZ");
  const std::string zone = before != nullptr ? before : "";
  const Clock& clock = Clock::system();
  // Fourteen hours ahead and twelve behind are never the same day.
  setenv("TZ", "AHEAD-14", 1);
  tzset();
  const auto ahead = clock.today();
  setenv("TZ", "BEHIND+12", 1);
  tzset();
  const auto behind = clock.today();
  if (before != nullptr) {
    setenv("TZ", zone.c_str(), 1);
  } else {
    unsetenv("TZ");
  }
  tzset();
  const auto apart = (ahead - behind).count();
  EXPECT_TRUE(apart == 1 || apart == 2) << apart;
}

TEST(Uuid, IsRandomOfVersionFour) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string uuid = new_uuid();
    ASSERT_TRUE(is_uuid(uuid)) << uuid;
    EXPECT_EQ(uuid[14], '4');
    EXPECT_NE(std::string{"89ab"}.find(uuid[19]), std::string::npos) << uuid;
    seen.insert(uuid);
  }
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(Uuid, IsKnownByItsShapeInAnyCaseAndVersion) {
  const struct {
    const char* text;
    bool is;
  } rows[] = {
      {"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea", true},
      {"D1577C69-DFBE-44AD-BA6D-3E05E953B2EA", true},
      {"00000000-0000-0000-0000-000000000000", true},
      {"d1577c69-dfbe-44ad-ba6d-3e05e953b2e", false},
      {"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea0", false},
      {"d1577c69adfbe-44ad-ba6d-3e05e953b2ea", false},
      {"d1577c69-dfbe-44ad-ba6d-3e05e953b2eg", false},
      {"d1577c69-dfbe-44ad-ba6d-3e05e953b2-a", false},
      {"{1577c69-dfbe-44ad-ba6d-3e05e953b2ea", false},
      {"", false},
  };
  for (const auto& [text, is] : rows) {
    EXPECT_EQ(is_uuid(text), is) << text;
  }
}

}  // namespace
}  // namespace cdss
