// The program's subcommands, as a user types them.

#include <iterator>
#include <regex>
#include <sstream>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/json/document.hpp"
#include "core/json/json_writer.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

const std::string kExample = std::string{CDSS_SOURCE_DIR} + "/config/examples/hip-replacement.json";
const std::string kDevelopment = std::string{CDSS_SOURCE_DIR} + "/config/development.json";

std::vector<std::string> words(const std::string& line) {
  std::istringstream in{line};
  return {std::istream_iterator<std::string>{in}, {}};
}

TEST(Program, TellsItsVersionAndItsUsage) {
  const auto version = run_program({"version"});
  EXPECT_EQ(version.status, 0);
  EXPECT_TRUE(version.output.starts_with("psoas-cds 0.")) << version.output;
  for (const char* command : {"serve", "evaluate", "check-config", "plugin"}) {
    SCOPED_TRACE(command);
    const auto help = run_program({command, "--help"});
    EXPECT_EQ(help.status, 0);
    EXPECT_NE(help.output.find(std::string{"usage: psoas-cds "} + command), std::string::npos);
    const auto wrong = run_program({command, "--no-such-option"});
    EXPECT_EQ(wrong.status, 2);
    EXPECT_NE(wrong.errors.find("--no-such-option"), std::string::npos);
  }
  EXPECT_EQ(run_program({}).status, 2);
  EXPECT_EQ(run_program({"no-such-command"}).status, 2);
}

TEST(Program, WorkerIsNotForPeople) {
  EXPECT_EQ(run_program({"worker"}).status, 2);
}

TEST(Evaluate, AnswersTheExampleWithACard) {
  const auto run = run_program({"evaluate", "--service", "hip-replacement", kExample});
  EXPECT_EQ(run.status, 0) << run.errors;
  const auto document = Document::parse(run.output);
  ASSERT_TRUE(document) << run.output;
  ASSERT_EQ(document->root().at("cards")->size(), 1U) << run.output;
  for (const View card : document->root().at("cards")->elements()) {
    EXPECT_EQ(card.text_or_empty("uuid").size(), 36U);
    EXPECT_NE(card.text_or_empty("summary").find("hip replacement"), std::string::npos);
  }
}

/// A call without one key of its prefetch.
std::string without_key(View body, std::string_view key) {
  return json::object([&](json::Object& out) {
    for (const Member member : body.members()) {
      if (member.name != "prefetch") {
        out.value(member.name, member.value);
      }
    }
    out.object("prefetch", [&](json::Object& prefetch) {
      for (const Member member : body.at("prefetch")->members()) {
        if (member.name != key) {
          prefetch.value(member.name, member.value);
        }
      }
    });
  });
}

/// A text that is not in knowledge/texts.json stands on a card as "[its.name]".
TEST(Evaluate, SaysInWordsWhatCouldNotBeSeen) {
  const TemporaryFolder folder;
  const std::regex nameless{R"(\[[a-z]+\.[a-z_.-]+\])"};
  for (const auto* const service :
       {"hip-replacement", "psoas-likelihood", "treatment-escalation"}) {
    const auto text =
        read_file(std::string{CDSS_SOURCE_DIR} + "/config/examples/" + service + ".json");
    ASSERT_TRUE(text);
    const auto body = Document::parse(*text);
    ASSERT_TRUE(body);
    for (const Member member : body->root().at("prefetch")->members()) {
      SCOPED_TRACE(std::string{service} + " without " + std::string{member.name});
      const auto file = folder.write("call.json", without_key(body->root(), member.name));
      const auto run = run_program({"evaluate", "--service", service, file});
      EXPECT_FALSE(std::regex_search(run.output, nameless)) << run.output;
    }
  }
}

