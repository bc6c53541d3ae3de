// Situations like those of a practice (synthetic, ours), and the same with other codes, names and
// units, sent to the running program: tests/data/cases, whose README says how its tables are read.

#include <algorithm>
#include <map>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/clock.hpp"
#include "core/base/file.hpp"
#include "tests/system/golden.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

using namespace std::chrono;

const std::filesystem::path kCases = std::filesystem::path{CDSS_TEST_DATA} / "cases";
constexpr sys_days kWritten = 2026y / November / 30;

std::vector<std::string> split(const std::string& text, const std::string& at) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (auto to = text.find(at); to != std::string::npos; to = text.find(at, from)) {
    parts.push_back(text.substr(from, to - from));
    from = to + at.size();
  }
  parts.push_back(text.substr(from));
  return parts;
}

/// The rows of a table but its head, cell by cell.
std::vector<std::vector<std::string>> rows_of(const char* table) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines{*read_file(kCases / table)};
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    rows.push_back(split(line, "\t"));
  }
  return rows;
}

template <class Holds>
bool any_of(View array, Holds holds) {
  for (const View element : array.elements()) {
    if (holds(element)) {
      return true;
    }
  }
  return false;
}

/// What a service answered, as the conditions look at it.
struct CaseAnswer {
  Document document;
  std::vector<std::string> texts;   ///< of each card: summary, detail and labels
  std::vector<std::string> orders;  ///< each suggestion as JSON

  explicit CaseAnswer(Document parsed) : document{std::move(parsed)} {
    for (const View card : document.root().at("cards")->elements()) {
      std::string text{card.text_or_empty("summary")};
      text.append("\n").append(card.text_or_empty("detail"));
      if (const auto suggestions = card.find("suggestions")) {
        for (const View one : suggestions->elements()) {
          text.append("\n").append(one.text_or_empty("label"));
          orders.emplace_back(one.raw_text());
        }
      }
      texts.push_back(std::move(text));
    }
  }

  std::size_t cards() const { return texts.size(); }
  View assessment() const {
    return *document.root().find("extension")->at("org.psoas-cds.assessment");
  }
  bool lists(std::string_view member, std::string_view id) const {
    const auto list = assessment().find(member);
    return list && any_of(*list, [&](View one) { return one.string() && *one.string() == id; });
  }
  bool contributes(std::string_view id) const {
    const auto list = assessment().find("contributions");
    return list && any_of(*list, [&](View one) { return one.text_or_empty("id") == id; });
  }
  bool is_critical() const {
    return any_of(*document.root().at("cards"),
                  [](View card) { return card.text_or_empty("indicator") == "critical"; });
  }
};

bool is_in(const std::vector<std::string>& texts, const std::string& pattern) {
  const std::regex regex{pattern, std::regex::icase | std::regex::ECMAScript};
  return std::ranges::any_of(
      texts, [&](const std::string& text) { return std::regex_search(text, regex); });
}

/// One condition of a table: "rf=RF01", "card!~regex".
struct Condition {
  std::string name;
  std::string how;
  std::string what;

  explicit Condition(const std::string& text) {
    static const std::regex kParts{"([a-z-]+)(!=|>=|=|!~|~)?([^]*)"};
    std::smatch parts;
    if (!std::regex_match(text, parts, kParts)) {
      throw std::runtime_error{"not understood: " + text};
    }
    name = parts[1];
    how = parts[2];
    what = parts[3];
  }
  bool is_not() const { return how.starts_with('!'); }
};

/// Of the cards; none when the condition is not about them.
std::optional<bool> holds_of_cards(const Condition& one, const CaseAnswer& answer) {
  if (one.name == "cards") {
    const auto count = std::stoul(one.what);
    return one.how == ">=" ? answer.cards() >= count : answer.cards() == count;
  }
  if (one.name == "card") {
    return is_in(answer.texts, one.what) != one.is_not();
  }
  if (one.name == "lead") {
    return answer.cards() > 0 && is_in({split(answer.texts.front(), "\n").front()}, one.what);
  }
  if (one.name == "critical" || one.name == "no-critical") {
    return answer.is_critical() == (one.name == "critical");
  }
  if (one.name == "order" || one.name == "no-order") {
    return is_in(answer.orders, one.what) == (one.name == "order");
  }
  return std::nullopt;
}

