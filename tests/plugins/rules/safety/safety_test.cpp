#include "plugins/rules/safety/safety.hpp"

#include "tests/plugins/rules/safety/safety_cases.hpp"

namespace {

using cdss::Errc;
using cdss::rules::SafetyRules;
using cdss::test::ConditionText;
using cdss::test::day;
using cdss::test::effects_of;
using cdss::test::icd;
using cdss::test::ids_of;
using cdss::test::kEgfr;
using cdss::test::kPerSurface;
using cdss::test::parsed;
using cdss::test::person;
using cdss::test::RecordBuilder;
using cdss::test::safety_of;
using cdss::test::ShippedRules;

TEST(Safety, TakesAMedicineOfUnclearStatusForTakenWhereThatProtects) {
  const struct {
    const char* medicine;
    const char* rules;
  } rows[] = {
      {"11289", "NS04 avoid, IJ04 caution"},
      {"apixaban", "NS04 avoid, IJ04 caution"},
      {"clopidogrel", "NS05 withhold, IJ04 caution"},
      {"naproxen", "NS12 avoid"},
      {"acetaminophen", "AP05 caution"},
      {"lithium", "NS11 withhold"},
      {"levothyroxine", ""},
  };
  for (const auto& row : rows) {
    for (const char* status : {"active", "on-hold", "unknown", "no such status", ""}) {
      SCOPED_TRACE(std::string{row.medicine} + ' ' + status);
      EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication(row.medicine, status))), row.rules);
    }
    for (const char* status : {"stopped", "completed", "cancelled", "entered-in-error", "draft"}) {
      SCOPED_TRACE(std::string{row.medicine} + ' ' + status);
      EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication(row.medicine, status))), "");
    }
  }
  const auto safety = safety_of(RecordBuilder{}.medication("11289", "unknown"));
  ASSERT_FALSE(safety.found.empty());
  EXPECT_EQ(text_of(safety.found[0].reasons[0]),
            "warfarin, recorded with unclear status (MedicationRequest/m1, " + day(1) + ')');
  EXPECT_EQ(effects_of(
                safety_of(RecordBuilder{}.medication("29046", "on-hold").condition(icd("N18.30")))),
            "NS02 withhold, NS10 withhold");
}

TEST(Safety, AdvisesByTheEffectOfTheRule) {
  const auto advice = [](const ConditionText& ulcer) {
    const auto safety = safety_of(RecordBuilder{}.condition(ulcer));
    return safety.found.empty() ? std::string{} : safety.found.front().advice();
  };
  auto past = icd("K25.4");
  EXPECT_EQ(advice(past), "Do not use an NSAID.");
  past.clinical_status = "resolved";
  EXPECT_EQ(
      advice(past),
      "Not suggested: weigh it against the risk of bleeding, and protect the stomach if it is "
      "used.");
  EXPECT_EQ(advice(icd("I50.9")),
            cdss::test::ShippedRules::get().knowledge->safety.find("NS06")->advice);
}

TEST(Safety, HoldsNoGelAgainstAnNsaidButAnAllergyToIt) {
  EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication("Voltaren 1 % gel"))), "");
  EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication("Voltaren 50 mg"))), "NS12 avoid");
  EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.medication("prednisolone eye drops"))), "");
  EXPECT_EQ(effects_of(safety_of(RecordBuilder{}.allergy("Voltaren 1 % gel"))), "NS08 avoid");
}

TEST(Safety, GivesReasonsInTheOrderOfTheRows) {
  const auto safety = safety_of(RecordBuilder{}
                                    .condition(icd("N18.4"))
                                    .medication("29046")
                                    .medication("11289")
                                    .result(kEgfr, "27", kPerSurface),
                                person("male", "1950-01-01"));
  EXPECT_EQ(ids_of(safety), "NS01 NS04 NS09 NS10 IJ04");
  for (const auto& one : safety.found) {
    EXPECT_FALSE(one.reasons.empty()) << one.row->id;
  }
  ASSERT_EQ(safety.found[0].reasons.size(), 2U);
  EXPECT_EQ(text_of(safety.found[0].reasons[0]),
            "chronic kidney disease stage 4 or 5 (Condition/c1, N18.4)");
  EXPECT_EQ(safety.found[0].reasons[1].text, "eGFR 27 mL/min/1.73 m\u00b2");
}

TEST(SafetyRules, RefuseWhatIsNotWhole) {
  const std::string limits =
      R"("limits":{"egfr_avoid":30,"egfr_caution":60,"older_age":65,"avoid_weeks":20,
      "platelets":50,"crp_raised":10,"esr_raised":30,"arthroplasty_days":90,"injection_days":90,
      "most_injections":4,"egfr_age":60,"oldest_age":75,"systolic":160,"event_days":365,
      "kidney_injury_days":90,"dialysis_days":30,"pregnancy_age_from":12,"pregnancy_age_to":55})";
  const auto row = [](std::string_view id, std::string_view treatment, std::string_view effect) {
    return R"({"id":")" + std::string{id} + R"(","treatment":")" + std::string{treatment} +
           R"(","effect":")" + std::string{effect} +
           R"(","text":"t","advice":"a","grade":"C","sources":["ours"]})";
  };
  const struct {
    const char* evidence;
    std::string text;
    Errc code;
    const char* where;
  } rows[] = {
      {"no limits", R"({"rows":[]})", Errc::missing, "limits"},
      {"a limit is missing", R"({"limits":{"egfr_avoid":30},"rows":[]})", Errc::missing,
       "limits.egfr_caution"},
      {"a rule is missing", '{' + limits + R"(,"rows":[]})", Errc::missing, "rows"},
      {"another treatment", '{' + limits + ",\"rows\":[" + row("NS01", "surgery", "avoid") + "]}",
       Errc::malformed, "rows[0].treatment"},
      {"another effect", '{' + limits + ",\"rows\":[" + row("NS01", "nsaid", "stop") + "]}",
       Errc::malformed, "rows[0].effect"},
      {"a rule of no one", '{' + limits + ",\"rows\":[" + row("NS99", "nsaid", "avoid") + "]}",
       Errc::malformed, "rows[0].id"},
      {"twice",
       '{' + limits + ",\"rows\":[" + row("NS01", "nsaid", "avoid") + ',' +
           row("NS01", "nsaid", "avoid") + "]}",
       Errc::malformed, "rows[1].id"},
  };
  for (const auto& one : rows) {
    SCOPED_TRACE(one.evidence);
    const auto document = parsed(one.text);
    const auto rules = SafetyRules::read(document.root());
    ASSERT_FALSE(rules);
    EXPECT_EQ(rules.error().code, one.code);
    EXPECT_EQ(rules.error().where, one.where);
  }
}

TEST(SafetyRules, HaveRowsThatAlwaysHold) {
  const auto& rules = cdss::test::ShippedRules::get().knowledge->safety;
  for (const char* id : {"AP01", "IJ11"}) {
    const auto* row = rules.find(id);
    ASSERT_NE(row, nullptr) << id;
    EXPECT_TRUE(row->is_always) << id;
  }
}

}  // namespace
