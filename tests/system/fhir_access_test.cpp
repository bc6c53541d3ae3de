// The running program beside a FHIR server: what an EHR does not send is read from it, with its
// token and from nobody else.

#include "tests/system/fhir_access.hpp"

#include <algorithm>
#include <iostream>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/system/golden.hpp"

namespace cdss::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// The same answers, each asked for once.
Answer remembered(Answer answer) {
  return [answer = std::move(answer),
          known = std::make_shared<std::map<std::string, std::optional<std::string>>>()](
             std::string_view key, const std::string& query) {
    auto found = known->find(query);
    if (found == known->end()) {
      found = known->emplace(query, answer(key, query)).first;
    }
    return found->second;
  };
}

TEST_F(FhirAccessTest, PF_31_PF_46_PF_48_SaysTheSameWithFullPartialAndNoPrefetch) {
  std::size_t calls = 0;
  std::size_t fetched = 0;
  std::set<std::string> different;
  for (std::size_t chart = 0; chart < charts.size(); ++chart) {
    const std::string who = patient(chart);
    const Answer answer = remembered(all());
    for (const auto service : kServices) {
      SCOPED_TRACE(std::string{service} + " for " + charts[chart].filename().string());
      const auto full = call(service, who, answer);
      ASSERT_EQ(full.status, 200) << full.body;
      different.insert(laid_out(full.body));
      ehr->forget();
      const auto partial =
          call(service, who, without({"procedures", "results", "allergies"}, answer));
      EXPECT_EQ(difference(laid_out(full.body), laid_out(partial.body)), "");
      const auto none = call(service, who, nothing());
      EXPECT_EQ(difference(laid_out(full.body), laid_out(none.body)), "");
      fetched += std::ranges::count_if(ehr->asked(), &FhirServer::Asked::token);
      calls += 3;
    }
  }
  std::cout << charts.size() << " patients, " << calls << " calls, " << fetched
            << " requests to the FHIR server, " << different.size() << " different answers\n";
  EXPECT_GT(different.size(), charts.size() / 4) << "the answers depend on the record";
  EXPECT_GE(fetched, charts.size() * 3 * (3 + 9)) << "each key was read";
}

TEST_F(FhirAccessTest, PF_40_FA_02_ReadsAllPagesWithTheTokenOnEachRequest) {
  std::size_t pages = 0;
  for (const std::size_t chart : {std::size_t{0}, charts.size() / 2, charts.size() - 1}) {
    const std::string who = patient(chart);
    for (const auto service : kServices) {
      SCOPED_TRACE(std::string{service} + " for " + charts[chart].filename().string());
      ehr->behave("{}");
      const auto whole = call(service, who, all());
      ehr->forget();
      ehr->behave(R"({"pageSize": 7})");
      const auto none = call(service, who, nothing());
      EXPECT_EQ(difference(laid_out(whole.body), laid_out(none.body)), "");
      const auto asked = ehr->asked();
      EXPECT_GE(asked.size(), 9U);
      for (const auto& request : asked) {
        EXPECT_TRUE(request.token) << request.method << ' ' << request.url;
        pages += request.url.find("_getpages") != std::string::npos ? 1U : 0U;
      }
      // The EHR sends the first pages that its own server gave it: only what follows is read.
      const auto body = make_call(who, caller_->offer(service), all(), access_to(ehr->base()));
      ehr->forget();
      const auto first = caller_->call(service, body);
      EXPECT_EQ(difference(laid_out(whole.body), laid_out(first.body)), "");
      for (const auto& request : ehr->asked()) {
        EXPECT_TRUE(request.token);
        EXPECT_THAT(request.url, HasSubstr("_getpages"));
      }
    }
  }
  std::cout << pages << " later pages\n";
  EXPECT_GT(pages, 20U);
}

