#include "plugins/rules/orders/daily_dose.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::most_mg_per_day;
using cdss::test::parsed;

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
      {dose + R"(,"timing":{"repeat":{"frequency":4,"period":1,"periodUnits":"d"}})",
       4000},  // DSTU2
      {dose + R"(,"timing":{"repeat":{"frequency":1,"period":6,"periodUnits":"h"}})", 4000},
      {dose + R"(,"timing":{"repeat":{"frequency":4,"period":1,"periodUnits":"x"}})", 0},
      {R"("quantityQuantity":{"value":500,"unit":"mg"},"timing":{"code":{"text":"QID"}})", 2000},
      {every("6") + R"(,"maxDosePerPeriod":[{"numerator":{"value":3,"unit":"g"},
          "denominator":{"value":1,"unit":"d"}},{"numerator":{"value":14,"unit":"g"},
          "denominator":{"value":1,"unit":"wk"}}])",
       2000},  // R5
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
      {R"("doseQuantity":{"value":-650,"unit":"mg"},"timing":{"code":{"text":"Q4H"}})", 0},
      {R"("doseQuantity":{"value":0,"unit":"mg"},"timing":{"code":{"text":"Q4H"}})", 0},
      {dose + R"(,"timing":{"repeat":{"frequency":-4,"period":1,"periodUnit":"d"}})", 0},
      {dose + R"(,"timing":{"repeat":{"frequency":0,"period":1,"periodUnit":"d"}})", 0},
      {dose + R"(,"timing":{"repeat":{"frequency":4,"period":-1,"periodUnit":"d"}})", 0},
      {dose + R"(,"timing":{"repeat":{"timeOfDay":["08:00:00","20:00:00"],"period":1,
          "periodUnit":"d"}})",
       2000},
      {dose + R"(,"maxDosePerPeriod":{"numerator":{"value":-3,"unit":"g"},
          "denominator":{"value":1,"unit":"d"}})",
       0},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.instruction);
    for (const auto& order : {R"({"dosageInstruction":[{)" + row.instruction + "}]}",
                              R"({"dosage":[{)" + row.instruction + "}]}",
                              R"({"dosageInstruction":{)" + row.instruction + "}}"}) {
      const auto document = parsed(order);
      const auto daily = most_mg_per_day(document.root(), 325);
      EXPECT_EQ(daily.has_value(), row.mg > 0);
      if (daily) {
        EXPECT_NEAR(daily->mg, row.mg, 0.001);
        EXPECT_TRUE(daily->is_whole);
      }
    }
  }
}

TEST(DailyDose, FallsBackOnTheWordsOfAUnitWhoseCodeIsNotUnderstood) {
  const struct {
    const char* quantity;
    double mg;  // 0: not said
  } rows[] = {
      {R"("value":3,"unit":"tablet","system":"http://snomed.info/sct","code":"428673006")", 3900},
      {R"("value":3,"unit":"Capsules","code":"1")", 3900},
      {R"("value":1000,"unit":"tablet","code":"mg")", 4000},
      {R"("value":3,"unit":"spoon","code":"428673006")", 0},
  };
  for (const auto& row : rows) {
    const auto order = parsed(R"({"dosageInstruction":[{"timing":{"code":{"text":"QID"}},)"
                              R"("doseAndRate":[{"doseQuantity":{)" +
                              std::string{row.quantity} + "}}]}]}");
    const auto daily = most_mg_per_day(order.root(), 325);
    EXPECT_EQ(daily ? daily->mg : 0, row.mg) << row.quantity;
  }
}

TEST(DailyDose, OfACombinationIsALowerBoundWhereItIsToldInMg) {
  const auto of = [](const char* dose, const char* limit = "") {
    const auto order = parsed(R"({"dosageInstruction":[{"timing":{"code":{"text":"Q4H"}},)"
                              R"("doseAndRate":[{"doseQuantity":{)" +
                              std::string{dose} + "}}]" + limit + "}]}");
    return most_mg_per_day(order.root(), 325, true);
  };
  const auto in_mg = of(R"("value":20,"unit":"mg")");
  EXPECT_EQ(in_mg->mg, 120);
  EXPECT_FALSE(in_mg->is_whole);
  const auto in_tablets = of(R"("value":2,"unit":"tablet")");
  EXPECT_EQ(in_tablets->mg, 3900);
  EXPECT_TRUE(in_tablets->is_whole);
  const auto limited = of(R"("value":2,"unit":"tablet")",
                          R"(,"maxDosePerPeriod":{"numerator":{"value":60,"unit":"mg"},
                             "denominator":{"value":1,"unit":"d"}})");
  EXPECT_FALSE(limited->is_whole);
}

TEST(DailyDose, AddsInstructionsOfOneSequenceOnly) {
  const std::string one = R"("doseAndRate":[{"doseQuantity":{"value":1000,"unit":"mg"}}],
    "timing":{"code":{"text":"TID"}})";
  const auto together = parsed(R"({"dosageInstruction":[{)" + one + "},{" + one + "}]}");
  EXPECT_EQ(most_mg_per_day(together.root(), {})->mg, 6000);
  const auto in_turn =
      parsed(R"({"dosageInstruction":[{"sequence":1,)" + one + R"(},{"sequence":2,)" + one + "}]}");
  EXPECT_EQ(most_mg_per_day(in_turn.root(), {})->mg, 3000);
  const auto none = parsed("{}");
  EXPECT_FALSE(most_mg_per_day(none.root(), 325));
}

TEST(DailyDose, IsALowerBoundWhenAPartOfItIsNotKnown) {
  const std::string one = R"({"doseAndRate":[{"doseQuantity":{"value":500,"unit":"mg"}}],
    "timing":{"code":{"text":"TID"}}})";
  const std::string limited = R"({"doseAndRate":[{"doseQuantity":{"value":500,"unit":"mg"}},
    {"doseQuantity":{"value":9,"unit":"mL"}}],"timing":{"code":{"text":"TID"}},
    "maxDosePerPeriod":{"numerator":{"value":3,"unit":"g"},"denominator":{"value":1,"unit":"d"}}})";
  const struct {
    std::string instructions;
    double mg;
    bool is_whole;
  } rows[] = {
      {one, 1500, true},
      {one + "," + one, 3000, true},
      {one + R"(,{"text":"and 1000 mg at night"})", 1500, false},
      {R"({"sequence":2,"text":"as before"},)" + one, 1500, false},
      {one + ",null", 1500, false},
      {R"({"doseAndRate":[{"doseQuantity":{"value":500,"unit":"mg"}},
          {"doseQuantity":{"value":9,"unit":"mL"}}],"timing":{"code":{"text":"TID"}}})",
       1500, false},
      {limited, 3000, true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.instructions);
    const auto order = parsed(R"({"dosageInstruction":[)" + row.instructions + "]}");
    const auto daily = most_mg_per_day(order.root(), {});
    ASSERT_TRUE(daily);
    EXPECT_EQ(daily->mg, row.mg);
    EXPECT_EQ(daily->is_whole, row.is_whole);
  }
}

}  // namespace
