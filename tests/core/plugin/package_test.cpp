#include "core/plugin/package.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "core/base/file.hpp"
#include "core/plugin/make_package.hpp"
#include "core/plugin/sha256.hpp"

namespace cdss::plugin {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kDeclaration =
    R"({"id":"tester","version":"1.0.0","services":[{"id":"tester","hooks":["patient-view"],
       "description":"For tests"}]})";
constexpr const char* kWeights = R"({"fever":2})";
constexpr const char* kCodes = R"({"resourceType":"ValueSet"})";

void write(const fs::path& path, std::string_view text) {
  std::ofstream{path, std::ios::binary} << text;
}

/// A package `tester` with a library and two knowledge files, in a folder of its own.
class PackageTest : public testing::Test {
 protected:
  PackageTest() {
    std::string pattern = fs::temp_directory_path() / "cdss-test-XXXXXX";
    root_ = ::mkdtemp(pattern.data());
    fs::create_directory(root_ / "knowledge");
    write(root_ / "tester.so", "not opened here");
    write(root_ / "knowledge/weights.json", kWeights);
    write(root_ / "knowledge/codes.json", kCodes);
    write(root_ / "knowledge/README.md", "stays behind");
  }
  ~PackageTest() override {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  PackageTest(const PackageTest&) = delete;
  PackageTest& operator=(const PackageTest&) = delete;

  Result<void> make(const std::string& declaration = kDeclaration) const {
    return make_package(declaration, root_ / "tester.so", root_ / "knowledge", package());
  }
  fs::path package() const { return root_ / "out/tester"; }

  fs::path root_;
};

TEST_F(PackageTest, ReadsWhatWasMade) {
  const auto made = make();
  ASSERT_TRUE(made) << made.error().where << ' ' << made.error().message;
  const auto loaded = Package::load(package());
  ASSERT_TRUE(loaded) << loaded.error().where << ' ' << loaded.error().message;
  EXPECT_EQ(loaded->manifest().id, "tester");
  EXPECT_EQ(loaded->library(), "not opened here");
  ASSERT_EQ(loaded->knowledge().size(), 2U);
  EXPECT_EQ(loaded->knowledge()[0].path, "knowledge/codes.json");
  EXPECT_EQ(loaded->knowledge()[1].document.root().find("fever")->raw_text(), "2");
  // `sha256sum knowledge/*.json | sort | sha256sum` gives the same.
  std::string lines[] = {sha256_hex(kCodes) + "  knowledge/codes.json\n",
                         sha256_hex(kWeights) + "  knowledge/weights.json\n"};
  std::ranges::sort(lines);
  EXPECT_EQ(loaded->knowledge_hash(), sha256_hex(lines[0] + lines[1]));
}

TEST_F(PackageTest, HoldsItsEvidenceAndIsNotMadeWithoutWhatThatNames) {
  ASSERT_TRUE(make());
  const auto plain = Package::load(package());
  ASSERT_TRUE(plain);
  EXPECT_FALSE(plain->evidence());
  const auto evidence = [](const std::string& references) {
    return R"({"services":["tester"],"statement":"s","intended_use":["i"],"population":["p"],)"
           R"("logic":["l"],"limits":["m"],"references":"knowledge/)" +
           references + "\"}";
  };
  write(root_ / "knowledge/papers.json", R"({"references":[{"id":"[1]","text":"A paper"}]})");
  write(root_ / "knowledge/evidence.json", evidence("papers.json"));
  ASSERT_TRUE(make());
  const auto loaded = Package::load(package());
  ASSERT_TRUE(loaded) << loaded.error().where << ' ' << loaded.error().message;
  ASSERT_TRUE(loaded->evidence());
  EXPECT_EQ(loaded->evidence()->references.rows[0].text, "A paper");

  write(root_ / "knowledge/evidence.json", evidence("nowhere.json"));
  const auto made = make();
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::missing);
  EXPECT_THAT(made.error().where, HasSubstr("knowledge/evidence.json: references"));
  EXPECT_TRUE(Package::load(package())) << "the one that was there stays";
}

TEST_F(PackageTest, IsReadableByAllAndWritableByItsOwnerAlone) {
  ::umask(0);
  ASSERT_TRUE(make());
  for (const auto& entry : fs::recursive_directory_iterator{package()}) {
    const auto mode = static_cast<unsigned>(entry.status().permissions());
    EXPECT_EQ(mode, entry.is_directory() ? 0755U : 0644U) << entry.path();
  }
  EXPECT_EQ(static_cast<unsigned>(fs::status(package()).permissions()), 0755U);
}

TEST_F(PackageTest, MakingItAgainLeavesNothingOld) {
  ASSERT_TRUE(make());
  fs::remove(root_ / "knowledge/weights.json");
  ASSERT_TRUE(make());
  const auto loaded = Package::load(package());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->knowledge().size(), 1U);
}

TEST_F(PackageTest, IsWholeAtEveryMomentWhileItIsMadeAgain) {
  ASSERT_TRUE(make());
  std::atomic<bool> made{false};
  std::thread maker{[&] {
    for (int i = 0; i < 50; ++i) {
      EXPECT_TRUE(make());
    }
    made = true;
  }};
  while (!made) {
    const auto loaded = Package::load(package());
    EXPECT_TRUE(loaded) << loaded.error().where << ' ' << loaded.error().message;
  }
  maker.join();
  const auto folders = std::distance(fs::directory_iterator{root_ / "out"}, {});
  EXPECT_EQ(folders, 1) << "nothing stays beside it";
}

