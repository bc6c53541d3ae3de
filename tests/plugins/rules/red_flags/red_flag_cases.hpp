#pragma once

#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "plugins/rules/red_flags/red_flags.hpp"
#include "tests/plugins/knowledge.hpp"

namespace cdss::test {

inline constexpr std::string_view kTemperature = "8310-5";  // LOINC
inline constexpr std::string_view kPulse = "8867-4";
inline constexpr std::string_view kSystolic = "8480-6";
inline constexpr std::string_view kCrp = "1988-5";
inline constexpr std::string_view kEsr = "30341-2";
inline constexpr std::string_view kWbc = "6690-2";
inline constexpr std::string_view kHaemoglobin = "718-7";
inline constexpr std::string_view kInr = "34714-6";

inline constexpr std::string_view kGroinPain = "102570003";  // SNOMED CT
inline constexpr std::string_view kHipPain = "49218002";
inline constexpr std::string_view kLowBackPain = "279039007";
inline constexpr std::string_view kPelvicPain = "30473006";
inline constexpr std::string_view kKneePain = "1003722009";
inline constexpr std::string_view kFever = "386661006";
inline constexpr std::string_view kUnableToBearWeight = "285674009";
inline constexpr std::string_view kHipReplacement = "52734007";

/// A woman of 30.
inline constexpr std::string_view kWoman =
    R"({"resourceType":"Patient","id":"p","gender":"female","birthDate":"1996-05-01"})";

/// Adds a total hip replacement of so many days ago.
inline void replace_hip(RecordBuilder& record, int days_ago) {
  record.procedure({.system = std::string{kSnomedUri},
                    .code = std::string{kHipReplacement},
                    .performed = R"("performedDateTime":")" + day(days_ago) + '"'});
}

/// Adds pain in the groin and warfarin.
inline void bleeding_risk(RecordBuilder& record) {
  record.condition(snomed(kGroinPain)).medication("11289");
}

/// A record, and every red flag that fires on it.
struct RedFlagCase {
  const char* evidence;
  const char* fired;  ///< all of them in their order: "RF01 RF07"; empty for none
  void (*fill)(RecordBuilder&);
  std::string_view patient = kMan;
};

inline std::string ids_of(const rules::RedFlags& flags) {
  std::string ids;
  for (const auto& flag : flags.fired) {
    ids += (ids.empty() ? "" : " ") + flag.row->id;
  }
  return ids;
}

inline void expect_red_flags(std::span<const RedFlagCase> cases) {
  for (const auto& one : cases) {
    SCOPED_TRACE(one.evidence);
    RecordBuilder record;
    one.fill(record);
    const ReadRecord read{record, one.patient};
    const auto flags = red_flags_of(read.facts());
    EXPECT_EQ(ids_of(flags), one.fired);
    for (const auto& flag : flags.fired) {
      EXPECT_FALSE(flag.reasons.empty());
    }
  }
}

}  // namespace cdss::test
