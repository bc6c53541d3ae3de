#pragma once

#include <span>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "plugins/rules/red_flags/red_flags.hpp"
#include "plugins/rules/safety/safety.hpp"
#include "tests/plugins/knowledge.hpp"

namespace cdss::test {

inline constexpr std::string_view kEgfr = "98979-8";
inline constexpr std::string_view kPerSurface = "mL/min/{1.73_m2}";
inline constexpr std::string_view kCrp = "1988-5";
inline constexpr std::string_view kEsr = "30341-2";
inline constexpr std::string_view kPlatelets = "777-3";
inline constexpr std::string_view kPregnancyStatus = "82810-3";
inline constexpr std::string_view kPregnant = "77386006";
inline constexpr std::string_view kNotPregnant = "60001007";

inline rules::Safety safety_of(const RecordBuilder& record, std::string_view patient = kMan,
                               std::string_view left_out = {}) {
  const ReadRecord read{record, patient, left_out};
  return safety_of(read.facts(), red_flags_of(read.facts()));
}

/// "avoid", "caution", or "none" when the rule does not hold.
inline std::string effect_of(const rules::Safety& safety, std::string_view id) {
  for (const auto& one : safety.found) {
    if (one.row->id == id) {
      return std::string{to_string(one.effect)};
    }
  }
  return "none";
}

/// The rules that hold, in their order: "NS01 NS09".
inline std::string ids_of(const rules::Safety& safety) {
  std::string ids;
  for (const auto& one : safety.found) {
    ids += (ids.empty() ? "" : " ") + one.row->id;
  }
  return ids;
}

/// "NS01 avoid, NS09 caution".
inline std::string effects_of(const rules::Safety& safety) {
  std::string text;
  for (const auto& one : safety.found) {
    text += (text.empty() ? "" : ", ") + one.row->id + ' ' + std::string{to_string(one.effect)};
  }
  return text;
}

inline std::string person(std::string_view gender, std::string_view birth_date) {
  std::string text = R"({"resourceType":"Patient","id":"p")";
  if (!gender.empty()) {
    text += R"(,"gender":")" + std::string{gender} + '"';
  }
  if (!birth_date.empty()) {
    text += R"(,"birthDate":")" + std::string{birth_date} + '"';
  }
  return text + '}';
}

struct SafetyCase {
  const char* evidence;
  const char* id;
  const char* effect;
  void (*fill)(RecordBuilder&);
};

inline void expect_effects(std::span<const SafetyCase> cases) {
  for (const auto& one : cases) {
    SCOPED_TRACE(one.evidence);
    RecordBuilder record;
    one.fill(record);
    EXPECT_EQ(effect_of(safety_of(record), one.id), one.effect);
  }
}

}  // namespace cdss::test
