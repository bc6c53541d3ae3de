#include "plugins/rules/facts/hip_replacement.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::ThaFlag;
using cdss::test::day;
using cdss::test::icd;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;
using cdss::test::snomed;

constexpr const char* kSnomed = "http://snomed.info/sct";
constexpr const char* kPcs = "http://www.cms.gov/Medicare/Coding/ICD10";
constexpr const char* kCpt = "http://www.ama-assn.org/go/cpt";

std::string on(int days_ago) {
  return R"("performedDateTime":")" + day(days_ago) + '"';
}

cdss::rules::HipReplacement assess(const RecordBuilder& record) {
  return ShippedRules::get().hip_replacement(record);
}

TEST(HipReplacement, IsToldByCompletedOperations) {
  const struct {
    const char* evidence;
    const char* system;
    const char* code;
    const char* status;
    ThaFlag flag;
    std::size_t others;  // partial or resurfacing
  } rows[] = {
      {"HR-01 52734007", kSnomed, "52734007", "completed", ThaFlag::pathway, 0},
      {"HR-01 hip arthroplasty not further named", kSnomed, "398010007", "completed",
       ThaFlag::pathway, 0},
      {"HR-01 revision", kSnomed, "112727005", "completed", ThaFlag::pathway, 0},
      {"HR-01 CPT", kCpt, "27130", "completed", ThaFlag::pathway, 0},
      {"HR-01 CPT revision of the cup", kCpt, "27137", "completed", ThaFlag::pathway, 0},
      {"HR-01 0SR9", kPcs, "0SR9019", "completed", ThaFlag::pathway, 0},
      {"HR-01 0SRB, a device that is in no list", kPcs, "0SRB0KZ", "completed", ThaFlag::pathway,
       0},
      {"HR-04 partial", kSnomed, "386649003", "completed", ThaFlag::none, 1},
      {"HR-04 0SRR", kPcs, "0SRR01Z", "completed", ThaFlag::none, 1},
      {"HR-04 0SRA", kPcs, "0SRA009", "completed", ThaFlag::none, 1},
      {"HR-04 resurfacing", "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "S2118",
       "completed", ThaFlag::none, 1},
      {"not done", kSnomed, "52734007", "not-done", ThaFlag::none, 0},
      {"entered in error", kSnomed, "52734007", "entered-in-error", ThaFlag::none, 0},
      {"in preparation", kSnomed, "52734007", "preparation", ThaFlag::none, 0},
      {"knee", kSnomed, "609588000", "completed", ThaFlag::none, 0},
      {"knee, 0SRC", kPcs, "0SRC0J9", "completed", ThaFlag::none, 0},
      {"removal of fixation", kPcs, "0QP604Z", "completed", ThaFlag::none, 0},
      {"the code in another system", "http://loinc.org", "52734007", "completed", ThaFlag::none, 0},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto hip = assess(RecordBuilder{}.procedure(
        {.system = row.system, .code = row.code, .performed = on(200), .status = row.status}));
    EXPECT_EQ(hip.flag, row.flag);
    EXPECT_EQ(hip.other_operations.size(), row.others);
    EXPECT_EQ(hip.is_any(), row.flag != ThaFlag::none || row.others > 0);
  }
}

TEST(HipReplacement, IsToldByCodedConditionsThatNameTheHip) {
  const struct {
    const char* evidence;
    cdss::test::ConditionText condition;
    ThaFlag flag;
    std::size_t complications;
  } rows[] = {
      {"HR-02 Z96.641", icd("Z96.641"), ThaFlag::pathway, 0},
      {"HR-02 Z96.65- is the knee", icd("Z96.651"), ThaFlag::none, 0},
      {"HR-02 304120007", snomed("304120007"), ThaFlag::pathway, 0},
      {"HR-02 infection", icd("T84.51XA"), ThaFlag::pathway, 1},
      {"HR-02 loosening", icd("T84.030D"), ThaFlag::pathway, 1},
      {"HR-02 dislocation", snomed("12077001000119100"), ThaFlag::pathway, 1},
      {"HR-02 fracture", icd("M97.01XA"), ThaFlag::pathway, 1},
      {"HR-02 wear", icd("T84.061A"), ThaFlag::pathway, 1},
      {"HR-02 broken", icd("T84.010A"), ThaFlag::pathway, 1},
      {"HR-02 malposition", snomed("1255235009"), ThaFlag::pathway, 1},
      {"sequela", icd("T84.030S"), ThaFlag::none, 0},
      {"HR-03 T84.50 names no joint", icd("T84.50XA"), ThaFlag::none, 0},
      {"HR-03 T84.84 names no joint", icd("T84.84XA"), ThaFlag::none, 0},
      {"HR-03 161679004 names no joint", snomed("161679004"), ThaFlag::none, 0},
      {"HR-03 Z47.32", icd("Z47.32"), ThaFlag::none, 0},
      {"HR-03 bare Z47.1", icd("Z47.1"), ThaFlag::none, 0},
      {"loosening of the knee", icd("T84.032A"), ThaFlag::none, 0},
      {"refuted",
       {.system = icd("").system, .code = "Z96.641", .verification_status = "refuted"},
       ThaFlag::none,
       0},
      {"provisional",
       {.system = icd("").system, .code = "T84.51XA", .verification_status = "provisional"},
       ThaFlag::pathway,
       1},
      {"of an unclear status",
       {.system = icd("").system, .code = "Z96.641", .clinical_status = "unknown"},
       ThaFlag::pathway,
       0},
      {"entered in error",
       {.system = icd("").system,
        .code = "Z96.641",
        .clinical_status = "",
        .verification_status = "entered-in-error"},
       ThaFlag::none,
       0},
      {"resolved",
       {.system = icd("").system, .code = "Z96.641", .clinical_status = "resolved"},
       ThaFlag::none,
       0},
      {"no status at all",
       {.system = icd("").system,
        .code = "Z96.641",
        .clinical_status = "",
        .verification_status = ""},
       ThaFlag::pathway,
       0},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto hip = assess(RecordBuilder{}.condition(row.condition));
    EXPECT_EQ(hip.flag, row.flag);
    EXPECT_EQ(hip.complications.size(), row.complications);
  }
}

