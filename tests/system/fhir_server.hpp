#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sys/types.h>

namespace cdss::test {

/// A FHIR R4 server over charts of test patients, running on a free port of loopback until this
/// ends: `fhir_server.mjs`, which says what it can be told.
class FhirServer {
 public:
  /// What it demands as Bearer token. Nothing else in the tests looks like it.
  static constexpr const char* kToken = "ehr-token-5d0c8a51f6b14be2a6d0-for-one-call";

  /// The field line that carries it, for HttpClient::set_fields.
  static std::string authorization();

  /// One request that came to it.
  struct Asked {
    std::string method;
    std::string url;   ///< path and query
    std::string form;  ///< body of a POST
    bool token;        ///< it carried kToken
  };

  /// Why it cannot run here: node or its packages are not installed. Empty when it can.
  static std::string missing();

  /// Starts it with charts (files of one patient each, `.ndjson.gz`) and waits until it listens.
  /// Fails the test when it does not.
  /// @param options  e.g. {"--page-size", "5"}
  explicit FhirServer(const std::vector<std::filesystem::path>& charts,
                      const std::vector<std::string>& options = {});
  ~FhirServer();
  FhirServer(const FhirServer&) = delete;
  FhirServer& operator=(const FhirServer&) = delete;

  std::uint16_t port() const { return port_; }
  /// Its base address as it stands in `fhirServer`.
  std::string base() const;

  /// From now on it behaves like this, e.g. R"({"fault": "hang", "only": "Condition"})".
  void behave(const std::string& json) const;

  /// What came since the start, or since forget(), in that order.
  std::vector<Asked> asked() const { return recorded("requests"); }
  /// What came to the other origin, to which some faults point: nothing ever should.
  std::vector<Asked> trapped() const { return recorded("trapped"); }
  void forget() const;

 private:
  std::vector<Asked> recorded(const char* list) const;

  pid_t pid_ = -1;
  int input_ = -1;  // it ends when this is closed, also when the test dies
  std::uint16_t port_ = 0;
};

}  // namespace cdss::test
