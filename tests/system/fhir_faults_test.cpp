// What a FHIR server does wrong costs no more than what could not be seen, and no time beyond what
// is granted.

#include <tuple>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/system/fhir_access.hpp"

namespace cdss::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST_F(FhirAccessTest, PF_32_PF_33_PF_41_SaysWhatAFailingServerKeptFromIt) {
  struct Row {
    const char* fault;
    int wanted;    // the status when `procedures`, which psoas-likelihood would like, fail
    int required;  // when `conditions`, which it needs, do
    int who;       // when the who does
  };
  const Row rows[] = {
      {"close", 200, 412, 412},
      {"cut", 200, 412, 412},
      {"not_json", 200, 412, 412},
      {"wrong_media", 200, 412, 412},
      {"wrong_type", 200, 412, 412},
      {"outcome", 200, 412, 412},
      {"401", 200, 412, 412},
      {"403", 200, 412, 412},
      {"404", 200, 412, 412},
      {"429", 200, 412, 412},
      {"500", 200, 412, 412},
      {"503", 200, 412, 412},
      {"redirect", 200, 412, 412},
      {"huge", 200, 412, 412},
      {"foreign_patient", 400, 400, 400},
      {"foreign_next", 200, 200, 412},  // what came before the link counts, as truncated
      {"loop", 200, 200, 412},
      {"endless", 200, 200, 412},
  };
  const std::string who = patient(0);
  for (const auto& row : rows) {
    SCOPED_TRACE(row.fault);
    for (const auto& [type, key, status] : {std::tuple{"Procedure", "procedures", row.wanted},
                                            std::tuple{"Condition", "conditions", row.required},
                                            std::tuple{"Patient", "patient", row.who}}) {
      SCOPED_TRACE(key);
      ehr->behave(std::string{R"({"only": ")"} + type + R"(", "fault": ")" + row.fault + "\"}");
      const auto answer = call("psoas-likelihood", who, nothing());
      EXPECT_EQ(answer.status, status) << answer.body;
      if (answer.status == 200) {
        EXPECT_THAT(answer.body, HasSubstr("\"" + std::string{key} + "\"")) << "it was not seen";
      } else {
        EXPECT_THAT(answer.body, HasSubstr("OperationOutcome"));
        EXPECT_THAT(answer.body, Not(HasSubstr(R"("cards")")));
        EXPECT_THAT(answer.body, HasSubstr(answer.status == 412 ? "prefetch." : "fetched."));
        EXPECT_THAT(answer.body, Not(HasSubstr("somebody-else")));
      }
    }
  }
  EXPECT_THAT(ehr->trapped(), IsEmpty());
}

TEST_F(FhirAccessTest, PF_45_LogsAnAnswerAboutAnotherPatientAsASafetyEvent) {
  const RunningServer server{kPatientSettings, "", client_of(*ehr)};
  Caller caller{server};
  ehr->behave(R"({"fault": "foreign_patient", "only": "Observation"})");
  const auto answer = caller.call(
      "psoas-likelihood",
      make_call(patient(0), caller.offer("psoas-likelihood"), nothing(), access_to(ehr->base())));
  EXPECT_EQ(answer.status, 400);
  EXPECT_THAT(answer.body, Not(HasSubstr(R"("cards")")));
  EXPECT_THAT(server.log(), HasSubstr("safety_wrong_patient"));
}

}  // namespace
}  // namespace cdss::test
