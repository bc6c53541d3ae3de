#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/rules/facts/facts.hpp"
#include "plugins/rules/ladder/ladder.hpp"
#include "tests/plugins/knowledge.hpp"

namespace cdss::test {

inline rules::StepDecision stand(const RecordBuilder& record, std::string_view patient = kMan,
                                 std::string_view left_out = {}) {
  const ReadRecord read{record, patient, left_out};
  const auto& facts = read.facts();
  const auto red_flags = red_flags_of(facts);
  return step_of(facts, red_flags, likelihood_of(facts, red_flags), safety_of(facts, red_flags));
}

inline std::string joined(const std::vector<std::string>& ids) {
  std::string text;
  for (const auto& id : ids) {
    text += (text.empty() ? "" : " ") + id;
  }
  return text;
}

/// "L2", "L2 blocked IJ05", "L1 needs pt_weeks crp unmet otc_tried".
inline std::string words_of(const rules::StepDecision& step_decision) {
  std::string text{to_string(step_decision.step)};
  const std::pair<const char*, const std::vector<std::string>&> lists[] = {
      {" blocked ", step_decision.blocked_by},
      {" needs ", step_decision.needed},
      {" unmet ", step_decision.unmet}};
  for (const auto& [word, ids] : lists) {
    text += ids.empty() ? "" : word + joined(ids);
  }
  return text;
}

/// Likely: groin pain, and three findings of the examination.
inline RecordBuilder likely() {
  return RecordBuilder{}
      .condition(snomed("102570003"))
      .item("resisted_hip_flexion_pain", "present")
      .item("iliopsoas_tenderness", "present")
      .item("pain_on_hip_flexor_stretch", "present");
}

/// Possible: groin pain, and one finding.
inline RecordBuilder possible() {
  return RecordBuilder{}
      .condition(snomed("102570003"))
      .item("resisted_hip_flexion_pain", "present");
}

inline RecordBuilder with_score(RecordBuilder record, std::string_view score) {
  return record.result("72514-3", score, "{score}");
}

/// Every condition of L3 for a native hip, with strong pain.
inline RecordBuilder ready(RecordBuilder record) {
  return with_score(std::move(record), "6")
      .item("pt_weeks", quantity("6", "wk"))
      .item("otc_tried", "true")
      .item("imaging_done", "true");
}

/// Every condition of L4 for a native hip.
inline RecordBuilder refractory(std::string_view weeks = "13") {
  return likely()
      .item("pt_weeks", quantity("6", "wk"))
      .item("duration_weeks", quantity(weeks, "wk"))
      .item("diagnostic_injection", "injection-positive")
      .item("imaging_done", "true");
}

inline RecordBuilder replaced(RecordBuilder record, int days_ago = 400) {
  return record.procedure(
      {std::string{kSnomedUri}, "52734007", R"("performedDateTime":")" + day(days_ago) + '"'});
}

inline RecordBuilder with_markers(RecordBuilder record, std::string_view crp = "3",
                                  std::string_view esr = "12") {
  return record.result("1988-5", crp, "mg/L").result("30341-2", esr, "mm/h");
}

}  // namespace cdss::test
