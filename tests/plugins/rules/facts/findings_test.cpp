// Which conditions and procedures count, and as what: by status, by age, by words.

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::Finding;
using cdss::rules::Findings;
using cdss::test::day;
using cdss::test::parsed;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;

constexpr std::string_view kGroinPain = "102570003";
constexpr std::string_view kAbscess = "K68.12";

std::string coded(std::string_view system, std::string_view code) {
  return R"("code":{"coding":[{"system":")" + std::string{system} + R"(","code":")" +
         std::string{code} + R"("}]})";
}

std::string in_words(std::string_view text) {
  return R"("code":{"text":")" + std::string{text} + R"("})";
}

Findings of_condition(const std::string& members) {
  const auto document =
      parsed(RecordBuilder::bundle({R"({"resourceType":"Condition","id":"c",)" + members + '}'}));
  return Findings::read(ShippedRules::get().finding_reader(), document.root(), std::nullopt);
}

Findings of_procedure(const std::string& members) {
  const auto document =
      parsed(RecordBuilder::bundle({R"({"resourceType":"Procedure","id":"p",)" + members + '}'}));
  return Findings::read(ShippedRules::get().finding_reader(), std::nullopt, document.root());
}

/// "confirmed", "possible", "past" or "".
std::string list_of(const Findings& findings, std::string_view name) {
  const auto id = *ShippedRules::get().concepts().find(name);
  return findings.has(id)                  ? "confirmed"
         : !findings.suspected(id).empty() ? "possible"
         : !findings.past(id).empty()      ? "past"
                                           : "";
}

TEST(Findings, OfAnUnclearStatusAreOnlyPossible) {
  const struct {
    const char* status;
    const char* list;
  } rows[] = {
      {R"("clinicalStatus":"active")", "confirmed"},
      {R"("clinicalStatus":{"text":"Active"})", "confirmed"},
      {R"("clinicalStatus":{"text":"Recurrence"})", "confirmed"},
      {R"("clinicalStatus":{"text":"Resolved"})", "past"},
      {R"("clinicalStatus":{"text":"INACTIVE"})", "past"},
      {R"("clinicalStatus":null)", "confirmed"},
      {R"("clinicalStatus":{"text":"ongoing"})", "possible"},
      {R"("clinicalStatus":"unknown")", "possible"},
      {R"("clinicalStatus":{"coding":[{"code":"A"}]})", "possible"},
      {R"("clinicalStatus":{"extension":[{"url":"urn:x"}]})", "possible"},
      {R"("clinicalStatus":"unknown","abatementDateTime":"2026-01-01")", "past"},
      {R"("verificationStatus":"perhaps")", "possible"},
      {R"("verificationStatus":{"text":"Confirmed"})", "confirmed"},
      {R"("clinicalStatus":"active","verificationStatus":"provisional")", "possible"},
  };
  for (const auto& [status, list] : rows) {
    SCOPED_TRACE(status);
    const auto code = coded(cdss::test::kIcdUri, kAbscess);
    EXPECT_EQ(list_of(of_condition(code + ',' + status), "iliopsoas_abscess"), list);
    const auto pain = coded(cdss::test::kSnomedUri, kGroinPain);
    EXPECT_EQ(list_of(of_condition(pain + ',' + status), "groin_pain"), list);
  }
}

TEST(Findings, SayThatTheirStatusIsNotClear) {
  const auto unclear =
      of_condition(coded(cdss::test::kIcdUri, kAbscess) + R"(,"clinicalStatus":"unknown")");
  const auto id = *ShippedRules::get().concepts().find("iliopsoas_abscess");
  EXPECT_EQ(cdss::rules::text_of(unclear.suspected(id).front()),
            "Condition/c, K68.12, status not clear");
}