TEST_F(PackageTest, IsMadeInSpiteOfOneThatWasLeftHalfWritten) {
  ASSERT_TRUE(make());
  fs::create_directories(root_ / "out/tester.new/knowledge");
  write(root_ / "out/tester.new/knowledge/old.json", "{");
  ASSERT_TRUE(make());
  EXPECT_FALSE(fs::exists(root_ / "out/tester.new"));
  const auto loaded = Package::load(package());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->knowledge().size(), 2U);
}

TEST_F(PackageTest, IsLeftAsItWasWhenItCannotBeReplaced) {
  ASSERT_TRUE(make());
  write(package() / "diary.txt", "mine");
  EXPECT_EQ(make().error().code, Errc::unsupported);
  EXPECT_TRUE(fs::exists(package() / "manifest.json"));
  fs::remove(package() / "diary.txt");
  EXPECT_TRUE(Package::load(package()));
}

TEST_F(PackageTest, IsNotMadeFromWhatIsWrong) {
  EXPECT_EQ(make("{").error().code, Errc::malformed);
  EXPECT_EQ(make("{}").error().where, "declaration: id");
  EXPECT_EQ(make_package(kDeclaration, root_ / "tester.so", "", root_ / "other").error().code,
            Errc::malformed);
  EXPECT_EQ(make_package(kDeclaration, root_ / "none.so", "", package()).error().code,
            Errc::missing);
  fs::create_directories(package());
  write(package() / "diary.txt", "mine");
  EXPECT_EQ(make().error().code, Errc::unsupported);
  EXPECT_TRUE(fs::exists(package() / "diary.txt"));
  fs::remove_all(package());
  fs::create_directory(root_ / "elsewhere");
  fs::create_directory_symlink(root_ / "elsewhere", package());
  EXPECT_EQ(make().error().code, Errc::unsupported) << "a link is not followed";
}

TEST_F(PackageTest, IsRefusedWhenItIsNotAsTheManifestSays) {
  const struct {
    const char* what;
    std::function<void(const fs::path&)> spoil;
    const char* where;
    Errc code;
  } rows[] = {
      {"others can write the folder", [](auto& p) { ::chmod(p.c_str(), 0777); }, "",
       Errc::unsupported},
      {"the group can write the library", [](auto& p) { ::chmod((p / "tester.so").c_str(), 0664); },
       "tester.so", Errc::unsupported},
      {"others can write the manifest",
       [](auto& p) { ::chmod((p / "manifest.json").c_str(), 0646); }, "manifest.json",
       Errc::unsupported},
      {"others can write the knowledge folder",
       [](auto& p) { ::chmod((p / "knowledge").c_str(), 0757); }, "knowledge", Errc::unsupported},
      {"a knowledge file has changed",
       [](auto& p) { write(p / "knowledge/weights.json", R"({"fever":3})"); },
       "knowledge/weights.json", Errc::malformed},
      {"the library has changed", [](auto& p) { write(p / "tester.so", "other"); }, "tester.so",
       Errc::malformed},
      {"the library is missing", [](auto& p) { fs::remove(p / "tester.so"); }, "tester.so",
       Errc::missing},
      {"the knowledge folder is missing", [](auto& p) { fs::remove_all(p / "knowledge"); },
       "knowledge/codes.json", Errc::missing},
      {"the manifest is missing", [](auto& p) { fs::remove(p / "manifest.json"); }, "manifest.json",
       Errc::missing},
      {"the manifest is no JSON", [](auto& p) { write(p / "manifest.json", "{"); },
       "manifest.json: byte 1", Errc::malformed},
      {"a file too many", [](auto& p) { write(p / "extra.so", "x"); }, "extra.so",
       Errc::unsupported},
      {"a knowledge file too many", [](auto& p) { write(p / "knowledge/extra.json", "{}"); },
       "knowledge/extra.json", Errc::unsupported},
      {"the library is a link",
       [](auto& p) {
         fs::rename(p / "tester.so", p.parent_path() / "elsewhere");
         fs::create_symlink(p.parent_path() / "elsewhere", p / "tester.so");
       },
       "tester.so", Errc::unsupported},
      {"the knowledge folder is a link",
       [](auto& p) {
         fs::rename(p / "knowledge", p.parent_path() / "elsewhere");
         fs::create_directory_symlink(p.parent_path() / "elsewhere", p / "knowledge");
       },
       "knowledge", Errc::unsupported},
      {"a knowledge file is a pipe",
       [](auto& p) {
         fs::remove(p / "knowledge/codes.json");
         ::mkfifo((p / "knowledge/codes.json").c_str(), 0644);
       },
       "knowledge/codes.json", Errc::unsupported},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    fs::remove_all(root_ / "out");
    ASSERT_TRUE(make());
    row.spoil(package());
    const auto loaded = Package::load(package());
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, row.code);
    const bool whole = *row.where == '\0';
    EXPECT_THAT(loaded.error().where,
                HasSubstr(whole ? package().string() : (package() / row.where).string()))
        << loaded.error().message;
  }
}

TEST_F(PackageTest, IsNotReachedThroughALink) {
  ASSERT_TRUE(make());
  fs::create_directory_symlink(package(), root_ / "link");
  EXPECT_EQ(Package::load(root_ / "link").error().code, Errc::unsupported);
  EXPECT_EQ(Package::load(root_ / "nothing").error().code, Errc::missing);
}

TEST(Sha256, GivesTheStandardsExamples) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_base64("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

}  // namespace
}  // namespace cdss::plugin
