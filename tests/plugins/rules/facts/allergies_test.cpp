#include <gtest/gtest.h>

#include "plugins/rules/facts/medicines.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::rules::Allergies;
using cdss::test::kToday;
using cdss::test::parsed;
using cdss::test::RecordBuilder;
using cdss::test::ShippedRules;

std::string allergy(std::string_view members) {
  return RecordBuilder::bundle(
      {R"({"resourceType":"AllergyIntolerance","id":"a1","patient":{"reference":"Patient/p"},)" +
       std::string{members} + '}'});
}

std::string status(std::string_view clinical, std::string_view verification) {
  const auto member = [](std::string_view name, std::string_view code) {
    return code.empty() ? std::string{}
                        : ",\"" + std::string{name} + R"(":{"coding":[{"code":")" +
                              std::string{code} + R"("}]})";
  };
  return member("clinicalStatus", clinical) + member("verificationStatus", verification);
}

Allergies read_allergies(const std::string& bundle) {
  const auto document = parsed(bundle);
  return Allergies::read(ShippedRules::get().definitions().pharmacy, ShippedRules::get().concepts(),
                         document.root(), kToday);
}

TEST(Allergies, CountWhileTheyHoldAndAreNotRefuted) {
  const struct {
    const char* clinical;
    const char* verification;
    std::size_t count;
  } rows[] = {
      {"active", "confirmed", 1},   {"active", "unconfirmed", 1},      {"", "", 1},
      {"active", "refuted", 0},     {"active", "entered-in-error", 0}, {"inactive", "confirmed", 0},
      {"resolved", "confirmed", 0},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(std::string{row.clinical} + ' ' + row.verification);
    const auto allergies = read_allergies(
        allergy(R"("code":{"text":"naproxen"})" + status(row.clinical, row.verification)));
    EXPECT_EQ(allergies.of("nsaid").size(), row.count);
    EXPECT_TRUE(allergies.unrecognised().empty());
  }
}

TEST(Allergies, AreKnownByCodeNameOrSubstanceOfAReaction) {
  const struct {
    const char* evidence;
    const char* members;
    const char* medicine_class;
    std::size_t count;
    std::size_t unreadable;
  } rows[] = {
      {"code", R"("code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm",
       "code":"5640"}]})",
       "nsaid", 1, 0},
      {"text", R"("code":{"text":"Allergy to paracetamol"})", "acetaminophen", 1, 0},
      {"group", R"("code":{"text":"NSAIDs"})", "nsaid", 1, 0},
      {"substance of a reaction", R"("reaction":[{"substance":{"text":"lidocaine"},
       "manifestation":[{"text":"rash"}]}])",
       "local_anaesthetic", 1, 0},
      {"whatever the form", R"("code":{"text":"diclofenac gel"})", "nsaid", 1, 0},
      {"another substance", R"("code":{"text":"peanut"})", "nsaid", 0, 0},
      {"no name", R"("code":{"coding":[{"system":"http://x.org","code":"77"}]})", "nsaid", 0, 1},
      {"nothing", R"("type":"allergy")", "nsaid", 0, 1},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.evidence);
    const auto allergies = read_allergies(allergy(row.members));
    EXPECT_EQ(allergies.of(row.medicine_class).size(), row.count);
    EXPECT_EQ(allergies.unrecognised().size(), row.unreadable);
  }
  EXPECT_EQ(read_allergies(allergy(R"("code":7)")).refused(), 1U);
}

}  // namespace
