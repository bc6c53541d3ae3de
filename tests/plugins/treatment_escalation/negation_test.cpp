#include "plugins/treatment_escalation/negation.hpp"

#include <gtest/gtest.h>

#include "tests/plugins/treatment_escalation/session.hpp"

namespace {

using cdss::treatment_escalation::Said;

TEST(Negation, DeniesWhatStandsInTheSameClause) {
  const auto& recognition = cdss::test::order_rules().recognition();
  const struct {
    const char* text;
    Said guided;
    Said metal;
  } rows[] = {
      {"", Said::nothing, Said::nothing},
      {"ultrasound-guided", Said::affirmed, Said::nothing},
      {"US guided", Said::affirmed, Said::nothing},
      {"misguided", Said::nothing, Said::nothing},
      {"no ultrasound", Said::denied, Said::nothing},
      {"Not guided.", Said::denied, Said::nothing},
      {"non-guided", Said::denied, Said::nothing},
      {"without image or ultrasound guidance", Said::denied, Said::nothing},
      {"w/o ultrasound guidance", Said::denied, Said::nothing},
      {"ultrasound not available", Said::denied, Said::nothing},
      {"ultrasound guidance is currently not available", Said::denied, Said::nothing},
      {"Ultrasound unavailable", Said::denied, Said::nothing},
      {"image guidance not required", Said::denied, Said::nothing},
      {"image guidance required", Said::affirmed, Said::nothing},
      {"no fluoroscopy, ultrasound guidance", Said::affirmed, Said::nothing},
      {"no sedation, ultrasound guidance", Said::affirmed, Said::nothing},
      {"without contrast under fluoroscopic guidance", Said::affirmed, Said::nothing},
      {"ultrasound guidance not fluoroscopy", Said::affirmed, Said::nothing},
      {"standard, no MARS", Said::nothing, Said::denied},
      {"MRI hip without MARS", Said::nothing, Said::denied},
      {"MRI hip, no metal artifact reduction needed", Said::nothing, Said::denied},
      {"MARS not needed", Said::nothing, Said::denied},
      {"no need for MARS", Said::nothing, Said::denied},
      {"MRI hip without contrast, MARS", Said::nothing, Said::affirmed},
      {"MRI hip without contrast MARS", Said::nothing, Said::affirmed},
      {"MRI HIP WO CONTRAST WITH MARS", Said::nothing, Said::affirmed},
      {"MARS (no contrast)", Said::nothing, Said::affirmed},
      {"Metal-artifact reduction", Said::nothing, Said::affirmed},
      {"marsupialised cyst", Said::nothing, Said::nothing},
  };
  for (const auto& row : rows) {
    const std::string_view texts[] = {row.text};
    EXPECT_EQ(said(texts, recognition.words.guided, recognition.negation), row.guided) << row.text;
    EXPECT_EQ(said(texts, recognition.words.metal, recognition.negation), row.metal) << row.text;
  }
}

TEST(Negation, LetsOneAffirmationOutweighDenials) {
  const cdss::treatment_escalation::Negation negation{
      .before = {"no"}, .after = {"not available"}, .between = {"is"}};
  const std::string_view words[] = {"guidance"};
  const std::string_view texts[] = {"no guidance", "guidance is not available", "guidance"};
  EXPECT_EQ(said(texts, words, negation), Said::affirmed);
  EXPECT_EQ(said(std::span{texts}.first(2), words, negation), Said::denied);
  EXPECT_EQ(said({}, words, negation), Said::nothing);
}

}  // namespace
