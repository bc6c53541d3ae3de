#include "plugins/psoas_likelihood/psoas_likelihood.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hooks/card/markdown.hpp"
#include "core/hooks/card/response.hpp"
#include "core/hooks/discovery/prefetch_template.hpp"
#include "tests/plugins/call.hpp"

namespace {

using cdss::psoas_likelihood::PsoasLikelihood;
using cdss::test::Call;
using cdss::test::ConditionText;
using cdss::test::GivenKey;
using cdss::test::icd;
using cdss::test::keys_of;
using cdss::test::RecordBuilder;
using cdss::test::snomed;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* kBody = R"({"hook":"patient-view","context":{"patientId":"p"}})";

const PsoasLikelihood& plugin() {
  static const auto kFiles = cdss::test::KnowledgeFiles::read(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE);
  static const auto kOptions = cdss::test::parsed("{}");
  static const auto kOpened = cdss::test::open_plugin<PsoasLikelihood>(kFiles, kOptions);
  if (!kOpened) {
    throw std::runtime_error(kOpened.error().where + ' ' + kOpened.error().message);
  }
  return *kOpened;
}

cdss::sdk::Answer evaluate(const std::vector<GivenKey>& keys) {
  const Call call{kBody, keys};
  auto answer = plugin().evaluate(call.request());
  EXPECT_TRUE(answer);
  const cdss::hooks::CheckRules rules{.patient_id = "p", .link_hosts = {}, .explain = true};
  EXPECT_TRUE(cdss::hooks::check(*answer, rules)) << answer->cards[0].detail;
  return *std::move(answer);
}

RecordBuilder likely() {
  return RecordBuilder{}
      .condition({.system = snomed("").system,
                  .code = "102570003",
                  .more = R"("onsetDateTime":"2026-10-03")"})
      .condition(icd("S76.011A"))
      .condition(icd("M16.11"))
      .item("resisted_hip_flexion_pain", "present", 2)
      .item("iliopsoas_tenderness", "absent", 2);
}

ConditionText left_groin_pain() {
  auto pain = snomed("102570003");
  pain.more = R"("bodySite":[{"coding":[{"system":"http://snomed.info/sct","code":"7771000"}]}])";
  return pain;
}

RecordBuilder possible() {
  return RecordBuilder{}
      .condition(snomed("102570003"))
      .condition(snomed("279039007"))
      .condition(snomed("16973004"));
}

TEST(PsoasLikelihood, SaysNothingWhenThereIsLittle) {
  const auto answer = evaluate(keys_of(RecordBuilder{}.condition(snomed("102570003"))));
  EXPECT_TRUE(answer.cards.empty());
  EXPECT_EQ(answer.assessment.substr(0, 30), R"({"band":"unlikely","score":2,")");
}

TEST(PsoasLikelihood, SaysThatNotAllCouldBeSeenWhereItWouldBeSilent) {
  constexpr const char* kUnread = R"({"resourceType":"Condition","id":"u","code":{"text":")";
  const auto with = [&](std::string_view words, RecordBuilder record = {}) {
    auto keys = keys_of(record);
    auto& json = keys[1].json;
    const auto resource = R"({"resource":)" + std::string{kUnread} + std::string{words} + R"("}}})";
    json.insert(json.find('[') + 1, resource + (json.find("[]") == std::string::npos ? "," : ""));
    return keys;
  };
  const auto cut = [](RecordBuilder record) {
    auto keys = keys_of(record);
    keys[1].state = cdss_key_truncated;
    return keys;
  };
  auto child = cut({});
  child[0].json = R"({"resourceType":"Patient","id":"p","birthDate":"2015-01-01"})";
  auto dead = cut({});
  dead[0].json =
      R"({"resourceType":"Patient","id":"p","birthDate":"1960-01-01","deceasedBoolean":true})";
  const struct {
    const char* evidence;
    std::vector<GivenKey> keys;
    const char* summary;  ///< part of it; empty for no card
  } rows[] = {
      {"cut short", cut({}), "Not all conditions could be seen"},
      {"cut short, under 18", child, ""},
      {"cut short, dead", dead, ""},
      {"unread, no pain", with("Sore toe"), ""},
      {"unread beside pain", with("Sore toe", RecordBuilder{}.condition(snomed("102570003"))),
       "Not all conditions could be seen"},
      {"unread words of the region", with("Groin abscess"), "Not all conditions could be seen"},
      {"unread words of the region in German", with("Hüftschmerzen"),
       "Not all conditions could be seen"},
      {"denied", with("No hip problem"), ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto answer = evaluate(row.keys);
    ASSERT_EQ(answer.cards.size(), std::string_view{row.summary}.empty() ? 0U : 1U);
    if (!answer.cards.empty()) {
      EXPECT_THAT(answer.cards[0].summary, HasSubstr(row.summary));
      EXPECT_EQ(answer.cards[0].indicator, cdss::hooks::Indicator::info);
      EXPECT_EQ(answer.cards[0].card_kind, "not-seen-psoas-likelihood");
    }
  }
}

