#include "core/cli/command_line.hpp"

#include <gtest/gtest.h>

namespace cdss::cli {
namespace {

Result<CommandLine> parse(const std::vector<std::string>& arguments) {
  return parse_command_line(arguments, {"config", "port"}, {"help"});
}

TEST(CommandLine, TakesOptionsInBothFormsAndOperandsAnywhere) {
  const auto line = parse({"a.json", "--config", "x", "--port=8", "--help", "--", "--b"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->option("config"), "x");
  EXPECT_EQ(line->option("port"), "8");
  EXPECT_EQ(line->option("help"), "");
  EXPECT_EQ(line->option("service"), std::nullopt);
  EXPECT_EQ(line->operands, (std::vector<std::string>{"a.json", "--b"}));
}

TEST(CommandLine, RefusesWhatItDoesNotKnowOrWhatLacksItsValue) {
  const struct {
    std::vector<std::string> arguments;
    Errc code;
    const char* where;
  } rows[] = {
      {{"--prot", "8"}, Errc::unsupported, "--prot"},
      {{"--port"}, Errc::missing, "--port"},
      {{"--help=yes"}, Errc::unsupported, "--help"},
  };
  for (const auto& [arguments, code, where] : rows) {
    const auto line = parse(arguments);
    ASSERT_FALSE(line);
    EXPECT_EQ(line.error().code, code);
    EXPECT_EQ(line.error().where, where);
  }
}

}  // namespace
}  // namespace cdss::cli
