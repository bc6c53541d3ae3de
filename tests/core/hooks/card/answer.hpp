#pragma once

#include <cstdint>
#include <string>

#include <gtest/gtest.h>

#include "core/hooks/card/response.hpp"
#include "tests/core/hooks/support.hpp"

// What a plugin may answer, and what becomes of it.

namespace cdss::hooks {

inline const Members kCard{
    {"summary", R"("Hip replacement 40 days ago")"},
    {"indicator", R"("info")"},
    {"source", R"({"label":"Psoas CDS"})"},
};
inline const Members kLink{
    {"label", R"("Guideline")"},
    {"url", R"("https://example.org/guideline")"},
    {"type", R"("absolute")"},
};
inline const Members kSuggestion{{"label", R"("Order a CRP")"}};
inline const Members kReason{
    {"code", R"("x")"}, {"system", R"("urn:r")"}, {"display", R"("Not now")"}};

inline CheckRules rules() {
  return {.patient_id = "p1",
          .link_hosts = {"example.org", "localhost"},
          .explain = true,
          .client = {.system_actions = true}};
}

inline std::string answer(const Members& card) {
  return R"({"cards":[)" + text(card) + "]}";
}

inline Members with_link(const Members& link) {
  return with(kCard, "links", "[" + text(link) + "]");
}

inline Members with_suggestions(const std::string& suggestions, const char* behavior = R"("any")") {
  return with(with(kCard, "suggestions", suggestions), "selectionBehavior", behavior);
}

inline void expect_kept(const Members& card, const CheckRules& by = rules()) {
  SCOPED_TRACE(text(card));
  const auto document = parse(answer(card));
  const auto response = check_response(document.root(), by);
  ASSERT_TRUE(response);
  EXPECT_EQ(response->cards.size(), 1U);
  for (const auto& dropped : response->dropped) {
    ADD_FAILURE() << dropped.error.where << ": " << dropped.error.message;
  }
}

inline void expect_dropped(const Members& card, const std::string& where,
                           const CheckRules& by = rules()) {
  SCOPED_TRACE(text(card));
  const auto document = parse(answer(card));
  const auto response = check_response(document.root(), by);
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->cards.empty());
  ASSERT_EQ(response->dropped.size(), 1U);
  EXPECT_EQ(response->dropped[0].error.where, "cards[0]" + (where.empty() ? "" : "." + where));
  EXPECT_FALSE(response->dropped[0].error.message.empty());
  EXPECT_EQ(write_response(*response), R"({"cards":[]})");
}

/// Each required member of an object inside a card, {absent, null, empty, wrong type}.
template <class Place>
void expect_required(const Members& object, const std::string& name, const std::string& where,
                     Place place) {
  expect_dropped(place(without(object, name)), where);
  for (const auto* const wrong : {"null", "\"\"", "\"   \"", "5", "[]", "{}", "true"}) {
    expect_dropped(place(with(object, name, wrong)), where);
  }
}

inline std::string repeated(const std::string& element, std::uint32_t count) {
  std::string out = "[" + element;
  for (std::uint32_t i = 1; i < count; ++i) {
    out += "," + element;
  }
  return out + "]";
}

}  // namespace cdss::hooks
