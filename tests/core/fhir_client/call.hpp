#pragma once

#include <string>

#include <gtest/gtest.h>

#include "core/config/client.hpp"
#include "core/hooks/request/request.hpp"
#include "core/json/document.hpp"
#include "core/record/patient_record.hpp"

namespace cdss::fhir_client {

inline constexpr const char* kServer = "https://ehr.example.org/fhir";
inline constexpr const char* kToken = "secret-token-of-this-call";

/// A patient-view call about patient p1 whose client grants access to its FHIR server.
struct CallText {
  std::string patient = "p1";
  std::string prefetch = "";  ///< members
  std::string context = "";   ///< more members, each with a comma before it
  std::string hook = "patient-view";
  std::string server = kServer;  ///< empty: none
  std::string token = kToken;    ///< empty: none
  std::string scope = "patient/*.read launch openid";
  std::string subject = "psoas-cds-at-ehr";
  long expires_in = 300;

  std::string text() const {
    std::string body =
        R"({"hook": ")" + hook + R"(", "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea")";
    if (!server.empty()) {
      body += R"(, "fhirServer": ")" + server + '"';
    }
    if (!token.empty()) {
      body += R"(, "fhirAuthorization": {"access_token": ")" + token +
              R"(", "token_type": "Bearer", "expires_in": )" + std::to_string(expires_in) +
              R"(, "scope": ")" + scope + R"(", "subject": ")" + subject + "\"}";
    }
    return body + R"(, "context": {"userId": "Practitioner/1", "patientId": ")" + patient + '"' +
           context + R"(}, "prefetch": {)" + prefetch + "}}";
  }
};

/// A call that was read, with the Document it borrows from.
struct Call {
  explicit Call(const CallText& text) : document{parse(text.text())}, request{read(document)} {}

  Document document;
  hooks::HookRequest request;

 private:
  static Document parse(std::string text) {
    auto parsed = Document::parse(std::move(text));
    EXPECT_TRUE(parsed) << parsed.error().where << ' ' << parsed.error().message;
    return *std::move(parsed);
  }
  static hooks::HookRequest read(const Document& document) {
    auto request = hooks::read_request(document.root());
    EXPECT_TRUE(request) << request.error().where << ' ' << request.error().message;
    return *std::move(request);
  }
};

/// The profile of the client that makes these calls.
inline config::Client ehr() {
  config::Client client;
  client.id = "ehr";
  client.fhir_servers = {kServer};
  return client;
}

}  // namespace cdss::fhir_client
