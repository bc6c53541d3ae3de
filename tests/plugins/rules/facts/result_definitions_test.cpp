#include <optional>

#include <gtest/gtest.h>

#include "plugins/rules/facts/results.hpp"
#include "tests/plugins/knowledge.hpp"

namespace {

using cdss::test::parsed;
using cdss::test::ShippedRules;

TEST(Results, OfTheirDefinitionsRefuseWhatIsNotKnownOrNoList) {
  const auto refused = [](const char* rows) {
    const auto document = parsed(rows);
    const auto read =
        cdss::rules::read_result_definitions(ShippedRules::get().concepts(), document.root());
    return read ? std::nullopt : std::optional{read.error().code};
  };
  EXPECT_EQ(refused(R"([{"id":"x","text":"x","concept":"crp","unit":"furlong","valid_days":9,
                       "lowest":0,"highest":1}])"),
            cdss::Errc::unsupported);
  EXPECT_EQ(refused(R"([{"id":"x","text":"x","concept":"no_such","unit":"mg/L","valid_days":9,
                       "lowest":0,"highest":1}])"),
            cdss::Errc::missing);
  EXPECT_EQ(refused(R"([{"id":"x","text":"x","concept":"crp","unit":"mg/L","valid_days":9,
                       "worse":"high","lowest":0,"highest":1}])"),
            cdss::Errc::malformed);
  EXPECT_EQ(refused(R"([{"id":"x","text":"x","concept":"crp","unit":"mg/L","valid_days":9,
                       "lowest":0}])"),
            cdss::Errc::missing);
  EXPECT_EQ(refused(R"([{"id":"x","text":"x","concept":"crp","unit":"mg/L","valid_days":9,
                       "lowest":1,"highest":1}])"),
            cdss::Errc::malformed);
  EXPECT_EQ(refused(R"({"id":"x"})"), cdss::Errc::malformed);
}

}  // namespace
