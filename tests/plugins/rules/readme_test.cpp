// What people read of the red flags and results is what the program reads.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::test::ShippedRules;
using Cells = std::vector<std::string>;

/// The rows of the tables in one section of plugins/rules/README.md, without their headings.
std::vector<Cells> table_rows(std::string_view section) {
  std::ifstream in{std::filesystem::path{CDSS_SOURCE_DIR} / "plugins/rules/README.md"};
  std::vector<Cells> rows;
  bool is_inside = false;
  bool is_body = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) {
      is_inside = std::string_view{line}.substr(3) == section;
    }
    if (!line.starts_with('|')) {
      is_body = false;
    } else if (line.starts_with("|--")) {
      is_body = true;
    } else if (is_inside && is_body) {
      Cells cells;
      std::istringstream text{line.substr(1)};
      for (std::string cell; std::getline(text, cell, '|');) {
        cells.push_back(cell.substr(1, cell.size() - 2));
      }
      rows.push_back(std::move(cells));
    }
  }
  return rows;
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) {
    all += (all.empty() ? "" : ", ") + text;
  }
  return all;
}

/// With the usual image in its place.
std::string action_of(const cdss::rules::RedFlagRow& flag) {
  constexpr std::string_view kImaging = "{imaging}";
  std::string action = flag.action;
  const auto at = action.find(kImaging);
  return at == std::string::npos ? action : action.replace(at, kImaging.size(), flag.imaging);
}

TEST(Readme, TellsOfEachRedFlagWhatTheFileSays) {
  std::vector<Cells> rows = table_rows("Red flags");
  std::erase_if(rows, [](const Cells& row) { return !row.front().starts_with("RF"); });
  const auto& flags = ShippedRules::get().knowledge->red_flags.rows;
  ASSERT_EQ(rows.size(), flags.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& flag = flags[i];
    SCOPED_TRACE(flag.id);
    const Cells told{flag.id + ' ' + flag.text,
                     flag.trigger,
                     flag.urgency == cdss::rules::Urgency::emergency ? "emergency" : "urgent",
                     action_of(flag),
                     joined(flag.forbids),
                     flag.grade,
                     joined(flag.sources)};
    EXPECT_EQ(rows[i], told);
  }
}

TEST(Readme, TellsOfEachPromptWhatTheFileSays) {
  constexpr std::string_view kUrgencies[] = {"emergency", "today", "soon"};
  const auto rows = table_rows("Prompts");
  const auto& prompts = ShippedRules::get().knowledge->prompts.rows;
  ASSERT_EQ(rows.size(), prompts.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& prompt = prompts[i];
    SCOPED_TRACE(prompt.id);
    const auto beside = joined(prompt.not_beside);
    const Cells told{prompt.id + ' ' + prompt.brief,
                     prompt.trigger,
                     prompt.settle,
                     std::string{kUrgencies[static_cast<std::size_t>(prompt.urgency)]},
                     beside.empty() ? "-" : beside,
                     prompt.cleared_by.item + ", " + std::to_string(prompt.cleared_by.days) + " d",
                     prompt.grade,
                     joined(prompt.sources)};
    EXPECT_EQ(rows[i], told);
  }
}

TEST(Readme, TellsOfEachReminderThatThereIs) {
  const auto texts =
      cdss::read_json_file(std::filesystem::path{CDSS_SOURCE_DIR} / "config/knowledge/texts.json");
  ASSERT_TRUE(texts);
  std::set<std::string> reminders;
  for (const auto& member : texts->root().find("texts")->members()) {
    if (member.name.starts_with("reminder.")) {
      reminders.insert('`' + std::string{member.name.substr(member.name.find('.') + 1)} + '`');
    }
  }
  std::set<std::string> told;
  for (const auto& row : table_rows("Clearing")) {
    told.insert(row.front());
  }
  EXPECT_EQ(told, reminders);
}

TEST(Readme, TellsOfEachResultHowLongItIsKnown) {
  const auto rows = table_rows("Results");
  const auto& results = ShippedRules::get().definitions().results;
  ASSERT_EQ(rows.size(), results.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto& result = results[i];
    SCOPED_TRACE(result.id);
    ASSERT_EQ(rows[i].size(), 6U);
    EXPECT_EQ(rows[i][0], '`' + result.id + '`');
    EXPECT_EQ(rows[i][1], result.text);
    EXPECT_TRUE(rows[i][2].starts_with('`' + result.unit + '`')) << "the unit of the bounds first";
    EXPECT_EQ(rows[i][3], std::to_string(result.valid.count()));
    EXPECT_EQ(rows[i][4], result.is_worse_low ? "lower" : "higher");
    std::ostringstream bounds;
    bounds << result.lowest << " to " << result.highest;
    EXPECT_EQ(rows[i][5], bounds.str());
  }
}

}  // namespace
