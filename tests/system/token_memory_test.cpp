// What stays of an access token in the memory of the running program once its call has ended.

#include <cstdint>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

/// How often the text stands in the writable memory of a process; none when it may not be read.
std::optional<std::size_t> count_in_memory(pid_t pid, const std::string& text) {
  const std::string folder = "/proc/" + std::to_string(pid);
  std::ifstream maps{folder + "/maps"};
  std::ifstream memory{folder + "/mem", std::ios::binary};
  if (!memory) {
    return std::nullopt;
  }
  std::size_t found = 0;
  std::string line;
  while (std::getline(maps, line)) {
    std::uintptr_t first = 0;
    std::uintptr_t last = 0;
    char dash = 0;
    std::string rights;
    std::istringstream{line} >> std::hex >> first >> dash >> last >> rights;
    constexpr std::uintptr_t kLargest = std::uintptr_t{1} << 30U;  // beyond it: a sanitizer's map
    if (rights.find('w') == std::string::npos || last - first > kLargest) {
      continue;
    }
    std::string bytes(last - first, '\0');
    memory.seekg(static_cast<std::streamoff>(first));
    memory.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    memory.clear();
    for (auto at = bytes.find(text); at != std::string::npos; at = bytes.find(text, at + 1)) {
      ++found;
    }
  }
  return found;
}

std::string call_with(const std::string& token, const std::string& conditions) {
  return R"({"hook": "patient-view", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {"userId": "Practitioner/1", "patientId": "p1"},
    "fhirServer": "http://127.0.0.1:1/fhir",
    "fhirAuthorization": {"access_token": ")" +
         token + R"(", "token_type": "Bearer", "expires_in": 300,
      "scope": "patient/*.rs", "subject": "cds", "patient": "p1"},
    "prefetch": {"patient": {"resourceType": "Patient", "id": "p1"}, "conditions": )" +
         conditions + "}}";
}

/// A Bundle so long that buffers have to grow, one of whose entries must be left out.
std::string long_conditions() {
  std::string entries = R"({"resource": {"resourceType": "Condition", "id": "g",
    "subject": {"reference": "Group/1"}}})";
  for (int i = 0; i < 2000; ++i) {
    entries += R"(, {"resource": {"resourceType": "Condition", "id": "c)" + std::to_string(i) +
               R"(", "subject": {"reference": "Patient/p1"}}})";
  }
  return R"({"resourceType": "Bundle", "type": "searchset", "entry": [)" + entries + "]}";
}

TEST(TokenMemory, FA_03_NothingOfATokenStaysWhenItsCallHasEnded) {
  const RunningServer server{
      "", "",
      R"({"id": "test", "authentication": "none", "fhir_servers": ["http://127.0.0.1:1/fhir"],
          "allow_http_on_loopback": true})"};
  // Made here, so that no text of this file or of a call before stands for it.
  const std::string token = "token-" + std::to_string(server.pid()) + "-0123456789abcdefghijklmn";
  {
    HttpClient http{server.port()};
    for (const auto& conditions : {std::string{"null"}, long_conditions()}) {
      const auto answer = http.post("/cds-services/psoas-likelihood", call_with(token, conditions));
      EXPECT_EQ(answer.status, 200) << answer.body;
    }
    http.get("/livez");
  }
  const auto found = count_in_memory(server.pid(), token);
  if (!found) {
    GTEST_SKIP() << "the memory of another process may not be read here";
  }
  EXPECT_EQ(*found, 0U);
}

}  // namespace
}  // namespace cdss::test
