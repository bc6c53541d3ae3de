// What becomes of one prefetch key: each way to send it, each way in which the FHIR server can
// behave, for a key that the service needs and for one that it would like to have.

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/system/fhir_access.hpp"

namespace cdss::test {
namespace {

/// How the client sends the key.
enum class Sent { all, null, empty_bundle, outcome, page, nothing };
constexpr const char* kSent[] = {"all",  "null",   "empty Bundle", "OperationOutcome",
                                 "page", "nothing"};

/// What the FHIR server does about it.
enum class Server { answers, refuses, hangs, lies, mistakes_the_patient };
constexpr const char* kServer[] = {"answers", "refuses", "hangs", "lies", "mistakes the patient"};
constexpr const char* kFault[] = {"", "403", "hang", "wrong_type", "foreign_patient"};

/// What comes of the call.
enum class Comes { seen, missing, refused_412, refused_400 };

struct Row {
  Sent sent;
  Server server;
  Comes wanted;    // of a key that the service would like to have
  Comes required;  // of one that it needs
  bool asked;      // whether the FHIR server is asked for it
};

constexpr Row kRows[] = {
    // What the client has answered in full is never asked for again (PF-34, PF-36).
    {Sent::all, Server::answers, Comes::seen, Comes::seen, false},
    {Sent::all, Server::refuses, Comes::seen, Comes::seen, false},
    {Sent::all, Server::hangs, Comes::seen, Comes::seen, false},
    {Sent::all, Server::lies, Comes::seen, Comes::seen, false},
    {Sent::all, Server::mistakes_the_patient, Comes::seen, Comes::seen, false},
    {Sent::null, Server::answers, Comes::seen, Comes::seen, false},
    {Sent::null, Server::refuses, Comes::seen, Comes::seen, false},
    {Sent::null, Server::hangs, Comes::seen, Comes::seen, false},
    {Sent::null, Server::lies, Comes::seen, Comes::seen, false},
    {Sent::null, Server::mistakes_the_patient, Comes::seen, Comes::seen, false},
    {Sent::empty_bundle, Server::answers, Comes::seen, Comes::seen, false},
    {Sent::empty_bundle, Server::refuses, Comes::seen, Comes::seen, false},
    {Sent::empty_bundle, Server::hangs, Comes::seen, Comes::seen, false},
    {Sent::empty_bundle, Server::lies, Comes::seen, Comes::seen, false},
    {Sent::empty_bundle, Server::mistakes_the_patient, Comes::seen, Comes::seen, false},
    // The client has asked, and it failed: not to be repeated (PF-38).
    {Sent::outcome, Server::answers, Comes::missing, Comes::refused_412, false},
    {Sent::outcome, Server::refuses, Comes::missing, Comes::refused_412, false},
    {Sent::outcome, Server::hangs, Comes::missing, Comes::refused_412, false},
    {Sent::outcome, Server::lies, Comes::missing, Comes::refused_412, false},
    {Sent::outcome, Server::mistakes_the_patient, Comes::missing, Comes::refused_412, false},
    // The rest of a search: what has come counts, and that it is not all (PF-40, PF-41).
    {Sent::page, Server::answers, Comes::seen, Comes::seen, true},
    {Sent::page, Server::refuses, Comes::missing, Comes::missing, true},
    {Sent::page, Server::hangs, Comes::missing, Comes::missing, true},
    {Sent::page, Server::lies, Comes::missing, Comes::missing, true},
    {Sent::page, Server::mistakes_the_patient, Comes::refused_400, Comes::refused_400, true},
    // Nothing: fetched, or it cannot be seen (PF-35, PF-32, PF-33).
    {Sent::nothing, Server::answers, Comes::seen, Comes::seen, true},
    {Sent::nothing, Server::refuses, Comes::missing, Comes::refused_412, true},
    {Sent::nothing, Server::hangs, Comes::missing, Comes::refused_412, true},
    {Sent::nothing, Server::lies, Comes::missing, Comes::refused_412, true},
    {Sent::nothing, Server::mistakes_the_patient, Comes::refused_400, Comes::refused_400, true},
};

/// The number of a Bundle's entries on all its pages.
std::int64_t total_of(const std::string& bundle) {
  const auto document = Document::parse(bundle);
  return document ? *document->root().at("total")->integer() : 0;
}

/// What came of a call, as to one key.
Comes outcome_of(const HttpAnswer& answer, std::string_view key) {
  if (answer.status != 200) {
    EXPECT_TRUE(answer.status == 400 || answer.status == 412) << answer.status << answer.body;
    return answer.status == 412 ? Comes::refused_412 : Comes::refused_400;
  }
  const auto document = Document::parse(answer.body);
  const View assessment = *document->root().at("extension")->at("org.psoas-cds.assessment");
  if (const auto missing = assessment.find("missing")) {
    for (const View id : missing->elements()) {
      if (id.raw_text() == key) {
        return Comes::missing;
      }
    }
  }
  return Comes::seen;
}

class FhirStatesTest : public FhirAccessTest {
 protected:
  void SetUp() override {
    FhirAccessTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    for (std::size_t chart = 0; chart < charts.size() && patient_.empty(); ++chart) {
      const std::string id = patient(chart);
      if (total_of(get("Condition?patient=" + id)) > kPage &&
          total_of(get("Procedure?patient=" + id)) > kPage) {
        patient_ = id;
      }
    }
    ASSERT_FALSE(patient_.empty()) << "nobody has a search of two pages";
  }

