#include "plugins/rules/orders/negation.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/rules/orders/session.hpp"

namespace {

using cdss::rules::Assertion;

TEST(Negation, DeniesWhatStandsInTheSameClause) {
  const auto& recognition = cdss::test::order_rules().recognition;
  const struct {
    const char* text;
    Assertion guided;
    Assertion metal;
  } rows[] = {
      {"", Assertion::nothing, Assertion::nothing},
      {"ultrasound-guided", Assertion::affirmed, Assertion::nothing},
      {"US guided", Assertion::affirmed, Assertion::nothing},
      {"misguided", Assertion::nothing, Assertion::nothing},
      {"no ultrasound", Assertion::denied, Assertion::nothing},
      {"Not guided.", Assertion::denied, Assertion::nothing},
      {"non-guided", Assertion::denied, Assertion::nothing},
      {"without image or ultrasound guidance", Assertion::denied, Assertion::nothing},
      {"w/o ultrasound guidance", Assertion::denied, Assertion::nothing},
      {"ultrasound not available", Assertion::denied, Assertion::nothing},
      {"ultrasound guidance is currently not available", Assertion::denied, Assertion::nothing},
      {"Ultrasound unavailable", Assertion::denied, Assertion::nothing},
      {"image guidance not required", Assertion::denied, Assertion::nothing},
      {"image guidance required", Assertion::affirmed, Assertion::nothing},
      {"no fluoroscopy, ultrasound guidance", Assertion::affirmed, Assertion::nothing},
      {"no sedation, ultrasound guidance", Assertion::affirmed, Assertion::nothing},
      {"without contrast under fluoroscopic guidance", Assertion::affirmed, Assertion::nothing},
      {"ultrasound guidance not fluoroscopy", Assertion::affirmed, Assertion::nothing},
      {"standard, no MARS", Assertion::nothing, Assertion::denied},
      {"MRI hip without MARS", Assertion::nothing, Assertion::denied},
      {"MRI hip, no metal artifact reduction needed", Assertion::nothing, Assertion::denied},
      {"MARS not needed", Assertion::nothing, Assertion::denied},
      {"no need for MARS", Assertion::nothing, Assertion::denied},
      {"MRI hip without contrast, MARS", Assertion::nothing, Assertion::affirmed},
      {"MRI hip without contrast MARS", Assertion::nothing, Assertion::affirmed},
      {"MRI HIP WO CONTRAST WITH MARS", Assertion::nothing, Assertion::affirmed},
      {"MARS (no contrast)", Assertion::nothing, Assertion::affirmed},
      {"Metal-artifact reduction", Assertion::nothing, Assertion::affirmed},
      {"marsupialised cyst", Assertion::nothing, Assertion::nothing},
  };
  for (const auto& row : rows) {
    const std::string_view texts[] = {row.text};
    EXPECT_EQ(find_assertion(texts, recognition.words.guided, recognition.negation), row.guided)
        << row.text;
    EXPECT_EQ(find_assertion(texts, recognition.words.metal, recognition.negation), row.metal)
        << row.text;
  }
}

TEST(Negation, LetsOneAffirmationOutweighDenials) {
  const cdss::rules::Negation negation{
      .before = {"no"}, .after = {"not available"}, .between = {"is"}};
  const std::string_view words[] = {"guidance"};
  const std::string_view texts[] = {"no guidance", "guidance is not available", "guidance"};
  EXPECT_EQ(find_assertion(texts, words, negation), Assertion::affirmed);
  EXPECT_EQ(find_assertion(std::span{texts}.first(2), words, negation), Assertion::denied);
  EXPECT_EQ(find_assertion({}, words, negation), Assertion::nothing);
}

}  // namespace