TEST(HipReplacement, IsConfirmedByWhatIsSure) {
  const auto done = [](std::string_view status) {
    return RecordBuilder{}.procedure({.system = kSnomed,
                                      .code = "52734007",
                                      .performed = on(300),
                                      .status = std::string{status}});
  };
  auto provisional = icd("Z96.641");
  provisional.verification_status = "provisional";
  auto unclear = icd("Z96.641");
  unclear.clinical_status = "unknown";
  const struct {
    const char* evidence;
    RecordBuilder record;
    ThaFlag flag;
    bool is_confirmed;
  } rows[] = {
      {"completed", done("completed"), ThaFlag::pathway, true},
      {"unknown", done("unknown"), ThaFlag::pathway, false},
      {"no status of FHIR", done("finished"), ThaFlag::pathway, false},
      {"still in progress", done("in-progress"), ThaFlag::pathway, false},
      {"not done", done("not-done"), ThaFlag::none, false},
      {"provisional", RecordBuilder{}.condition(provisional), ThaFlag::pathway, false},
      {"unclear", RecordBuilder{}.condition(unclear), ThaFlag::pathway, false},
      {"coded", RecordBuilder{}.condition(icd("Z96.641")), ThaFlag::pathway, true},
      {"one of two", done("unknown").condition(icd("Z96.641")), ThaFlag::pathway, true},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto hip = assess(row.record);
    EXPECT_EQ(hip.flag, row.flag);
    EXPECT_EQ(hip.is_confirmed, row.is_confirmed);
  }
}

TEST(HipReplacement, IsToldByAftercareBesideAConditionOfTheHip) {
  for (const char* code : {"M25.551", "M25.651", "M24.551", "M24.851", "M16.11", "M25.451"}) {
    SCOPED_TRACE(code);
    EXPECT_EQ(assess(RecordBuilder{}.condition(icd("Z47.1")).condition(icd(code))).flag,
              ThaFlag::pathway);
  }
  EXPECT_EQ(assess(RecordBuilder{}.condition(icd("Z47.1")).condition(icd("M17.11"))).flag,
            ThaFlag::none);
}

TEST(HipReplacement, IsEarlyUpToNinetyDays) {
  const struct {
    const char* evidence;
    std::string performed;
    ThaFlag flag;
    bool has_day;
  } rows[] = {
      {"HR-05 today", on(0), ThaFlag::pathway_early, true},
      {"HR-05 89 d", on(89), ThaFlag::pathway_early, true},
      {"HR-05 90 d", on(90), ThaFlag::pathway_early, true},
      {"HR-05 91 d", on(91), ThaFlag::pathway, true},
      {"HR-05 unknown", "", ThaFlag::pathway, false},
      {"HR-05 words are no day", R"("performedString":"last spring")", ThaFlag::pathway, false},
      {"j.7 August may be 90 d ago", R"("performedDateTime":"2026-08")", ThaFlag::pathway_early,
       true},
      {"j.7 July may not", R"("performedDateTime":"2026-07")", ThaFlag::pathway, true},
      {"j.7 this year may be", R"("performedDateTime":"2026")", ThaFlag::pathway_early, true},
      {"j.7 last year may not", R"("performedDateTime":"2025")", ThaFlag::pathway, true},
      {"a period", R"("performedPeriod":{"start":"2026-10-01","end":"2026-10-01"})",
       ThaFlag::pathway_early, true},
      {"a period without end", R"("performedPeriod":{"start":"2020-10-01"})", ThaFlag::pathway,
       true},
      {"a day to come is no day", R"("performedDateTime":"2027-01-01")", ThaFlag::pathway, false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto hip = assess(RecordBuilder{}.procedure(
        {.system = kSnomed, .code = "52734007", .performed = row.performed}));
    EXPECT_EQ(hip.flag, row.flag);
    EXPECT_EQ(hip.latest.has_value(), row.has_day);
  }
}

TEST(HipReplacement, CountsFromTheLatestOperationRevisionsToo) {
  const auto hip =
      assess(RecordBuilder{}
                 .procedure({.system = kSnomed, .code = "52734007", .performed = ""})
                 .procedure({.system = kSnomed, .code = "52734007", .performed = on(3000)})
                 .procedure({.system = kSnomed, .code = "62402000", .performed = on(30)}));
  EXPECT_EQ(hip.flag, ThaFlag::pathway_early);
  ASSERT_EQ(hip.operations.size(), 3U);
  EXPECT_EQ(hip.operations.front().finding.reference, "Procedure/p3");
  ASSERT_TRUE(hip.latest);
  EXPECT_EQ(text_of(*hip.latest), day(30));
}

/// A hip replacement of no side, with a body site.
RecordBuilder at_site(const char* code) {
  return RecordBuilder{}.procedure(
      {.system = kSnomed,
       .code = "52734007",
       .performed = R"("bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":")" +
                    std::string{code} + R"("}]}])"});
}

