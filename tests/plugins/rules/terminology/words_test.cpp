#include "plugins/rules/terminology/words.hpp"

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
