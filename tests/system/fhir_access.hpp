#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "tests/system/ehr.hpp"
#include "tests/system/fhir_server.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {

/// The ids of the services.
inline constexpr std::string_view kServices[] = {"hip-replacement", "psoas-likelihood",
                                                 "treatment-escalation"};

/// Settings with which a loaded machine reads all there is, and no failure stands for the next.
inline constexpr const char* kPatientSettings =
    R"("fhir": {"fetch_ms": 10000, "breaker_failures": 1000})";

/// The profile of an EHR whose FHIR server this is.
std::string client_of(const FhirServer& ehr);

/// `fhirServer` and `fhirAuthorization` of a call.
std::string access_to(const std::string& server, std::string_view scope = "user/*.read",
                      int expires_in_s = 300);

/// Calls to a running server in the name of an EHR, as its discovery asks for them.
class Caller {
 public:
  explicit Caller(const RunningServer& server);

  /// The offer of a service for patient-view.
  View offer(std::string_view service) const;

  HttpAnswer call(std::string_view service, const std::string& body) {
    return http_.post("/cds-services/" + std::string{service}, body);
  }

 private:
  HttpClient http_;
  std::unique_ptr<Document> discovery_;
};

/// The running program and the FHIR server of the EHR that calls it. Skipped where that cannot run.
class FhirAccessTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();
  void SetUp() override;

  /// Prefetch as the EHR makes it with its own FHIR server: all of it, none, or without these keys.
  Answer all();
  static Answer nothing();
  static Answer without(std::vector<std::string_view> keys, Answer answer);

  /// A patient of the FHIR server, by the number of the chart.
  static std::string patient(std::size_t chart);

  /// The body of a call that gives access to the FHIR server.
  std::string body_for(std::string_view service, const std::string& patient, const Answer& answer);
  HttpAnswer call(std::string_view service, const std::string& patient, const Answer& answer) {
    return caller_->call(service, body_for(service, patient, answer));
  }

  static std::vector<std::filesystem::path> charts;  ///< one of each patient
  static FhirServer* ehr;
  static RunningServer* program;  ///< with kPatientSettings
  std::unique_ptr<Caller> caller_;
  std::unique_ptr<HttpClient> as_ehr_;  ///< to the FHIR server
};

}  // namespace cdss::test
