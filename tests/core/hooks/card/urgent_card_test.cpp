// What becomes of a card that must not be lost, and what the host adds to cards.

#include <algorithm>
#include <regex>

#include "core/hooks/card/response.hpp"
#include "tests/core/hooks/support.hpp"

namespace cdss::hooks {
namespace {

const Members kCard{
    {"summary", R"("Hip replacement 40 days ago")"},
    {"indicator", R"("info")"},
    {"source", R"({"label":"Psoas CDS"})"},
};
const Members kUrgent = with(with(kCard, "indicator", R"("critical")"), "extension",
                             R"({"org.psoas-cds.card":{"card_kind":"red-flag-infection"}})");

CheckRules rules() {
  return {.patient_id = "p1", .link_hosts = {"example.org"}, .explain = true};
}

std::string answer(const Members& card) {
  return R"({"cards":[)" + text(card) + "]}";
}

std::string repeated(const std::string& element, std::uint32_t count) {
  std::string out = "[" + element;
  for (std::uint32_t i = 1; i < count; ++i) {
    out += "," + element;
  }
  return out + "]";
}

/// What is sent of an answer, with U in place of each uuid.
std::string written(const std::string& json, const CheckRules& by) {
  const auto document = parse(json);
  const auto response = check_response(document.root(), by);
  if (!response) {
    ADD_FAILURE() << response.error().message;
    return {};
  }
  return std::regex_replace(write_response(*response), std::regex{"[0-9a-f-]{36}"}, "U");
}

TEST(UrgentCards, StayWhenThereAreTooManyCards) {
  const std::string urgent = text(kUrgent);
  const std::string other = text(kCard);
  const struct {
    std::string before;
    std::string after;
    std::size_t kept;
    std::size_t critical;
    bool replaced;
  } rows[] = {
      {repeated(other, kMostCards), "", kMostCards, 0, false},
      {repeated(other, 40), repeated(urgent, 1), kMostCards, 1, false},
      {repeated(other, 40), repeated(urgent, kMostCards), kMostCards, kMostCards, false},
      {repeated(urgent, kMostCards), repeated(other, 40), kMostCards, kMostCards, false},
      {repeated(urgent, 5000), repeated(other, 40), kMostCards, kMostCards, true},
      {repeated("5", 150'000), repeated(urgent, 3), 3, 3, false},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.after.substr(0, 100));
    std::string cards = row.before;
    cards.back() = ',';
    cards += row.after.empty() ? other + ']' : row.after.substr(1);
    const auto document = parse(R"({"cards":)" + cards + "}");
    const auto response = check_response(document.root(), rules());
    ASSERT_TRUE(response);
    EXPECT_EQ(response->cards.size(), row.kept);
    const auto is_critical = [](const CheckedCard& card) {
      return card.indicator == Indicator::critical;
    };
    EXPECT_EQ(static_cast<std::size_t>(std::ranges::count_if(response->cards, is_critical)),
              row.critical);
    EXPECT_EQ(response->cards.back().text == CardText::replacement, row.replaced);
    ASSERT_FALSE(response->dropped.empty());
    EXPECT_EQ(response->dropped.back().error.where, "cards");
    EXPECT_EQ(response->dropped.back().replaced, row.replaced);
  }
}

TEST(UrgentCards, AreReplacedByAFixedTextWhenTheyFail) {
  const auto kind = [](const std::string& name) {
    return R"({"org.psoas-cds.card":{"card_kind":")" + name + R"("}})";
  };
  const char* const kWritten =
      R"(,"extension":{"org.psoas-cds.card":{"card_kind":"red-flag-infection"}})";
  const Members flag = with(kCard, "extension", kind("red-flag-infection"));
  const Members html = with(kUrgent, "detail", R"("<script>alert(1)</script>")");
  const struct {
    Members card;
    bool red_flag;
    const char* extension;  ///< what is written of it; null when the card is left out
  } rows[] = {
      {html, true, kWritten},
      {without(flag, "summary"), true, kWritten},
      {with(flag, "indicator", R"("red")"), true, kWritten},
      {with(flag, "links", R"([{"label":"x","url":"http://evil.example","type":"absolute"}])"),
       true, kWritten},
      {with(without(kCard, "source"), "extension", kind("Red-Flag <b>")), true, ""},
      {with(without(kCard, "source"), "extension", kind(std::string(70, 'x'))), false, nullptr},
      {with(without(kCard, "source"), "indicator", R"("critical")"), false, ""},
      {with(kCard, "indicator", R"("CRITICAL")"), false, ""},
  };
  auto by = rules();
  by.source_label = "Psoas CDS, s";
  by.source_url = "https://example.org/services/s";
  for (const auto& [card, red_flag, extension] : rows) {
    SCOPED_TRACE(text(card));
    const std::string json = answer(card);
    if (extension == nullptr) {
      EXPECT_EQ(written(json, by), R"({"cards":[]})");
      continue;
    }
    const std::string summary =
        red_flag ? "Red flag in the record: urgent review needed; details could not be shown"
                 : "Critical advice could not be shown: review the record now";
    EXPECT_EQ(written(json, by),
              R"({"cards":[{"uuid":"U","summary":")" + summary +
                  R"(","detail":"This card stands in for one that could not be shown safely. )"
                  R"(Review the record itself, and tell those who run this service.",)"
                  R"("indicator":"critical","source":{"label":"Psoas CDS, s",)"
                  R"("url":"https://example.org/services/s"})" +
                  extension + "}]}");
    const auto document = parse(json);
    const auto response = check_response(document.root(), by);
    ASSERT_TRUE(response);
    ASSERT_EQ(response->dropped.size(), 1U);
    EXPECT_TRUE(response->dropped[0].replaced);
    const auto sent = parse(write_response(*response));
    EXPECT_TRUE(check_response(sent.root(), by)->dropped.empty());
  }
}

TEST(CheckResponse, CARD_10_GivesASourceWithoutUrlTheServicesOwn) {
  auto by = rules();
  by.source_url = "https://example.org/services/s";
  EXPECT_EQ(written(answer({{"summary", R"("s")"},
                            {"indicator", R"("info")"},
                            {"source", R"({"label":"l","icon":"https://example.org/i"})"}}),
                    by),
            R"({"cards":[{"uuid":"U","summary":"s","indicator":"info","source":{"label":"l",)"
            R"("url":"https://example.org/services/s","icon":"https://example.org/i"}}]})");
  EXPECT_EQ(written(answer({{"summary", R"("s")"},
                            {"indicator", R"("info")"},
                            {"source", R"({"label":"l","url":"https://example.org/own"})"}}),
                    by),
            R"({"cards":[{"uuid":"U","summary":"s","indicator":"info","source":{"label":"l",)"
            R"("url":"https://example.org/own"}}]})");
}

}  // namespace
}  // namespace cdss::hooks
