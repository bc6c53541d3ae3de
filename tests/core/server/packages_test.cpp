#include "core/server/packages.hpp"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace cdss::server {
namespace {

TEST(Packages, LeavesAPackageThatIsBeingWrittenAlone) {
  char name[] = "/tmp/cdss-packages-XXXXXX";
  const std::filesystem::path folder = ::mkdtemp(name);
  std::filesystem::create_directory(folder / "tester");
  std::filesystem::create_directory(folder / "tester.new");
  config::Settings settings;
  settings.plugins.folder = folder;
  const auto packages = load_packages(settings);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(packages) << packages.error().message;
  EXPECT_TRUE(packages->loaded.empty());
  ASSERT_EQ(packages->failures.size(), 1U);
  EXPECT_EQ(packages->failures[0].folder, "tester");
}

TEST(Packages, DoesNotReadWhatIsDisabled) {
  char name[] = "/tmp/cdss-packages-XXXXXX";
  config::Settings settings;
  settings.plugins.folder = ::mkdtemp(name);
  std::filesystem::create_directory(std::filesystem::path{name} / "tester");
  settings.disabled_plugins = {"tester"};
  settings.plugin_options["tester"] = R"({"any":1})";
  const auto packages = load_packages(settings);
  settings.disabled_plugins = {"tester", "test"};
  const auto unknown = load_packages(settings);
  std::filesystem::remove_all(name);
  ASSERT_TRUE(packages) << packages.error().message;
  EXPECT_TRUE(packages->failures.empty()) << "an empty folder is no package";
  EXPECT_EQ(packages->disabled, std::vector<std::string>{"tester"});
  EXPECT_TRUE(check_all_options(settings, *packages));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, Errc::missing);
  EXPECT_EQ(unknown.error().where, "disabled_plugins[1]");
}

}  // namespace
}  // namespace cdss::server
