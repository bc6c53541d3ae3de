#include "tests/system/fhir_server.hpp"

#include <array>
#include <cstdlib>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string_view>
#include <unistd.h>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "core/json/document.hpp"
#include "tests/system/http_client.hpp"

namespace cdss::test {
namespace {

namespace fs = std::filesystem;

const fs::path kScript = fs::path{CDSS_SOURCE_DIR} / "tests/system/fhir_server.mjs";

/// Where npm packages are: as tests/validators/npm.mjs looks for them.
fs::path packages() {
  const char* folder = std::getenv("CDSS_NPM");
  return folder != nullptr ? fs::path{folder} : fs::path{CDSS_SOURCE_DIR} / "build/npm";
}

/// Starts node with `input` and `output` for its standard input and output.
pid_t start(std::vector<std::string> arguments, int input, int output) {
  std::vector<char*> argv;
  argv.reserve(arguments.size() + 1);
  for (auto& argument : arguments) {
    argv.push_back(argument.data());
  }
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  pid_t pid = -1;
  if (posix_spawn(&pid, argv[0], &actions, nullptr, argv.data(), environ) != 0) {
    pid = -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  return pid;
}

/// The first line that is written to a pipe, or what there was of it.
std::string first_line(int pipe) {
  std::string line;
  char byte = 0;
  while (read(pipe, &byte, 1) == 1 && byte != '\n') {
    line += byte;
  }
  return line;
}

}  // namespace

std::string FhirServer::missing() {
  if (std::string_view{CDSS_NODE}.empty()) {
    return "skipped: no node; tests/run installs it";
  }
  if (!fs::exists(packages() / "node_modules/@medplum/fhir-router")) {
    return "skipped: no npm packages in " + packages().string() + "; tests/run puts them there";
  }
  return "";
}

std::string FhirServer::authorization() {
  return std::string{"Authorization: Bearer "} + kToken + "\r\n";
}

FhirServer::FhirServer(const std::vector<fs::path>& charts,
                       const std::vector<std::string>& options) {
  std::vector<std::string> arguments{CDSS_NODE, kScript.string(), "--token", kToken};
  arguments.insert(arguments.end(), options.begin(), options.end());
  for (const auto& chart : charts) {
    arguments.push_back(chart.string());
  }
  std::array<int, 2> input{};
  std::array<int, 2> output{};
  // Close-on-exec: no other child may hold our end of its input open.
  EXPECT_EQ(pipe2(input.data(), O_CLOEXEC), 0);
  EXPECT_EQ(pipe2(output.data(), O_CLOEXEC), 0);
  pid_ = start(std::move(arguments), input[0], output[1]);
  close(input[0]);
  close(output[1]);
  input_ = input[1];
  const std::string line = first_line(output[0]);
  close(output[0]);
  const auto colon = line.rfind(':');
  EXPECT_TRUE(line.starts_with("listening on ") && colon != std::string::npos)
      << "the FHIR server did not start: " << line;
  port_ = colon == std::string::npos
              ? std::uint16_t{0}
              : static_cast<std::uint16_t>(std::atoi(line.c_str() + colon + 1));
}

FhirServer::~FhirServer() {
  close(input_);
  if (pid_ > 0) {
    kill(pid_, SIGTERM);  // an answer that never ends does not keep it
    waitpid(pid_, nullptr, 0);
  }
}

std::string FhirServer::base() const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/fhir";
}

void FhirServer::behave(const std::string& json) const {
  HttpClient http{port_};
  EXPECT_EQ(http.send("PUT", "/behaviour", "application/json", json).status, 200) << json;
}

void FhirServer::forget() const {
  HttpClient http{port_};
  EXPECT_EQ(http.send("DELETE", "/recorded", "", "").status, 200);
}

std::vector<FhirServer::Asked> FhirServer::recorded(const char* list) const {
  HttpClient http{port_};
  const auto document = Document::parse(http.get("/recorded").body);
  std::vector<Asked> all;
  if (!document) {
    ADD_FAILURE() << "the FHIR server does not say what came";
    return all;
  }
  const View requests = *document->root().at(list);
  for (const View request : requests.elements()) {
    all.push_back({.method = std::string{request.text_or_empty("method")},
                   .url = std::string{request.text_or_empty("url")},
                   .form = std::string{request.text_or_empty("form")},
                   .token = *request.at("token")->boolean()});
  }
  return all;
}

}  // namespace cdss::test
