#include "plugins/rules/orders/order_rules.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::Errc;
using cdss::Result;
using cdss::rules::OrderRules;
using cdss::test::parsed;
using cdss::test::ShippedRules;

/// A small file with one row of conflicts.
std::string file(const std::string& conflict) {
  const auto lists = [](std::initializer_list<const char*> names) {
    std::string all;
    for (const char* name : names) {
      all += (all.empty() ? "\"" : ",\"") + std::string{name} + R"(":["x"])";
    }
    return all;
  };
  return R"({"services":[{"kind":"mri","words":["mri"]}],"words":{)" +
         lists({"psoas", "hip", "hip_implant", "elsewhere", "unguided", "guided", "metal",
                "imaging", "mri", "guiding", "contrast", "steroid", "local", "parenteral", "aim",
                "reason"}) +
         R"(},"negation":{)" + lists({"before", "after", "between"}) + R"(},"aside":{)" +
         lists({"before", "between"}) + R"(},"routes":{)" +
         lists({"joint", "spinal", "parenteral", "local"}) +
         R"(},"low_dose_aspirin_most_mg":100,"late_pregnancy_weeks":30,"nsaid_ceilings":[
         {"medicine":"ibuprofen","most_mg_per_day":2400,"older_mg_per_day":1200}],"conflicts":[)" +
         conflict + "]}";
}

std::string row(const std::string& more) {
  return R"({"id":"x","indicator":"info",)" + more + "}";
}

/// The path of the error and its kind; "" when the file is taken.
std::string refusal(const std::string& json) {
  const auto document = parsed(json);
  const auto read =
      OrderRules::read(ShippedRules::get().definitions(), cdss::test::orders(), document.root());
  return read ? std::string{} : read.error().where;
}

TEST(OrderRules, TakeARowThatIsWhole) {
  for (const char* more : {
           R"("draft":"nsaid","when":"safety","rules":["NS03:avoid","NS07"],"critical":["NS03"],
              "quiet":["NS07"],"instead":["acetaminophen"],"first":["crp"])",
           R"("draft":"any","when":"drafted_twice","rules":["TWICE"])",
           R"("draft":"nsaid","when":"red_flag","forbidden":"nsaid","instead":["urgent_referral"],
              "instead_in_emergency":["emergency_referral"])",
           R"("draft":"acetaminophen","when":"medicine","rules":["AP04"],"medicine":"warfarin")",
           R"("draft":"acetaminophen","when":"over_daily_dose","rules":["AP01"],
              "most_mg_per_day":4000)",
           R"("draft":"acetaminophen","when":"over_daily_dose_beside","rules":["AP01"],
              "medicine":"acetaminophen","most_mg_per_day":4000)",
           R"("draft":"steroid","when":"red_flag","forbidden":"steroid","anywhere":["RF01"])",
           R"("draft":"opioid","when":"outside_ladder","rules":["OUT"],"needs_reason":true,
              "needs_reason_with":["cough"])",
       }) {
    EXPECT_EQ(refusal(file(row(more))), "") << more;
  }
}

TEST(OrderRules, RefuseARowThatIsNotWholeAndSayWhere) {
  const std::string head = R"("draft":"nsaid","when":"safety","rules":["NS03"])";
  const struct {
    std::string more;
    const char* where;  // how the path ends
  } rows[] = {
      {head + R"(,"critical":"NS03")", "critical"},
      {head + R"(,"critical":["NS04"])", "critical"},
      {head + R"(,"critical":[3])", "critical[0]"},
      {head + R"(,"quiet":{})", "quiet"},
      {head + R"(,"quiet":["NS09"])", "quiet"},
      {head + R"(,"instead":"acetaminophen")", "instead"},
      {head + R"(,"instead":["morphine"])", "instead"},
      {head + R"(,"instead_in_emergency":["morphine"])", "instead_in_emergency"},
      {head + R"(,"first":null)", "first"},
      {head + R"(,"first":["xyz"])", "first"},
      {head + R"(,"spared_mg_per_day":0)", "spared_mg_per_day"},
      {head + R"(,"critical_in_late_pregnancy":["NS07"])", "critical_in_late_pregnancy"},
      {head + R"(,"medicine":"xyz")", "medicine"},
      {head + R"(,"anywhere":"RF01")", "anywhere"},
      {head + R"(,"needs_reason":"yes")", "needs_reason"},
      {head + R"(,"needs_reason_with":"cough")", "needs_reason_with"},
      {R"("draft":"acetaminophen","when":"over_daily_dose_beside","rules":["AP01"])",
       "most_mg_per_day"},
      {R"("draft":"nsaids","when":"safety","rules":["NS03"])", "draft"},
      {R"("draft":"nsaid","when":"safety","rules":"NS03")", "rules"},
      {R"("draft":"nsaid","when":"safety")", "rules"},
      {R"("draft":"nsaid","when":"red_flag")", "forbidden"},
      {R"("draft":"nsaid","when":"medicine","rules":["AP04"])", "medicine"},
      {R"("draft":"nsaid","when":"medicine","rules":["AP04"],"medicine":"xyz")", "medicine"},
      {R"("draft":"nsaid","when":"over_daily_dose","rules":["AP01"])", "most_mg_per_day"},
      {R"("draft":"nsaid","when":"over_daily_dose","rules":["AP01"],"most_mg_per_day":-1)",
       "most_mg_per_day"},
  };
  for (const auto& one : rows) {
    const auto where = refusal(file(row(one.more)));
    EXPECT_TRUE(where.ends_with(one.where)) << one.more << ": " << where;
    EXPECT_NE(where, "") << one.more;
  }
}

TEST(OrderRules, RefuseAFileWithoutRowsListsOrLimits) {
  const auto good = file(row(R"("draft":"any","when":"drafted_twice","rules":["TWICE"])"));
  const auto without = [&](const std::string& from, const std::string& to) {
    auto text = good;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, from.size(), to);
  };
  EXPECT_EQ(refusal(good), "");
  EXPECT_NE(refusal(file("")), "");
  EXPECT_NE(refusal(without(R"([{"kind":"mri","words":["mri"]}])", "{}")), "");
  EXPECT_NE(refusal(without(R"(["mri"])", R"("mri")")), "");
  EXPECT_NE(refusal(without(R"("low_dose_aspirin_most_mg":100,)", "")), "");
  EXPECT_NE(refusal(without(R"("late_pregnancy_weeks":30,)", "")), "");
  EXPECT_NE(refusal(without(R"("late_pregnancy_weeks":30,)", R"("late_pregnancy_weeks":0,)")), "");
  EXPECT_NE(refusal(without(R"("medicine":"ibuprofen")", R"("medicine":"warfarin")")), "");
  EXPECT_NE(refusal(without(R"("older_mg_per_day":1200)", R"("older_mg_per_day":2401)")), "");
  EXPECT_NE(refusal(without(R"("older_mg_per_day":1200)", R"("older_mg_per_day":0)")), "");
  EXPECT_NE(refusal(without(R"("between":["x"])", R"("between":[])")), "");
  EXPECT_NE(refusal(without(R"("spinal":["x"])", R"("spinal":{})")), "");
  EXPECT_NE(refusal(without(R"("local":["x"]},"low)", R"("elsewhere":["x"]},"low)")), "");
  EXPECT_NE(refusal(without(R"("words":["mri"])", R"("words":["mri"],"medicines":["xyz"])")), "");
  EXPECT_NE(refusal(without(R"("words":["mri"])", R"("words":["mri"],"never":"after")")), "");
}

}  // namespace
