#include "plugins/treatment_escalation/daily_dose.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::fhir::CodeableConcept;
using cdss::test::parsed;
using cdss::treatment_escalation::most_mg_per_day;
using cdss::treatment_escalation::strength_mg;

TEST(DailyDose, IsTheHighestDoseAsOftenAsTheTimingAllows) {
  const std::string dose = R"("doseAndRate":[{"doseQuantity":{"value":1000,"unit":"mg"}}])";
  const auto every = [&](const char* hours) {
    return dose + R"(,"timing":{"repeat":{"frequency":1,"period":)" + hours +
           R"(,"periodUnit":"h"}})";
  };
  const struct {
    std::string instruction;
    double mg;  // 0: not said
  } rows[] = {
      {every("6"), 4000},
      {every("4"), 6000},
      {dose + R"(,"timing":{"repeat":{"frequency":4,"period":1,"periodUnit":"d"}})", 4000},
      {dose +
           R"(,"timing":{"repeat":{"frequency":3,"frequencyMax":5,"period":1,"periodUnit":"d"}})",
       5000},
      {dose + R"(,"timing":{"code":{"coding":[{"code":"QID"}]}})", 4000},
      {dose + R"(,"timing":{"code":{"text":"TID"}})", 3000},
      {dose + R"(,"timing":{"repeat":{"frequency":7,"period":1,"periodUnit":"wk"}})", 1000},
      {dose + R"(,"timing":{"repeat":{"frequency":1,"period":0,"periodUnit":"h"}})", 0},
      {dose, 0},
      {R"("timing":{"code":{"text":"TID"}})", 0},
      {R"("text":"1000 mg every 4 hours")", 0},
      {R"("doseAndRate":{"doseRange":{"low":{"value":500,"unit":"mg"},
          "high":{"value":1,"code":"g"}}},"timing":{"code":{"text":"QID"}})",
       4000},
      {R"("doseQuantity":{"value":650,"unit":"mg"},"timing":{"code":{"text":"Q4H"}})", 3900},
      {R"("doseAndRate":[{"doseQuantity":{"value":2,"unit":"tablet"}}],"timing":{"code":{"text":"Q4H"}})",
       3900},
      {R"("doseAndRate":[{"doseQuantity":{"value":5,"unit":"mL"}}],"timing":{"code":{"text":"Q4H"}})",
       0},
      {every("4") + R"(,"maxDosePerPeriod":{"numerator":{"value":3,"unit":"g"},
          "denominator":{"value":1,"unit":"d"}})",
       3000},
      {every("8") + R"(,"maxDosePerPeriod":{"numerator":{"value":4000,"unit":"mg"},
          "denominator":{"value":24,"code":"h"}})",
       3000},
      {R"("maxDosePerPeriod":{"numerator":{"value":5000,"unit":"mg"},
          "denominator":{"value":1,"unit":"d"}})",
       5000},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.instruction);
    for (const auto& order : {R"({"dosageInstruction":[{)" + row.instruction + "}]}",
                              R"({"dosageInstruction":{)" + row.instruction + "}}"}) {
      const auto document = parsed(order);
      EXPECT_NEAR(most_mg_per_day(document.root(), 325).value_or(0), row.mg, 0.001);
    }
  }
}

TEST(DailyDose, AddsInstructionsOfOneSequenceOnly) {
  const std::string one = R"("doseAndRate":[{"doseQuantity":{"value":1000,"unit":"mg"}}],
    "timing":{"code":{"text":"TID"}})";
  const auto together = parsed(R"({"dosageInstruction":[{)" + one + "},{" + one + "}]}");
  EXPECT_EQ(most_mg_per_day(together.root(), {}), 6000);
  const auto in_turn =
      parsed(R"({"dosageInstruction":[{"sequence":1,)" + one + R"(},{"sequence":2,)" + one + "}]}");
  EXPECT_EQ(most_mg_per_day(in_turn.root(), {}), 3000);
  const auto none = parsed("{}");
  EXPECT_FALSE(most_mg_per_day(none.root(), 325));
}

TEST(DailyDose, ReadsTheStrengthOfTheIngredient) {
  const struct {
    const char* text;
    double mg;  // 0: not said
  } rows[] = {
      {"Acetaminophen 325 MG Oral Tablet", 325},
      {"Hydrocodone Bitartrate 5 MG / Acetaminophen 300 MG Oral Tablet", 300},
      {"oxycodone-acetaminophen 5-325 mg", 325},
      {"Tylenol 500mg", 500},
      {"acetaminophen", 0},
      {"acetaminophen mg", 0},
      {"", 0},
  };
  for (const auto& row : rows) {
    const CodeableConcept medication{.codings = {}, .text = row.text};
    EXPECT_EQ(strength_mg(medication, {"acetaminophen"}).value_or(0), row.mg) << row.text;
    const CodeableConcept coded{.codings = {{.system = {}, .code = {}, .display = row.text}},
                                .text = {}};
    EXPECT_EQ(strength_mg(coded, {"acetaminophen"}).value_or(0), row.mg) << row.text;
  }
}

}  // namespace