TEST(Evaluate, RESP_10_IsTheSameEveryTimeButForTheUuids) {
  const auto without_uuids = [](std::string text) {
    for (std::size_t at = 0; (at = text.find("\"uuid\":\"", at)) != std::string::npos;) {
      text.erase(at, 46);
    }
    return text;
  };
  const auto arguments =
      words("evaluate --service psoas-likelihood --today 2026-11-22 " CDSS_SOURCE_DIR
            "/config/examples/psoas-likelihood.json");
  const auto first = run_program(arguments);
  EXPECT_EQ(first.status, 0) << first.errors;
  EXPECT_EQ(without_uuids(first.output), without_uuids(run_program(arguments).output));
}

TEST(Evaluate, SaysWhatIsWrongInOneSentence) {
  const TemporaryFolder folder;
  const auto broken = folder.write("broken.json", "{\"hook\": ").string();
  const struct {
    std::string arguments;
    int status;
    const char* says;
  } rows[] = {
      {"--service hip-replacement /no/such/file.json", 1, "/no/such/file.json"},
      {"--service no-such " + kExample, 1, "no-such"},
      {"--service hip-replacement --today soon " + kExample, 2, "--today"},
      {"--service hip-replacement", 2, "request file"},
      {kExample, 2, "--service"},
      {"--service", 2, "--service"},
  };
  for (const auto& [arguments, status, says] : rows) {
    SCOPED_TRACE(says);
    const auto run = run_program(words("evaluate " + arguments));
    EXPECT_EQ(run.status, status);
    EXPECT_NE(run.errors.find(says), std::string::npos) << run.errors;
    EXPECT_EQ(run.output, "");
  }
  const auto refused = run_program({"evaluate", "--service", "hip-replacement", broken});
  EXPECT_EQ(refused.status, 1);
  EXPECT_NE(refused.output.find("OperationOutcome"), std::string::npos);
}

TEST(CheckConfig, AcceptsWhatIsShippedAndNamesWhatIsWrong) {
  const auto good = run_program({"check-config", "--config", kDevelopment});
  EXPECT_EQ(good.status, 0) << good.errors;
  EXPECT_NE(good.output.find("hip-replacement"), std::string::npos) << good.output;
  const TemporaryFolder folder;
  folder.write("client.json", R"({"id": "c"})");
  const struct {
    const char* members;
    const char* says;
  } rows[] = {
      {R"("listen": {"port": 99999})", "listen.port"},
      {R"("listen": {"address": "0.0.0.0"})", "allow_open_network"},
      {R"("plugin_options": {"no-such": {}})", "plugin_options.no-such"},
      {R"("plugin_options": {"hip-replacement": {"show": "sometimes"}})", "show"},
      {R"("plugin_options": {"hip-replacement": {"shw": "always"}})", "shw"},
      {R"("disabled_plugins": ["hip-replacement", "no-such"])", "disabled_plugins[1]"},
      {R"("plugins": {"folder": "nowhere"})", "nowhere"},
  };
  for (const auto& [members, says] : rows) {
    SCOPED_TRACE(members);
    const auto file = folder.write(
        "settings.json", R"({"public_url": "http://127.0.0.1", "clients": ["client.json"], )" +
                             std::string{members} + "}");
    const auto run = run_program({"check-config", "--config", file.string()});
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.errors.find(says), std::string::npos) << run.errors;
  }
}

TEST(CheckConfig, ShowsWhatIsInForceForEachClientAndWarnsLoudly) {
  const TemporaryFolder folder;
  folder.write("open.json", R"({"id": "here"})");
  folder.write("jwt.json", R"({"id": "hospital", "authentication": "jwt", "mode": "warn",
    "issuers": ["https://ehr.example.org"], "jwks_urls": ["https://ehr.example.org/jwks"]})");
  const auto file = folder.write("settings.json", R"({"public_url": "http://127.0.0.1",
    "clients": ["open.json", "jwt.json"]})");
  const auto run = run_program({"check-config", "--config", file.string()});
  EXPECT_EQ(run.status, 0) << run.errors;
  for (const char* line :
       {"client here, authentication none", "! CAUTION: authentication is none",
        "client hospital, authentication jwt", "! CAUTION: mode is warn",
        "* issuers                 https://ehr.example.org", "  token_age_s             3600"}) {
    EXPECT_NE(run.output.find(line), std::string::npos) << line << '\n' << run.output;
  }
}

