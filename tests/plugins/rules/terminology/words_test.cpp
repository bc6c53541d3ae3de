#include "plugins/rules/terminology/words.hpp"

#include <array>

#include <gtest/gtest.h>

namespace {

using cdss::rules::has_any_word;
using cdss::rules::has_word;

TEST(Words, AreFoundWholeWhateverTheirCase) {
  const struct {
    const char* text;
    const char* word;
    bool is_found;
  } rows[] = {
      {"Ibuprofen 200 MG Oral Tablet", "ibuprofen", true},
      {"IBUPROFEN", "ibuprofen", true},
      {"dexibuprofen", "ibuprofen", false},
      {"ibuprofenum", "ibuprofen", false},
      {"hydrocodone/ibuprofen", "ibuprofen", true},
      {"dexibuprofen, ibuprofen", "ibuprofen", true},
      {"US-guided", "guided", true},
      {"unguided", "guided", false},
      {"\xC3\xA9ibuprofen", "ibuprofen", false},
      {"MR Hip", "mr hip", true},
      {"", "hip", false},
      {"aspirin 75 MG", "75 mg", true},
      {"75 mg", "75 mg", true},
      {"(75 mg)", "75 mg", true},
      {"975 MG", "75 mg", false},
      {"1,075 mg, 75 mg", "75 mg", true},
      {"0.75 mg", "75 mg", false},
      {"2,75 mg", "75 mg", false},
      {"L4/5", "l4", true},
      {"L45", "l4", false},
      {"L4.5", "l4", false},
      {"hip2", "hip", true},
      {"hip.", "hip", true},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(has_word(row.text, row.word), row.is_found) << row.text;
  }
}

TEST(Words, AreComparedWithoutAccentsAndLigatures) {
  const struct {
    const char* text;
    const char* folded;
  } rows[] = {
      {"Ibuprofen", "ibuprofen"},
      {"Ibuprof\u00e8ne", "ibuprofene"},
      {"IBUPROF\u00c8NE", "ibuprofene"},
      {"Ibuprofe\u0300ne", "ibuprofene"},
      {"parac\u00e9tamol", "paracetamol"},
      {"\u00c1cido acetilsalic\u00edlico", "acido acetilsalicilico"},
      {"Gro\u00dfhirn", "grosshirn"},
      {"Sm\u00f8re\u00e6g", "smoreaeg"},
      {"Wysi\u0142ek", "wysilek"},
      {"\uff29\uff22\uff35", "ibu"},
      {"5 \u00b5g", "5 \u03bcg"},
      {"", ""},
  };
  for (const auto& [text, folded] : rows) {
    EXPECT_EQ(cdss::rules::folded(text), folded) << text;
    EXPECT_EQ(cdss::rules::folded(folded), folded) << text;
  }
  EXPECT_EQ(cdss::rules::folded("A\xff\xfe"), "a\xff\xfe");
  EXPECT_TRUE(has_word("Ibuprof\u00e8ne 400 mg", "ibuprofene"));
  EXPECT_TRUE(has_any_word("N\u00c9FROPATHIE", std::array<std::string_view, 1>{"nefropathie"}));
}

TEST(Words, OfAListAreEnoughOneByOne) {
  const std::string_view words[] = {"hip", "groin"};
  EXPECT_TRUE(has_any_word("Left groin", words));
  EXPECT_FALSE(has_any_word("Left knee", words));
  EXPECT_FALSE(has_any_word("Left knee", {}));
}

TEST(Words, AtTheBeginningOfATextAreWholeToo) {
  constexpr std::string_view kWords[] = {"mri", "magnetic resonance"};
  for (const char* text : {"MRI", "mri of the hip", "  Magnetic resonance, hip", "MRI-hip"}) {
    EXPECT_TRUE(cdss::rules::begins_with_any_word(text, kWords)) << text;
  }
  for (const char* text : {"", " ", "MR", "mrix", "hip MRI", "a mri"}) {
    EXPECT_FALSE(cdss::rules::begins_with_any_word(text, kWords)) << text;
  }
}

}  // namespace
