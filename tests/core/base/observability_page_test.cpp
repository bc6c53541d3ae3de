// deploy/observability.md lists every metric and every log event as the code declares them.

#include <filesystem>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/base/log_event_table.hpp"
#include "core/base/metric_table.hpp"

namespace cdss {
namespace {

std::string code(std::string_view text) {
  return text.empty() ? std::string{} : '`' + std::string{text} + '`';
}

std::string row(std::initializer_list<std::string> cells) {
  std::string line = "|";
  for (const auto& cell : cells) {
    line += ' ' + cell + (cell.empty() ? "|" : " |");
  }
  return line + '\n';
}

std::string metric_rows() {
  std::string rows = row({"metric", "type", "label", "meaning"}) + "|---|---|---|---|\n";
  constexpr const char* kTypes[] = {"counter", "gauge", "histogram"};  // as MetricType
  for (const Metric& metric : kMetrics) {
    rows += row({code(metric.name), kTypes[static_cast<std::size_t>(metric.type)],
                 code(metric.label), std::string{metric.help}});
  }
  return rows;
}

std::string event_rows() {
  static constexpr const char* kLevels[] = {"info", "warning", "error"};
  std::string rows = row({"event", "level", "fields", "meaning"}) + "|---|---|---|---|\n";
  for (const LogEvent& event : kLogEvents) {
    std::string fields;
    for (const auto field : event.fields) {
      fields += (fields.empty() || field.empty() ? "" : ", ") + code(field);
    }
    rows += row({code(event.name), kLevels[static_cast<int>(event.level)], fields,
                 std::string{event.meaning}});
  }
  return rows;
}

/// Whether `page` holds the table `rows` and no row more.
bool has_table(std::string_view page, std::string_view rows) {
  const auto at = page.find(rows);
  return at != std::string_view::npos && !page.substr(at + rows.size()).starts_with('|');
}

TEST(ObservabilityPage, ListsEveryMetricAndEveryLogEvent) {
  const auto page =
      read_file(std::filesystem::path{CDSS_SOURCE_DIR} / "deploy/observability.md", 1 << 20);
  ASSERT_TRUE(page);
  EXPECT_TRUE(has_table(*page, metric_rows())) << "paste these rows:\n" << metric_rows();
  EXPECT_TRUE(has_table(*page, event_rows())) << "paste these rows:\n" << event_rows();
}

}  // namespace
}  // namespace cdss
