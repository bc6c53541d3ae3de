#include "tests/system/fhir_access.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "tests/gzip.hpp"

namespace cdss::test {
namespace {

namespace fs = std::filesystem;

const fs::path kSynthea = fs::path{CDSS_TEST_DATA} / "synthea";

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t kMostCharts = 12;
#else
constexpr std::size_t kMostCharts = 200;
#endif

/// One chart of each patient: with a hip replacement where there is such a one, since the two share
/// their ids.
std::vector<fs::path> one_chart_each() {
  std::map<std::string, fs::path> by_patient;
  for (const char* folder : {"patients", "derived-thr"}) {
    for (const auto& file : files_in(kSynthea / folder, ".ndjson.gz")) {
      by_patient[Chart{lines_of_gzip(file)}.patient_id()] = file;
    }
  }
  std::vector<fs::path> files;
  files.reserve(by_patient.size());
  for (const auto& [patient, file] : by_patient) {
    files.push_back(file);
  }
  files.resize(std::min(files.size(), kMostCharts));
  return files;
}

}  // namespace

std::string client_of(const FhirServer& ehr) {
  return R"({"id": "ehr", "authentication": "none", "explain": true, "fhir_servers": [")" +
         ehr.base() + R"("], "allow_http_on_loopback": true})";
}

std::string access_to(const std::string& server, std::string_view scope, int expires_in_s) {
  return R"("fhirServer": ")" + server + R"(", "fhirAuthorization": {"access_token": ")" +
         FhirServer::kToken + R"(", "token_type": "Bearer", "expires_in": )" +
         std::to_string(expires_in_s) + R"(, "scope": ")" + std::string{scope} +
         R"(", "subject": "psoas-cds"})";
}

Caller::Caller(const RunningServer& server) : http_{server.port()} {
  auto document = Document::parse(http_.get("/cds-services").body);
  EXPECT_TRUE(document);
  discovery_ = std::make_unique<Document>(*std::move(document));
}

View Caller::offer(std::string_view service) const {
  const View offers = *discovery_->root().at("services");
  for (const View offer : offers.elements()) {
    if (offer.text_or_empty("id") == service && offer.text_or_empty("hook") == "patient-view") {
      return offer;
    }
  }
  throw std::runtime_error{"no such service"};
}

std::vector<fs::path> FhirAccessTest::charts;
FhirServer* FhirAccessTest::ehr = nullptr;
RunningServer* FhirAccessTest::program = nullptr;

void FhirAccessTest::SetUpTestSuite() {
  if (FhirServer::missing().empty()) {
    charts = one_chart_each();
    ehr = new FhirServer{charts};
    program = new RunningServer{kPatientSettings, "", client_of(*ehr)};
  }
}

void FhirAccessTest::TearDownTestSuite() {
  delete program;
  delete ehr;
}

void FhirAccessTest::SetUp() {
  if (ehr == nullptr) {
    GTEST_SKIP() << FhirServer::missing();
  }
  ehr->behave("{}");
  ehr->forget();
  caller_ = std::make_unique<Caller>(*program);
  as_ehr_ = std::make_unique<HttpClient>(ehr->port());
  as_ehr_->set_fields(FhirServer::authorization());
}

Answer FhirAccessTest::all() {
  return [this](std::string_view, const std::string& query) {
    return as_ehr_->get("/fhir/" + query).body;
  };
}

Answer FhirAccessTest::nothing() {
  return [](std::string_view, const std::string&) { return std::nullopt; };
}

Answer FhirAccessTest::without(std::vector<std::string_view> keys, Answer answer) {
  return [keys = std::move(keys), answer = std::move(answer)](
             std::string_view key, const std::string& query) -> std::optional<std::string> {
    return std::ranges::find(keys, key) == keys.end() ? answer(key, query) : std::nullopt;
  };
}

std::string FhirAccessTest::patient(std::size_t chart) {
  return Chart{lines_of_gzip(charts[chart])}.patient_id();
}

std::string FhirAccessTest::body_for(std::string_view service, const std::string& patient,
                                     const Answer& answer) {
  return make_call(patient, caller_->offer(service), answer, access_to(ehr->base()));
}

}  // namespace cdss::test
