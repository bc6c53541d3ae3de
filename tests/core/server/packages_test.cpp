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
  const auto packages = load_packages(folder);
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(packages) << packages.error().message;
  EXPECT_TRUE(packages->loaded.empty());
  ASSERT_EQ(packages->left_out.size(), 1U);
  EXPECT_EQ(packages->left_out[0].folder, "tester");
}

}  // namespace
}  // namespace cdss::server