TEST(PsoasLikelihood, SaysWhichConditionsHaveNoCodeThatIsRead) {
  auto keys = keys_of(possible()
                          .condition({.system = "urn:local", .code = "77"})
                          .condition({.system = "urn:local", .code = "78"}));
  keys[0].json = R"({"resourceType":"Patient","id":"p","birthDate":"1960-05-01",
                     "link":[{"type":"replaced-by","other":{"reference":"Patient/q"}}]})";
  const auto answer = evaluate(keys);
  ASSERT_EQ(answer.cards.size(), 1U);
  EXPECT_THAT(answer.cards[0].detail,
              AllOf(HasSubstr("- Conditions in code systems that are not read: 2."),
                    HasSubstr("- This patient record was replaced by another")));
}

TEST(PsoasLikelihood, SaysWhatSpeaksForAndAgainstAndWhereItStands) {
  const auto answer = evaluate(keys_of(likely()));
  ASSERT_EQ(answer.cards.size(), 1U);
  const auto& card = answer.cards[0];
  EXPECT_EQ(card.indicator, cdss::hooks::Indicator::info);
  EXPECT_LT(cdss::hooks::count_code_points(card.summary), 140U);
  EXPECT_THAT(card.summary,
              AllOf(HasSubstr("suggest"), HasSubstr("not a diagnosis"), HasSubstr("possible")));
  EXPECT_THAT(
      card.detail,
      AllOf(HasSubstr("- +2 groin pain (Condition/c1, 102570003, 2026-10-03)"),
            HasSubstr(", right)"), HasSubstr("(Observation/o1, 2026-11-19)"),
            HasSubstr("- -2 iliopsoas tenderness: looked for, not found"),
            HasSubstr("- Osteoarthritis of the hip: recorded (Condition/c3, M16.11, right)")));
}

