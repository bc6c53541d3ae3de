#include "core/worker/instance.hpp"

#include <cstddef>
#include <vector>

#include <gmock/gmock.h>

#include "core/json/document.hpp"
#include "core/worker/library.hpp"
#include "tests/core/worker/plugin_fixture.hpp"

namespace cdss::worker {
namespace {

using testing::HasSubstr;

Result<std::string> evaluate(Instance& instance, std::string body) {
  const Job job = make_job(std::move(body));
  std::string block(*block_size(job.call), '\0');
  write_block(job.call, std::as_writable_bytes(std::span{block}));
  return instance.evaluate(*reinterpret_cast<const cdss_request*>(block.data()));
}

Document options(std::string text) {
  return *Document::parse(std::move(text));
}

TEST(Library, RefusesWhatIsNoPluginOfThisAbi) {
  const struct {
    const char* what;
    std::string bytes;
    Errc code;
  } rows[] = {
      {"no shared object", "#!/bin/sh\n", Errc::malformed},
      {"nothing", "", Errc::malformed},
      {"a library without the symbol", plugin_bytes("no_plugin"), Errc::malformed},
      {"another ABI", plugin_bytes("other_abi"), Errc::unsupported},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.what);
    const auto library = Library::open(row.bytes);
    ASSERT_FALSE(library);
    EXPECT_EQ(library.error().code, row.code);
  }
}

TEST(Library, OpensSeveralPluginsSideBySide) {
  const auto echo = Library::open(plugin_bytes("echo"));
  const auto naughty = Library::open(plugin_bytes("naughty"));
  ASSERT_TRUE(echo);
  ASSERT_TRUE(naughty);
  EXPECT_STREQ(echo->plugin().id, "echo");
  EXPECT_STREQ(naughty->plugin().id, "naughty");
  EXPECT_THAT(*naughty->declaration(), HasSubstr("\"version\":\"1.2.3\""));
}

TEST(Instance, GivesThePluginItsOptionsAndKnowledge) {
  const auto package = make_test_package("echo", R"({"codes":["a","b","c"]})");
  auto instance = Instance::open(package, options(R"({"window_days":30})").root());
  ASSERT_TRUE(instance);
  const auto answer = evaluate(*instance, R"({"note":"hello"})");
  ASSERT_TRUE(answer);
  EXPECT_THAT(*answer, HasSubstr(R"("windowDays":30,"knowledge":1,"codes":3)"));
  EXPECT_THAT(*answer, HasSubstr(R"("note":"hello")"));
  EXPECT_THAT(*answer, HasSubstr(R"("today":20000)"));
}

TEST(Instance, RefusesAnOptionThatThePluginDoesNotDeclare) {
  const auto package = make_test_package("echo");
  const auto instance = Instance::open(package, options(R"({"window":30})").root());
  ASSERT_FALSE(instance);
  EXPECT_EQ(instance.error().code, Errc::unsupported);
  EXPECT_EQ(instance.error().where, "window");
}

TEST(Instance, PassesOnWhyAPluginDoesNotOpen) {
  const auto instance = Instance::open(make_test_package("refuses_to_open"), options("{}").root());
  ASSERT_FALSE(instance);
  EXPECT_EQ(instance.error().code, Errc::malformed);
  EXPECT_EQ(instance.error().message, "knowledge/weights.json lacks the weight of fever");
}

TEST(Instance, TellsFailureFromAnAnswerThatIsTooLong) {
  auto instance = Instance::open(make_test_package("naughty"), options("{}").root());
  ASSERT_TRUE(instance);
  EXPECT_EQ(evaluate(*instance, R"({"do":"fail"})").error().code, Errc::internal);
  EXPECT_EQ(evaluate(*instance, R"({"do":"huge"})").error().code, Errc::out_of_range);
  EXPECT_EQ(*evaluate(*instance, R"({"do":"well"})"), R"({"answer":42})");
}

}  // namespace
}  // namespace cdss::worker