TEST(CheckConfig, TellsAllFaultsAtOnceAndServicesThatDoNotExist) {
  const TemporaryFolder folder;
  folder.write("client.json", R"({"id": "c", "services": ["no-such-service"]})");
  const auto unknown =
      run_program({"check-config", "--config", folder.write("settings.json", R"({"public_url":
        "http://127.0.0.1", "clients": ["client.json"]})")});
  EXPECT_EQ(unknown.status, 1);
  EXPECT_NE(unknown.errors.find("client.json: services[0]"), std::string::npos) << unknown.errors;
  folder.write("client.json", R"({"id": "c", "mode": "off", "authentication": "jwt"})");
  const auto several =
      run_program({"check-config", "--config", folder.write("settings.json", R"({"public_url":
        "http://127.0.0.1", "clients": ["client.json"], "listen": {"port": -1, "prot": 1}})")});
  EXPECT_EQ(several.status, 1);
  for (const char* element : {"listen.port", "listen.prot", "client.json: mode"}) {
    EXPECT_NE(several.errors.find(element), std::string::npos) << several.errors;
  }
}

TEST(CheckConfig, RefusesAKeyFileWithoutAKeyThatCanBeUsed) {
  const TemporaryFolder folder;
  folder.write("client.json", R"({"id": "c", "authentication": "jwt", "jwks_file": "keys.json",
    "issuers": ["https://ehr.example.org"]})");
  const auto settings = folder.write(
      "settings.json", R"({"public_url": "http://127.0.0.1", "clients": ["client.json"]})");
  for (const char* keys :
       {"", "{", R"({"keys": []})", R"({"keys": [{"kty": "oct", "kid": "a"}]})"}) {
    SCOPED_TRACE(keys);
    folder.write("keys.json", keys);
    const auto run = run_program({"check-config", "--config", settings.string()});
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.errors.find("keys.json"), std::string::npos) << run.errors;
  }
}

TEST(CheckConfig, RefusesAuthoritiesForOtherServersThatCannotBeRead) {
  const TemporaryFolder folder;
  folder.write("client.json", R"({"id": "c"})");
  folder.write("no.pem", "no certificate");
  for (const std::string name : {"no.pem", "missing.pem"}) {
    const auto settings = folder.write("settings.json", R"({"public_url": "http://127.0.0.1",
      "clients": ["client.json"], "outbound": {"certificate_authorities": ")" +
                                                            name + "\"}}");
    const auto run = run_program({"check-config", "--config", settings.string()});
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.errors.find(name), std::string::npos) << run.errors;
  }
}

TEST(Doctor, FetchesKeysAsTheConfigurationSays) {
  const TemporaryFolder folder;
  folder.write("client.json", R"({"id": "c"})");
  const auto settings = folder.write("settings.json", R"({"public_url": "http://127.0.0.1",
    "clients": ["client.json"], "outbound": {"certificate_authorities": "configured.pem"}})");
  const auto by_settings = run_program({"doctor", "jwt", "--config", settings.string()});
  EXPECT_EQ(by_settings.status, 1);
  EXPECT_NE(by_settings.errors.find("configured.pem"), std::string::npos) << by_settings.errors;
  const auto by_option =
      run_program({"doctor", "jwt", "--config", settings.string(), "--ca-file", "/given.pem"});
  EXPECT_EQ(by_option.status, 1);
  EXPECT_NE(by_option.errors.find("/given.pem"), std::string::npos) << by_option.errors;
}

TEST(Serve, EndsCleanlyOnSigterm) {
  RunningServer server;
  EXPECT_EQ(server.stop(), 0);
  EXPECT_NE(server.log().find("\"event\":\"stopped\""), std::string::npos);
}

}  // namespace
}  // namespace cdss::test