TEST(PsoasLikelihood, PutsEachFindingWhereItBelongs) {
  const auto hip = possible().condition(icd("Z96.641"));
  const struct {
    const char* evidence;
    RecordBuilder record;
    std::vector<const char*> says;
    const char* says_not;
  } rows[] = {
      {"j.2 weight bearing with THA asks for review",
       RecordBuilder{hip}.condition(icd("M76.11")).item("weight_bearing_pain_constant", "present"),
       {"**Against**\n\n- -2 constant pain on weight bearing (", "needs a red-flag review"},
       "no hip replacement recorded"},
      {"j.2 weight bearing without THA",
       possible().item("weight_bearing_pain_constant", "present"),
       {"- constant pain on weight bearing (Observation/o1, 2026-11-21): no hip replacement "
        "recorded"},
       "needs a red-flag review"},
      {"a.1 a coded diagnosis is only echoed",
       RecordBuilder{}.condition(icd("M76.11")),
       {"(Condition/c1, M76.11, right): the score only echoes a diagnosis that is coded already"},
       "held"},
      {"j.2 joint tests beside other signs",
       possible().item("faber_pain", "present").item("ludloff_sign", "present"),
       {"- pain on FABER or FADIR (Observation/o1, 2026-11-21): other signs present"},
       "the only sign"},
      {"a bound that takes back",
       possible().condition(snomed("49218002")).condition(snomed("30473006")),
       {"**Limits of groups**\n\n- -1 regional pain together counts at most +4"},
       "**Against**"},
      {"absent, of weight 0",
       possible().item("pain_on_hip_flexor_stretch", "absent").item("thomas_test", "absent"),
       {"**Recorded, not counted**\n\n- pain on stretching the hip flexors: looked for, not found",
        "- Thomas test: looked for, not found"},
       "modified Thomas test: looked"},
      {"a.1 contracture by its codes",
       possible().condition(snomed("274141009")),
       {"contracture at the hip, thigh or of a tendon"},
       "flexion contracture"},
      {"j.7 the other side",
       RecordBuilder{}
           .condition(left_groin_pain())
           .condition(snomed("279039007"))
           .condition(snomed("16973004"))
           .condition(icd("Z96.641")),
       {"groin pain with a hip replacement (Condition/c1, 102570003, left; Condition/c4, Z96.641, "
        "right): pain on the other side than the implant"},
       "**Against**"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto answer = evaluate(keys_of(row.record));
    ASSERT_EQ(answer.cards.size(), 1U);
    for (const char* text : row.says) {
      EXPECT_THAT(answer.cards[0].detail, HasSubstr(text));
    }
    EXPECT_THAT(answer.cards[0].detail, Not(HasSubstr(row.says_not)));
  }
}

TEST(PsoasLikelihood, LeadsWithTheRedFlag) {
  const struct {
    const char* evidence;
    const char* code;
    cdss::hooks::Indicator indicator;
    const char* begins;
  } rows[] = {
      {"RF01", "K68.12", cdss::hooks::Indicator::critical,
       "**Iliopsoas or retroperitoneal abscess, infective myositis (RF01)**\n\n- Do: Same-day"},
      {"RF05", "T84.030A", cdss::hooks::Indicator::warning,
       "**Dislocation, loosening or acute failure of a hip implant (RF05)**"},
      {"RF09", "K35.80", cdss::hooks::Indicator::critical,
       "**Appendicitis or another acute abdomen (RF09)**"},
      {"RF11", "C79.51", cdss::hooks::Indicator::warning,
       "**Malignancy, metastasis or retroperitoneal mass (RF11)**"},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto answer = evaluate(keys_of(possible().condition(icd(row.code))));
    ASSERT_EQ(answer.cards.size(), 1U);
    const auto& card = answer.cards[0];
    EXPECT_EQ(card.detail.rfind(row.begins, 0), 0U) << card.detail;
    EXPECT_EQ(card.indicator, row.indicator);
    EXPECT_EQ(card.card_kind, "red-flag-psoas-likelihood");
    EXPECT_THAT(card.summary, HasSubstr("Red flag recorded: "));
    EXPECT_THAT(card.detail, AllOf(HasSubstr("is suspended until a clinician has cleared"),
                                   HasSubstr("**Band: possible**"), HasSubstr(row.code),
                                   Not(HasSubstr("**Examine next**"))));
    EXPECT_THAT(answer.assessment, HasSubstr(R"("redFlags":[")" + std::string{row.evidence} + '"'));
  }
}

TEST(PsoasLikelihood, ShowsARedFlagWithPainOrAHipReplacementOnly) {
  const auto cards = [](const RecordBuilder& record) {
    return evaluate(keys_of(record)).cards.size();
  };
  EXPECT_EQ(cards(RecordBuilder{}.condition(icd("K68.12"))), 0U);
  EXPECT_EQ(cards(RecordBuilder{}.condition(icd("K68.12")).condition(icd("M54.50"))), 1U);
  EXPECT_EQ(cards(RecordBuilder{}.condition(icd("K68.12")).condition(icd("M25.561"))), 0U);  // knee
  EXPECT_EQ(cards(RecordBuilder{}.condition(icd("K68.12")).condition(icd("Z96.641"))), 1U);
}

TEST(PsoasLikelihood, AsksWhatDecidesBetweenPainAndHaematoma) {
  const auto record = possible().medication("Apixaban 5 MG Oral Tablet");
  const auto open = evaluate(keys_of(record)).cards.at(0);
  EXPECT_THAT(open.summary, HasSubstr("To exclude first: bleeding into the psoas."));
  EXPECT_THAT(open.detail, HasSubstr("Bleeding into the psoas: when and how it began;"));
  EXPECT_THAT(
      evaluate(keys_of(RecordBuilder{record}.item("onset", "onset-gradual"))).cards.at(0).detail,
      Not(HasSubstr("when and how it began")));
}

TEST(PsoasLikelihood, SaysWhetherTheAgeIsCertain) {
  const auto summary = [](const char* patient) {
    return evaluate(keys_of(RecordBuilder{}.condition(snomed("102570003")), patient))
        .cards.at(0)
        .summary;
  };
  EXPECT_EQ(summary(R"({"resourceType":"Patient","id":"p","birthDate":"2015"})"),
            "Regional pain (hip, pelvis, back or leg), under 18: paediatric assessment");
  EXPECT_EQ(summary(R"({"resourceType":"Patient","id":"p","birthDate":"2008"})"),
            "Regional pain (hip, pelvis, back or leg), age not certain: paediatric assessment");
  EXPECT_THAT(evaluate(keys_of(possible(), R"({"resourceType":"Patient","id":"p"})")).assessment,
              HasSubstr(R"("missing":["birthDate",)"));
}

TEST(PsoasLikelihood, NeverSaysWhatItDoesNotKnow) {
  for (const auto& record : {likely(), possible()}) {
    const auto answer = evaluate(keys_of(record));
    ASSERT_EQ(answer.cards.size(), 1U);
    const auto text = answer.cards[0].summary + answer.cards[0].detail;
    EXPECT_THAT(text, AllOf(Not(HasSubstr("patient has")), Not(HasSubstr("%")),
                            HasSubstr("not validated, no diagnosis, not a medical device")));
    EXPECT_THAT(answer.assessment, Not(HasSubstr("redFlags")));
  }
}

TEST(PsoasLikelihood, NamesTheExaminationThatWouldChangeTheBandMost) {
  const auto card = evaluate(keys_of(possible())).cards.at(0);
  EXPECT_THAT(card.summary, HasSubstr("examine next: pain on resisted hip flexion"));
  EXPECT_THAT(card.detail,
              AllOf(HasSubstr("No examination of the hip is recorded"),
                    HasSubstr("- pain on resisted hip flexion (seated, hip at about 90 degrees): "
                              "likely if found, unlikely if not"),
                    HasSubstr("- iliopsoas tenderness (above or below the inguinal ligament, or at "
                              "the lesser trochanter): possible if found, unlikely if not")));
  EXPECT_THAT(evaluate(keys_of(likely())).cards.at(0).detail,
              AllOf(Not(HasSubstr("No examination")), HasSubstr("**Examine next**")));
}

TEST(PsoasLikelihood, SaysWhyTheBandIsHeld) {
  const auto record = RecordBuilder{}.condition(icd("M76.11")).condition(snomed("16973004"));
  EXPECT_THAT(evaluate(keys_of(record)).cards.at(0).detail,
              HasSubstr("held at possible: no record of a mechanical sign."));
}

TEST(PsoasLikelihood, GivesTheAssessmentThatAddsUp) {
  const auto answer = evaluate(keys_of(likely()));
  const auto assessment = cdss::test::parsed(answer.assessment);
  const auto root = assessment.root();
  EXPECT_EQ(root.text_or_empty("band"), "possible");
  EXPECT_EQ(*root.find("score")->number(), "6");
  EXPECT_EQ(root.text_or_empty("plugin"), "psoas-likelihood");
  EXPECT_EQ(root.text_or_empty("version"), "0.2.0");
  int sum = 0;
  for (const auto part : root.find("contributions")->elements()) {
    sum += static_cast<int>(*part.find("weight")->integer());
    EXPECT_TRUE(part.find("sources"));
    EXPECT_TRUE(part.find("evidence"));
  }
  EXPECT_EQ(sum, 6);
}

TEST(PsoasLikelihood, KeepsTheAssessmentBackUnlessItMayBeSeen) {
  const Call call{kBody, keys_of(likely()), cdss::test::kToday, false};
  EXPECT_EQ(plugin().evaluate(call.request())->assessment, "");
}

TEST(PsoasLikelihood, SaysWhatCouldNotBeSeen) {
  auto keys = keys_of(possible());
  keys[2] = {"procedures", cdss_key_unavailable, "", "was not sent"};
  keys[3] = {"examination", cdss_key_unavailable, "", ""};
  const auto answer = evaluate(keys);
  EXPECT_THAT(answer.cards.at(0).detail,
              AllOf(HasSubstr("The procedures could not be seen: was not sent."),
                    HasSubstr("The examination findings could not be seen.")));
  EXPECT_THAT(answer.assessment, HasSubstr(R"("missing":["procedures","examination",)"));
}

TEST(PsoasLikelihood, SaysHowManyEntriesItCouldNotRead) {
  auto keys = keys_of(possible());
  keys[1].json = RecordBuilder::bundle(
      {R"({"resourceType":"Condition","code":7})",
       R"({"resourceType":"Condition","id":"a","clinicalStatus":{"coding":[{"code":"active"}]},"code":{"coding":[{"system":"http://snomed.info/sct","code":"281352004"}]}})"});
  EXPECT_THAT(evaluate(keys).cards.at(0).detail,
              HasSubstr("1 of the conditions could not be read."));
}

TEST(PsoasLikelihood, GivesNoBandUnderEighteenOrWithoutABirthDate) {
  const struct {
    const char* patient;
    std::size_t cards;
    const char* kind;
  } rows[] = {
      {R"({"resourceType":"Patient","id":"p","birthDate":"2008-11-21"})", 1,
       "psoas-likelihood-possible"},
      {R"({"resourceType":"Patient","id":"p","birthDate":"2008-11-22"})", 1,
       "psoas-likelihood-paediatric"},
      {R"({"resourceType":"Patient","id":"p"})", 0, ""},
      {R"({"resourceType":"Patient","id":"p","birthDate":"1950","deceasedBoolean":true})", 0, ""},
      {R"({"resourceType":"Patient","id":"p","birthDate":"1950","deceasedDateTime":"2020"})", 0,
       ""},
      {R"({"resourceType":"Patient","id":"p","birthDate":"1950","deceasedBoolean":false})", 1,
       "psoas-likelihood-possible"},
      {R"({"resourceType":"Patient","id":"p","birthDate":"2015","deceasedBoolean":true})", 0, ""},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.patient);
    const auto answer = evaluate(keys_of(possible(), row.patient));
    ASSERT_EQ(answer.cards.size(), row.cards);
    if (row.cards > 0) {
      EXPECT_EQ(answer.cards[0].card_kind, row.kind);
    }
  }
  EXPECT_THAT(evaluate(keys_of(possible(), R"({"resourceType":"Patient","id":"p"})")).assessment,
              HasSubstr(R"("band":"not-assessed")"));
}

TEST(PsoasLikelihood, LetsNoTextOfTheRecordActOnTheCard) {
  auto keys = keys_of(RecordBuilder{});
  keys[1].json = RecordBuilder::bundle({R"json({"resourceType":"Condition",
      "id":"<script>alert(1)</script>","code":{"text":"<img src=x>","coding":[{
      "system":"http://snomed.info/sct","code":"281352004","display":"[x](javascript:1)"}]}})json"});
  const auto answer = evaluate(keys);
  ASSERT_EQ(answer.cards.size(), 1U);
  EXPECT_THAT(answer.cards[0].detail,
              AllOf(Not(HasSubstr("<")), Not(HasSubstr("javascript")), Not(HasSubstr("script"))));
}

TEST(PsoasLikelihood, WorksWithoutTheCodesUnderLicence) {
  const auto files = cdss::test::KnowledgeFiles::read(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE, "-cpt.json");
  const auto options = cdss::test::parsed("{}");
  EXPECT_TRUE(cdss::test::open_plugin<PsoasLikelihood>(files, options));
}

TEST(PsoasLikelihood, IsRefusedWithoutItsScore) {
  const auto files =
      cdss::test::KnowledgeFiles::read(CDSS_PSOAS_LIKELIHOOD_KNOWLEDGE, "psoas-likelihood.json");
  const auto options = cdss::test::parsed("{}");
  const auto opened = cdss::test::open_plugin<PsoasLikelihood>(files, options);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().where, "knowledge/psoas-likelihood.json");
}

TEST(PsoasLikelihood, NeedsWhatAClientCanResolve) {
  const auto declaration = PsoasLikelihood::declaration();
  for (const auto& service : declaration.services) {
    for (const auto& need : service.needs) {
      SCOPED_TRACE(need.key);
      const std::string text = need.resource == "Patient"
                                   ? "Patient/{{context.patientId}}"
                                   : need.resource + "?patient={{context.patientId}}" +
                                         (need.query.empty() ? std::string{} : '&' + need.query);
      const auto read = cdss::hooks::PrefetchTemplate::parse(text, "patient-view");
      EXPECT_TRUE(read) << (read ? "" : read.error().message);
    }
  }
}

}  // namespace