  std::string get(const std::string& query) { return as_ehr_->get("/fhir/" + query).body; }

  /// All of prefetch, with one key sent in this way.
  Answer sending(std::string_view one, Sent sent) {
    return [this, one, sent](std::string_view key,
                             const std::string& query) -> std::optional<std::string> {
      if (key != one || sent == Sent::all) {
        return get(query);
      }
      switch (sent) {
        case Sent::null:
          return "null";
        case Sent::empty_bundle:
          return R"({"resourceType": "Bundle", "type": "searchset", "total": 0})";
        case Sent::outcome:
          return R"({"resourceType": "OperationOutcome",
            "issue": [{"severity": "error", "code": "exception"}]})";
        case Sent::page: {
          ehr->behave(R"({"pageSize": )" + std::to_string(kPage) + "}");
          auto page = get(query);
          ehr->behave("{}");
          return page;
        }
        default:
          return std::nullopt;
      }
    };
  }

  static constexpr std::int64_t kPage = 5;
  std::string patient_;
};

TEST_F(FhirStatesTest,
       PF_34_PF_35_PF_36_PF_38_PF_40_PF_41_FollowFromWhatIsSentAndWhatTheServerDoes) {
  const RunningServer impatient{R"("fhir": {"fetch_ms": 300, "breaker_failures": 1000})", "",
                                client_of(*ehr)};
  Caller hasty{impatient};
  for (const Row& row : kRows) {
    const auto server = static_cast<std::size_t>(row.server);
    const std::pair<const char*, std::pair<const char*, Comes>> needs[] = {
        {"Procedure", {"procedures", row.wanted}}, {"Condition", {"conditions", row.required}}};
    for (const auto& [type, need] : needs) {
      const auto& [key, comes] = need;
      SCOPED_TRACE(std::string{key} + ": client sends " +
                   kSent[static_cast<std::size_t>(row.sent)] + ", server " + kServer[server]);
      const auto body = body_for("psoas-likelihood", patient_, sending(key, row.sent));
      if (row.server != Server::answers) {
        ehr->behave(std::string{R"({"only": ")"} + type + R"(", "fault": ")" + kFault[server] +
                    "\"}");
      }
      ehr->forget();
      auto& caller = row.server == Server::hangs ? hasty : *caller_;
      const auto answer = caller.call("psoas-likelihood", body);
      EXPECT_EQ(outcome_of(answer, key), comes) << answer.body;
      EXPECT_EQ(!ehr->asked().empty(), row.asked);
      ehr->behave("{}");
    }
  }
}

}  // namespace
}  // namespace cdss::test