bool holds(const std::string& text, const CaseAnswer& answer) {
  const Condition one{text};
  if (const auto of_cards = holds_of_cards(one, answer)) {
    return *of_cards;
  }
  if (one.name == "rf" || one.name == "no-rf") {
    return answer.lists("redFlags", one.what) == (one.name == "rf");
  }
  if (one.name == "band" || one.name == "step") {
    return (answer.assessment().text_or_empty(one.name) == one.what) != one.is_not();
  }
  if (one.name == "contributes") {
    return answer.contributes(one.what) != one.is_not();
  }
  if (one.name == "rule") {
    return answer.lists("safetyRules", one.what);
  }
  throw std::runtime_error{"not understood: " + text};
}

/// The conditions that do not hold; of alternatives one is enough.
std::string unmet(const std::string& must, const CaseAnswer& answer) {
  std::string wrong;
  for (const auto& condition : split(must, ";")) {
    const auto alternatives = split(condition, " or ");
    if (std::ranges::none_of(alternatives,
                             [&](const std::string& one) { return holds(one, answer); })) {
      wrong += condition + "; ";
    }
  }
  return wrong;
}

std::string replaced(std::string text, const std::string& pairs) {
  for (const auto& pair : split(pairs, ";;")) {
    const auto sides = split(pair, "=>");
    for (auto at = text.find(sides[0]); at != std::string::npos;
         at = text.find(sides[0], at + sides[1].size())) {
      text.replace(at, sides[0].size(), sides[1]);
    }
  }
  return text;
}

class Cases : public ::testing::Test {
 protected:
  /// The request as it would be today; asked again when midnight passed meanwhile.
  std::string ask(const std::string& service, const std::string& request) {
    HttpClient http{server_.port()};
    while (true) {
      const auto shift = Clock::system().today() - kWritten;
      auto answer = http.post("/cds-services/" + service, with_days_shifted(request, shift));
      if (Clock::system().today() - kWritten == shift) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.body;
      }
    }
  }

  void expect(const std::string& service, const std::string& must, const std::string& request) {
    const auto body = ask(service, request);
    auto document = Document::parse(body);
    ASSERT_TRUE(document) << body;
    EXPECT_EQ(unmet(must, CaseAnswer{*std::move(document)}), "") << service << ": " << body;
  }

  RunningServer server_;
};

TEST_F(Cases, ShowWhatTheyMust) {
  const auto rows = rows_of("cases.tsv");
  for (const auto& row : rows) {
    SCOPED_TRACE(row[0]);
    expect(row[2], row[3], *read_file(kCases / row[1]));
  }
  EXPECT_GE(rows.size(), 66U);
}

TEST_F(Cases, AreShownByTheirSiblingsToo) {
  std::multimap<std::string, std::vector<std::string>> cases;
  for (auto& row : rows_of("cases.tsv")) {
    cases.emplace(row[0], row);
  }
  const auto siblings = rows_of("siblings.tsv");
  for (const auto& sibling : siblings) {
    SCOPED_TRACE(sibling[0] + ": " + sibling[1]);
    const auto [first, last] = cases.equal_range(sibling[0]);
    EXPECT_NE(first, last) << "no such case";
    for (auto at = first; at != last; ++at) {
      const auto& row = at->second;
      const auto request = *read_file(kCases / row[1]);
      const auto changed = replaced(request, sibling[2]);
      EXPECT_NE(changed, request);
      expect(row[2], sibling[3].empty() ? row[3] : sibling[3], changed);
    }
  }
  EXPECT_GE(siblings.size(), 200U);
}

}  // namespace
}  // namespace cdss::test
