// Drafts of one session held against each other.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/rules/orders/judged.hpp"

namespace {

using cdss::test::coded_service;
using cdss::test::medicine_draft;
using cdss::test::service_draft;
using cdss::test::Session;
using cdss::test::judged::judge;
using cdss::test::judged::Patient;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Conflicts, OfTheSameOrderTwiceConcernTheSecond) {
  const Session twice{{service_draft("b", "x"), coded_service("a", "http://loinc.org", "1988-5"),
                       coded_service("c", "http://loinc.org", "1988-5")}};
  EXPECT_THAT(judge(twice, 1, Patient{}), IsEmpty());
  ASSERT_EQ(judge(twice, 2, Patient{}).size(), 1U);
  EXPECT_EQ(judge(twice, 2, Patient{})[0].rule->id, "drafted-twice");
  const auto left = R"(,"bodySite":[{"text":"left hip"}])";
  const auto right = R"(,"bodySite":[{"text":"right hip"}])";
  const Session sides{{coded_service("a", "http://loinc.org", "24762-7", left),
                       coded_service("c", "http://loinc.org", "24762-7", right)}};
  EXPECT_THAT(judge(sides, 1, Patient{}), IsEmpty());
}

TEST(Conflicts, OfTheSameOrderTwiceNeedTheVerySamePlace) {
  const auto coded = [](const char* code) {
    return R"({"coding":[{"system":"http://snomed.info/sct","code":")" + std::string{code} +
           R"("}]})";
  };
  const auto with_sites = [](const std::string& list) { return R"(,"bodySite":[)" + list + "]"; };
  const auto left = coded("287579007");
  const auto right = coded("287679003");
  const auto hip = coded("24136001");
  const struct {
    std::string a;
    std::string b;
    bool is_twice;
  } rows[] = {
      {with_sites(left), with_sites(right), false},
      {with_sites(left), with_sites(left), true},
      {with_sites(hip + "," + coded("7771000")), with_sites(hip + "," + coded("24028007")), false},
      {with_sites(hip + "," + coded("7771000")), with_sites(coded("7771000") + "," + hip), true},
      {with_sites(hip), with_sites(hip + "," + coded("7771000")), false},
      {with_sites(R"({"text":"Left hip"})"), with_sites(R"({"text":"left hip"})"), true},
      {with_sites(R"({"text":"hip"},{"text":"left"})"),
       with_sites(R"({"text":"hip"},{"text":"right"})"), false},
      {with_sites("{}"), with_sites("{}"), false},
      {with_sites(R"({"coding":[{"code":1}]})"), with_sites(R"({"coding":[{"code":2}]})"), false},
      {with_sites(left), "", false},
      {"", "", true},
      {R"(,"orderDetail":[{"text":"left"}])", R"(,"orderDetail":[{"text":"right"}])", false},
  };
  for (const auto& row : rows) {
    const Session session{{coded_service("a", "http://loinc.org", "24762-7", row.a),
                           coded_service("b", "http://loinc.org", "24762-7", row.b)}};
    EXPECT_EQ(judge(session, 1, Patient{}).size(), row.is_twice ? 1U : 0U) << row.a << row.b;
    EXPECT_THAT(judge(session, 0, Patient{}), IsEmpty()) << row.a << row.b;
  }
}

TEST(Conflicts, CountTheOtherDraftsAsTakenAndNeverTheDraftItself) {
  const auto taken = [](const std::vector<std::string>& drafts, std::size_t index,
                        const std::vector<std::string>& selections = {}) {
    const Session session{drafts, selections};
    std::vector<std::string> ids;
    for (const auto& one : cdss::rules::taken_beside(session.drafts.at(index), session.drafts)) {
      ids.push_back(one.definition->id);
    }
    return ids;
  };
  const auto a = medicine_draft("a", "ibuprofen");
  const auto b = medicine_draft("b", "naproxen");
  const auto c = medicine_draft("c", "warfarin");
  EXPECT_THAT(taken({a}, 0), IsEmpty());
  EXPECT_THAT(taken({a, c}, 0), ElementsAre("warfarin"));
  EXPECT_THAT(taken({a, b}, 0), IsEmpty());  // the second is held against the first
  EXPECT_THAT(taken({a, b}, 1), ElementsAre("ibuprofen"));
  EXPECT_THAT(taken({b, a}, 0), ElementsAre("ibuprofen"));  // whatever their order
  EXPECT_THAT(taken({a, b}, 0, {"MedicationRequest/a"}), ElementsAre("naproxen"));
  EXPECT_THAT(taken({b, medicine_draft("a", "diclofenac gel")}, 0), IsEmpty());
  const auto aspirin = medicine_draft("b", "aspirin 81 mg");
  EXPECT_THAT(taken({a, aspirin}, 0), ElementsAre("aspirin"));  // low-dose aspirin is never second
  EXPECT_THAT(taken({a, aspirin}, 1), IsEmpty());
  const auto first = medicine_draft("a", "aspirin 81 mg");
  EXPECT_THAT(taken({first, b}, 0), IsEmpty());
  EXPECT_THAT(taken({first, b}, 1), ElementsAre("aspirin"));
  EXPECT_THAT(taken({a, c}, 1), IsEmpty());  // the NSAID has the card
  EXPECT_THAT(taken({a, c}, 1, {"MedicationRequest/c"}), ElementsAre("ibuprofen"));
}

}  // namespace
