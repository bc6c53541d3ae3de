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
inline constexpr std::string_view kCobalt = "5627-5";

inline constexpr std::string_view kGroinPain = "102570003";  // SNOMED CT
inline constexpr std::string_view kHipPain = "49218002";
inline constexpr std::string_view kLowBackPain = "279039007";
inline constexpr std::string_view kPelvicPain = "30473006";
inline constexpr std::string_view kThighPain = "78514002";
inline constexpr std::string_view kButtockPain = "279043006";
inline constexpr std::string_view kQuadrantPain = "301754002";
inline constexpr std::string_view kSciatica = "23056005";
inline constexpr std::string_view kKneePain = "1003722009";
inline constexpr std::string_view kFever = "386661006";
inline constexpr std::string_view kUnableToBearWeight = "285674009";
inline constexpr std::string_view kHipReplacement = "52734007";

/// A woman of 30.
inline constexpr std::string_view kWoman =
    R"({"resourceType":"Patient","id":"p","gender":"female","birthDate":"1996-05-01"})";

/// The condition as one that began so many days ago.
inline ConditionText began(ConditionText condition, int days_ago) {
  condition.more = R"("onsetDateTime":")" + day(days_ago) + '"';
  return condition;
}

/// The condition as one that was recorded so many days ago.
inline ConditionText recorded(ConditionText condition, int days_ago) {
  condition.more = R"("recordedDate":")" + day(days_ago) + '"';
  return condition;
}

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

inline std::string ids_of(const rules::Prompts& prompts) {
  std::string ids;
  for (const auto& prompt : prompts.fired) {
    ids += (ids.empty() ? "" : " ") + prompt.row->id;
  }
  return ids;
}

/// The red flags, then the prompts, of a record: "RF04 MM05".
inline std::string fired_of(const ReadRecord& read) {
  const auto flags = red_flags_of(read.facts());
  const auto prompts = ids_of(prompts_of(read.facts(), flags));
  const auto ids = ids_of(flags);
  return ids.empty() || prompts.empty() ? ids + prompts : ids + ' ' + prompts;
}

/// Cases of both, each beside a coded tendinitis of the psoas, so that prompts are asked.
inline void expect_prompts(std::span<const RedFlagCase> cases) {
  for (const auto& one : cases) {
    SCOPED_TRACE(one.evidence);
    RecordBuilder record;
    record.condition(icd("M76.11"));
    one.fill(record);
    EXPECT_EQ(fired_of(ReadRecord{record, one.patient}), one.fired);
  }
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