TEST(Findings, WithoutAStatusAreHistoryWhenTheyAreSymptomsOfLongAgo) {
  const auto on = [](std::string_view name, int days) {
    return ",\"" + std::string{name} + "\":\"" + day(days) + '"';
  };
  const struct {
    const char* evidence;
    std::string_view system, code;
    const char* name;
    std::string more;
    const char* list;
  } rows[] = {
      {"half a year", cdss::test::kSnomedUri, kGroinPain, "groin_pain", on("onsetDateTime", 180),
       "confirmed"},
      {"longer", cdss::test::kSnomedUri, kGroinPain, "groin_pain", on("onsetDateTime", 181),
       "past"},
      {"recorded since", cdss::test::kSnomedUri, kGroinPain, "groin_pain",
       on("onsetDateTime", 400) + on("recordedDate", 20), "confirmed"},
      {"recorded long ago", cdss::test::kSnomedUri, kGroinPain, "groin_pain",
       on("recordedDate", 400), "past"},
      {"a year may be this one", cdss::test::kSnomedUri, kGroinPain, "groin_pain",
       R"(,"onsetDateTime":"2026")", "confirmed"},
      {"of last year", cdss::test::kSnomedUri, kGroinPain, "groin_pain",
       R"(,"onsetDateTime":"2025")", "past"},
      {"no day is today", cdss::test::kSnomedUri, kGroinPain, "groin_pain", "", "confirmed"},
      {"with a status", cdss::test::kSnomedUri, kGroinPain, "groin_pain",
       on("onsetDateTime", 400) + R"(,"clinicalStatus":"active")", "confirmed"},
      {"unclear", cdss::test::kSnomedUri, kGroinPain, "groin_pain",
       on("onsetDateTime", 400) + R"(,"clinicalStatus":"unknown")", "past"},
      {"unclear and new", cdss::test::kSnomedUri, kGroinPain, "groin_pain",
       on("onsetDateTime", 40) + R"(,"clinicalStatus":"unknown")", "possible"},
      {"a finding", cdss::test::kIcdUri, "M25.652", "hip_stiff_or_limited_rom",
       on("recordedDate", 400), "past"},
      {"a diagnosis", cdss::test::kIcdUri, "M16.11", "hip_osteoarthritis", on("recordedDate", 900),
       "confirmed"},
      {"a contraindication", cdss::test::kIcdUri, "N18.4", "ckd_stage_4_or_5",
       on("recordedDate", 900), "confirmed"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    EXPECT_EQ(list_of(of_condition(coded(row.system, row.code) + row.more), row.name), row.list);
  }
}

TEST(Findings, OfProceduresThatMayHaveBeenCompletedStandApart) {
  const struct {
    std::string members;
    std::size_t completed, perhaps;
  } rows[] = {
      {R"("status":"completed")", 1, 1},
      {R"("status":"unknown")", 0, 1},
      {R"("status":"finished")", 0, 1},
      {R"("performedDateTime":")" + day(100) + '"', 0, 1},
      {R"("status":"in-progress","performedDateTime":")" + day(1) + '"', 0, 1},
      {R"("status":"in-progress","performedDateTime":")" + day(0) + '"', 0, 0},
      {R"("status":"in-progress","performedDateTime":"2027-01-01")", 0, 0},
      {R"("status":"in-progress")", 0, 1},
      {R"("status":"not-done")", 0, 0},
      {R"("status":"preparation","performedDateTime":")" + day(9) + '"', 0, 0},
      {R"("status":"entered-in-error")", 0, 0},
  };
  const auto id = *ShippedRules::get().concepts().find("total_hip_arthroplasty");
  for (const auto& [members, completed, perhaps] : rows) {
    SCOPED_TRACE(members);
    const auto findings = of_procedure(coded(cdss::test::kSnomedUri, "52734007") + ',' + members);
    EXPECT_EQ(findings.performed(id).size(), completed);
    EXPECT_EQ(findings.perhaps_performed(id).size(), perhaps);
    EXPECT_EQ(findings.unreadable_procedures(), 0U);
  }
}

TEST(Findings, InWordsAloneArePossibleWhereTheyProtect) {
  const struct {
    const char* text;
    const char* name;
  } rows[] = {
      {"Psoas abscess", "iliopsoas_abscess"},
      {"Left ilio-psoas abscess", "iliopsoas_abscess"},
      {"Large ILIOPSOAS  ABSCESS, drained", "iliopsoas_abscess"},
      {"Abcès du psoas", "iliopsoas_abscess"},
      {"Psoasabszess links", "iliopsoas_abscess"},
      {"Retroperitoneal abscess", "retroperitoneal_abscess"},
      {"Septic arthritis of right hip", "septic_arthritis_hip"},
      {"Septische Arthritis, Hüfte", "septic_arthritis_hip"},
      {"Septic arthritis of knee", ""},
      {"L4/5 discitis", "vertebral_infection"},
      {"Spondylodiszitis L4/5", "vertebral_infection"},
      {"acute appendicitis", "appendicitis"},
      {"Cauda equina syndrome", "cauda_equina"},
      {"Fractured neck of femur", "hip_fracture"},
      {"Schenkelhalsfraktur rechts", "hip_fracture"},
      {"Urosepsis", ""},
      {"Sepsis due to E. coli", "sepsis"},
      {"Chronic kidney disease, stage 4", "ckd_stage_4_or_5"},
      {"Chronic renal disease stage 3", ""},
      {"End-stage renal disease", "ckd_stage_4_or_5"},
      {"Niereninsuffizienz Stadium 4", "ckd_stage_4_or_5"},
      {"On dialysis", "ckd_stage_4_or_5"},
      {"congestive heart failure", "heart_failure"},
      {"Herzinsuffizienz NYHA II", "heart_failure"},
      {"Alcoholic cirrhosis", "severe_liver_disease"},
      {"Leberzirrhose", "severe_liver_disease"},
      {"Pregnant", "pregnancy"},
      {"pregnancy, second trimester", "pregnancy"},
      {"Schwangerschaft", "pregnancy"},
      {"No psoas abscess", ""},
      {"Denies pregnancy", ""},
      {"Rule out appendicitis", ""},
      {"? psoas abscess", ""},
      {"History of heart failure", ""},
      {"family history of cirrhosis", ""},
      {"Fever without sepsis", ""},
      {"No fever, psoas abscess", "iliopsoas_abscess"},
      {"Kein Psoasabszess", ""},
      {"Notable cirrhosis", "severe_liver_disease"},
  };
  for (const auto& [text, name] : rows) {
    SCOPED_TRACE(text);
    const auto findings = of_condition(in_words(text));
    EXPECT_EQ(findings.unread().any(), std::string_view{name}.empty());
    if (!std::string_view{name}.empty()) {
      EXPECT_EQ(list_of(findings, name), "possible");
    }
  }
}

TEST(Findings, InWordsSayTheirWordsEscapedAndCut) {
  const auto id = *ShippedRules::get().concepts().find("sepsis");
  const auto short_text = of_condition(in_words("Sepsis <b>"));
  EXPECT_EQ(cdss::rules::text_of(short_text.suspected(id).front()),
            R"(Condition/c, recorded in words, no code: "Sepsis &lt;b&gt;")");
  const auto long_text = of_condition(in_words("Sepsis " + std::string(200, 'x')));
  EXPECT_LE(long_text.suspected(id).front().in_words.size(), 62U);
}

TEST(Findings, CountConditionsOfWhichNoCodeIsRead) {
  const struct {
    std::string members;
    std::size_t without_code, in_other_systems;
  } rows[] = {
      {in_words("Sore toe"), 1, 0},
      {R"("code":{})", 1, 0},
      {R"("subject":{})", 1, 0},
      {R"("code":{"coding":[{"display":"Sore toe"}]})", 1, 0},
      {coded("urn:oid:1.2.3", "77"), 0, 1},
      {coded("http://hl7.org/fhir/sid/icd-9-cm", "567.31"), 0, 1},
      {R"("code":{"coding":[{"code":"77"}]})", 0, 1},
      {coded("https://snomed.info/sct/", "22298006"), 0, 0},
      {coded("urn:oid:2.16.840.1.113883.6.90", "J45.909"), 0, 0},
      {R"("code":{"coding":[{"system":"urn:local","code":"1"},
                           {"system":"http://snomed.info/sct","code":"44054006"}]})",
       0, 0},
      {in_words("Sore toe") + R"(,"clinicalStatus":"resolved")", 0, 0},
      {in_words("Sore toe") + R"(,"verificationStatus":"refuted")", 0, 0},
      {in_words("Sore toe") + R"(,"clinicalStatus":"unknown")", 1, 0},
  };
  for (const auto& [members, without_code, in_other_systems] : rows) {
    SCOPED_TRACE(members);
    const auto findings = of_condition(members);
    EXPECT_EQ(findings.unread().without_code, without_code);
    EXPECT_EQ(findings.unread().in_other_systems, in_other_systems);
  }
}

}  // namespace
