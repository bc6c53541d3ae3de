#include <gtest/gtest.h>

#include "plugins/rules/orders/daily_dose.hpp"

namespace {

using cdss::fhir::CodeableConcept;
using cdss::rules::strength_mg;

struct Row {
  const char* text;
  double mg;  // 0: not said, or not clear
};

void check(std::initializer_list<Row> rows, std::initializer_list<std::string_view> names) {
  for (const auto& row : rows) {
    const CodeableConcept medication{.codings = {}, .text = row.text};
    EXPECT_EQ(strength_mg(medication, names).value_or(0), row.mg) << row.text;
    const CodeableConcept coded{.codings = {{.system = {}, .code = {}, .display = row.text}},
                                .text = {}};
    EXPECT_EQ(strength_mg(coded, names).value_or(0), row.mg) << row.text;
  }
}

TEST(Strength, IsThatOfTheIngredient) {
  check(
      {
          {"Acetaminophen 325 MG Oral Tablet", 325},
          {"Hydrocodone Bitartrate 5 MG / Acetaminophen 300 MG Oral Tablet", 300},
          {"acetaminophen 300 MG / codeine phosphate 30 MG Oral Tablet", 300},
          {"oxycodone-acetaminophen 5-325 mg", 325},
          {"acetaminophen-codeine 300-30 mg", 300},
          {"acetaminophen/codeine 300 mg/30 mg tablet", 300},
          {"Hydrocodone-Acetaminophen Oral Tablet 5-325 MG", 325},
          {"butalbital, acetaminophen and caffeine 50-325-40 mg", 325},
          {"acetaminophen 160 MG/5 ML", 160},
          {"Tylenol 500mg", 500},
          {"acetaminophen 500-mg tablet", 500},
          {"acetaminophen 1,000 mg tablet", 1000},
          {"acetaminophen 12,345.5 mg", 12345.5},
          {"acetaminophen extra-strength 500 mg", 500},
      },
      {"acetaminophen"});
}

TEST(Strength, IsNotKnownWhereItIsNotClear) {
  check(
      {
          {"acetaminophen", 0},
          {"acetaminophen mg", 0},
          {"", 0},
          {"acetaminophen 0 mg", 0},
          {"acetaminophen 1 000 mg", 0},
          {"acetaminophen 1.000 mg", 0},
          {"acetaminophen 1,00 mg", 0},
          {"acetaminophen 1,000,0 mg", 0},
          {"acetaminophen ,500 mg", 0},
          {"acetaminophen -500 mg", 0},
          {"acetaminophen /500 mg", 0},
          {"acetaminophen 325-650 mg", 0},
          {"acetaminophen-codeine 300 mg", 0},
          {"codeine-acetaminophen 30 mg", 0},
          {"Percocet 5-325 mg", 0},
          {"Vicodin 5 mg, 300 mg", 0},
          {"butalbital-acetaminophen-caffeine 50-325 mg", 0},
          {"acetaminophen 500 mgs", 0},
          {"acetaminophen 500 mcg", 0},
      },
      {"acetaminophen"});
}

TEST(Strength, IsNotTakenFromAnotherIngredient) {
  check(
      {
          {"aspirin 81 mg", 81},
          {"Aspirin 81 MG Delayed Release Oral Tablet", 81},
          {"low-dose aspirin 75 mg", 75},
          {"Aspirin 325 MG Oral Tablet; clopidogrel 75 mg", 325},
          {"aspirin 975 MG", 975},
          {"aspirin / clopidogrel 75 mg", 0},
          {"aspirin and clopidogrel 75 mg", 0},
          {"aspirin, clopidogrel 75 mg", 0},
          {"clopidogrel 75 mg, aspirin", 0},
          {"325 mg aspirin 75 mg clopidogrel", 0},
          {"325 mg aspirin, 75 mg clopidogrel", 0},
          {"clopidogrel 75 mg / aspirin 325 mg", 325},
      },
      {"aspirin"});
}

TEST(Strength, OfACombinationIsNotANumberAlone) {
  const auto of = [](const char* text, bool is_combination) {
    return strength_mg({.codings = {}, .text = text}, {"acetaminophen"}, is_combination);
  };
  EXPECT_EQ(of("Tylenol 500 mg", false), 500);
  EXPECT_FALSE(of("Vicodin 5 mg tablet", true));
  EXPECT_EQ(of("Oxycodone 10 mg / acetaminophen 325 mg", true), 325);
}

TEST(Strength, IsNotKnownWhenTextsDiffer) {
  const auto of = [](const char* display, const char* text) {
    return strength_mg({.codings = {{.system = {}, .code = {}, .display = display}}, .text = text},
                       {"aspirin"});
  };
  EXPECT_EQ(of("Aspirin 81 MG", "aspirin 81 mg tablet"), 81);
  EXPECT_EQ(of("Aspirin 81 MG", "aspirin"), 81);
  EXPECT_FALSE(of("Aspirin 325 MG", "aspirin 81 mg tablet"));
}

}  // namespace
