#include "core/base/file.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace cdss {
namespace {

class File : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "cdss_file_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    std::ofstream{folder_ / name, std::ios::binary} << bytes;
    return folder_ / name;
  }

  std::filesystem::path folder_;
};

TEST_F(File, IsReadWhole) {
  const std::string bytes = std::string(40'000, 'x') + std::string{"\0\r\n", 3};
  const auto read = read_file(write("a", bytes));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, bytes);
  EXPECT_EQ(*read_file(write("empty", "")), "");
}

TEST_F(File, IsRefusedWhenLongerThanAllowed) {
  const auto path = write("a", "12345");
  EXPECT_TRUE(read_file(path, 5));
  const auto read = read_file(path, 4);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, Errc::out_of_range);
  EXPECT_EQ(read.error().where, path.string());
}

TEST_F(File, IsRefusedWhenItIsNone) {
  const auto fifo = folder_ / "fifo";
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  for (const auto& path : {folder_ / "absent", folder_, fifo}) {
    SCOPED_TRACE(path);
    const auto read = read_file(path);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, Errc::missing);
    EXPECT_EQ(read.error().where, path.string());
  }
}

TEST_F(File, OfJsonNamesItselfInEveryError) {
  const auto good = read_json_file(write("good.json", R"({"a": 1})"));
  ASSERT_TRUE(good);
  EXPECT_EQ(*good->root().at("a")->integer(), 1);
  const auto path = write("bad.json", R"({"a": 1, "a": 2})");
  const auto bad = read_json_file(path);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().where, path.string() + ": a");
  EXPECT_EQ(read_json_file(folder_ / "absent").error().code, Errc::missing);
}

}  // namespace
}  // namespace cdss