TEST(HipReplacement, KnowsTheSideFromCodesAndBodySites) {
  const struct {
    const char* evidence;
    RecordBuilder record;
    const char* side;
  } rows[] = {
      {"HR-06 right, SNOMED",
       RecordBuilder{}.procedure({.system = kSnomed, .code = "443435007", .performed = ""}),
       "right"},
      {"HR-06 left, 0SRB",
       RecordBuilder{}.procedure({.system = kPcs, .code = "0SRB019", .performed = ""}), "left"},
      {"HR-06 right, Z96.641", RecordBuilder{}.condition(icd("Z96.641")), "right"},
      {"HR-06 bilateral, Z96.643", RecordBuilder{}.condition(icd("Z96.643")), "both"},
      {"HR-06 unspecified, Z96.649", RecordBuilder{}.condition(icd("Z96.649")), "unspecified"},
      {"HR-06 left, T84.031", RecordBuilder{}.condition(icd("T84.031A")), "left"},
      {"HR-06 body site",
       RecordBuilder{}.procedure(
           {.system = kSnomed,
            .code = "52734007",
            .performed =
                R"("bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"419161000"}]}])"}),
       "left"},
      {"HR-06 body site, Left", at_site("7771000"), "left"},
      {"HR-06 body site, Right", at_site("24028007"), "right"},
      {"HR-06 body site, Bilateral", at_site("51440002"), "both"},
      {"HR-06 two sides",
       RecordBuilder{}
           .condition(icd("Z96.641"))
           .procedure({.system = kPcs, .code = "0SRB019", .performed = ""}),
       "both"},
      {"the side of the pain is not that of the implant",
       RecordBuilder{}.condition(icd("Z96.642")).condition(icd("M25.551")), "left"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(to_string(assess(row.record).sides), row.side);
  }
}

TEST(HipReplacement, OfPartialKindHasADayAndASideOfItsOwn) {
  const auto hip =
      assess(RecordBuilder{}.procedure({.system = kPcs, .code = "0SRS0J9", .performed = on(10)}));
  EXPECT_EQ(hip.flag, ThaFlag::none);
  EXPECT_TRUE(hip.is_early);
  EXPECT_EQ(to_string(hip.sides), "left");
}

TEST(HipReplacement, KnowsAnEarlyPartialReplacementBesideATotalOne) {
  const auto hip = assess(RecordBuilder{}
                              .condition(icd("Z96.641"))
                              .procedure({.system = kPcs, .code = "0SRR0JZ", .performed = on(20)}));
  EXPECT_EQ(hip.flag, ThaFlag::pathway);  // j.3: a partial replacement sets no flag, nor its day
  EXPECT_FALSE(hip.is_early);
  EXPECT_TRUE(hip.has_early_other);
  const auto late =
      assess(RecordBuilder{}.procedure({.system = kPcs, .code = "0SRR0JZ", .performed = on(91)}));
  EXPECT_FALSE(late.has_early_other);
}

TEST(HipReplacement, MarksAnOperationOfADayToCome) {
  const auto hip =
      assess(RecordBuilder{}
                 .procedure({.system = kSnomed, .code = "52734007", .performed = on(-30)})
                 .procedure({.system = kSnomed, .code = "52734007", .performed = ""}));
  ASSERT_EQ(hip.operations.size(), 2U);
  EXPECT_TRUE(hip.operations[0].is_in_future);
  EXPECT_FALSE(hip.operations[1].is_in_future);
}

TEST(HipReplacement, CountsProceduresThatItCouldNotRead) {
  const auto& shipped = ShippedRules::get();
  const auto procedures = cdss::test::parsed(
      R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Procedure","code":7}}]})");
  const auto findings =
      cdss::rules::Findings::read(shipped.finding_reader(), std::nullopt, procedures.root());
  const auto hip = shipped.definitions().hip.assess(findings, cdss::test::kToday);
  EXPECT_EQ(findings.unreadable_procedures(), 1U);
  EXPECT_FALSE(hip.is_any());
}

}  // namespace