TEST_F(FhirAccessTest, FA_12_PF_43_AsksNobodyButTheServerThatTheProfileNames) {
  const std::string who = patient(0);
  const View offer = caller_->offer("psoas-likelihood");
  const std::string port = std::to_string(ehr->port());
  const std::string servers[] = {
      "http://localhost:" + port + "/fhir",
      "http://127.0.0.1:" + port,
      "http://127.0.0.1:" + port + "/fhir2",
      "http://127.0.0.1:" + port + "/fhir/../fhir2",
      "http://user@127.0.0.1:" + port + "/fhir",
      "http://127.1:" + port + "/fhir",
      "http://2130706433:" + port + "/fhir",
      "http://[::ffff:127.0.0.1]:" + port + "/fhir",
      "https://127.0.0.1:" + port + "/fhir",
      "http://169.254.169.254/latest/meta-data",
      "https://ehr.example.org/fhir",
  };
  for (const auto& server : servers) {
    SCOPED_TRACE(server);
    const auto answer =
        caller_->call("psoas-likelihood", make_call(who, offer, nothing(), access_to(server)));
    EXPECT_TRUE(answer.status == 412 || answer.status == 400) << answer.status << answer.body;
    EXPECT_THAT(answer.body, Not(HasSubstr(port)));
  }
  const auto without = caller_->call("psoas-likelihood", make_call(who, offer, nothing()));
  EXPECT_EQ(without.status, 412);
  EXPECT_THAT(ehr->asked(), IsEmpty());
  for (const char* fault : {"redirect", "foreign_next"}) {
    ehr->behave(std::string{R"({"fault": ")"} + fault + "\"}");
    call("psoas-likelihood", who, nothing());
  }
  EXPECT_THAT(ehr->asked(), Not(IsEmpty()));
  EXPECT_THAT(ehr->trapped(), IsEmpty());
}

TEST_F(FhirAccessTest, FA_09_FA_10_FA_11_AsksOnlyWhatTheTokenIsGoodFor) {
  const std::string who = patient(0);
  const struct {
    const char* scope;
    int expires_in_s;
    std::set<std::string> types;  // that may be asked for
  } rows[] = {
      {"user/*.read",
       300,
       {"AllergyIntolerance", "Condition", "MedicationRequest", "MedicationStatement",
        "Observation", "Patient", "Procedure", "QuestionnaireResponse"}},
      {"launch openid user/Patient.read user/Condition.read", 300, {"Condition", "Patient"}},
      {"user/Patient.rs user/Condition.cruds user/Procedure.c", 300, {"Condition", "Patient"}},
      {"user/Patient.r user/Condition.r", 300, {"Patient"}},  // v2: `s` is the right to search
      {"user/Condition.write", 300, {}},
      {"", 300, {}},
      {"user/*.read", 0, {}},
  };
  for (const auto& [scope, expires_in_s, types] : rows) {
    SCOPED_TRACE(std::string{scope} + ", " + std::to_string(expires_in_s) + " s");
    ehr->forget();
    caller_->call("psoas-likelihood", make_call(who, caller_->offer("psoas-likelihood"), nothing(),
                                                access_to(ehr->base(), scope, expires_in_s)));
    std::set<std::string> asked;
    for (const auto& request : ehr->asked()) {
      const auto begin = request.url.find("/fhir/") + 6;
      asked.insert(request.url.substr(begin, request.url.find_first_of("/?", begin) - begin));
    }
    EXPECT_EQ(asked, types);
  }
}

TEST_F(FhirAccessTest, FA_04_WritesNoTokenAndNoPatientIntoItsLog) {
  const std::string who = patient(0);
  const RunningServer server{kPatientSettings, "", client_of(*ehr)};
  Caller caller{server};
  const View offer = caller.offer("psoas-likelihood");
  for (const char* behaviour :
       {"{}", R"({"fault": "500"})", R"({"fault": "401"})", R"({"fault": "not_json"})",
        R"({"fault": "redirect"})", R"({"fault": "foreign_patient"})", R"({"fault": "close"})"}) {
    ehr->behave(behaviour);
    caller.call("psoas-likelihood", make_call(who, offer, nothing(), access_to(ehr->base())));
    const auto wrong = access_to("https://ehr.example.org/fhir");
    caller.call("psoas-likelihood", make_call(who, offer, nothing(), wrong));
  }
  const std::string log = server.log();
  EXPECT_THAT(log, HasSubstr("\"event\":\"call\""));
  for (const std::string& secret :
       {std::string{FhirServer::kToken}, who, std::string{"ehr.example.org"}}) {
    EXPECT_EQ(log.find(secret), std::string::npos) << secret;
  }
}

}  // namespace
}  // namespace cdss::test
