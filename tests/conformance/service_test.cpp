// The running program as a CDS Hooks service: what discovery says, and that each entry of it
// answers.

#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/file.hpp"
#include "core/json/document.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::test {
namespace {

constexpr std::string_view kInstance = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea";

Document parse(const HttpAnswer& answer) {
  auto document = Document::parse(answer.body);  // RFC 8259 and nothing beside it
  if (!document) {
    ADD_FAILURE() << answer.body;
    return *Document::parse("{}");
  }
  return *std::move(document);
}

/// A call of patient p1 at `hook` with the smallest context that the hook has.
std::string call(std::string_view hook, std::string_view prefetch) {
  std::string context = R"("userId": "Practitioner/1", "patientId": "p1")";
  if (hook == "encounter-start") {
    context += R"(, "encounterId": "e1")";
  } else if (hook == "appointment-book") {
    context += R"(, "appointments": {"resourceType": "Bundle"})";
  } else if (hook == "order-select" || hook == "order-sign") {
    context += R"(, "selections": ["ServiceRequest/1"], "draftOrders": {"resourceType": "Bundle"})";
  }
  return R"({"hook": ")" + std::string{hook} + R"(", "hookInstance": ")" + std::string{kInstance} +
         R"(", "context": {)" + context + R"(}, "prefetch": {)" + std::string{prefetch} + "}}";
}

constexpr std::string_view kPatientAlone =
    R"("patient": {"resourceType": "Patient", "id": "p1"}, "conditions": null)";

std::string example(const char* name) {
  const auto text = read_file(std::string{CDSS_SOURCE_DIR} + "/config/examples/" + name);
  EXPECT_TRUE(text);
  return text ? *text : std::string{};
}

/// `json` with the value of `member` replaced, which is an object with balanced brackets.
std::string with_object(std::string json, std::string_view member, std::string_view value) {
  const auto begin = json.find('{', json.find('"' + std::string{member} + '"'));
  std::size_t end = begin;
  int depth = 0;
  do {
    depth += json[end] == '{' ? 1 : json[end] == '}' ? -1 : 0;
    ++end;
  } while (depth > 0 && end < json.size());
  return json.replace(begin, end - begin, value);
}

class Conformance : public ::testing::Test {
 protected:
  HttpAnswer discover() { return http_.get("/cds-services"); }

  HttpAnswer post(std::string_view service, std::string_view body) {
    return http_.post("/cds-services/" + std::string{service}, body);
  }

  RunningServer server_;
  HttpClient http_{server_.port()};
};

TEST_F(Conformance, DISC_01_DISC_03_DISC_05_GEN_03_ServesDiscoveryAtAllTimes) {
  const auto first = discover();
  EXPECT_EQ(first.status, 200);
  EXPECT_NE(first.header.find("Content-Type: application/json"), std::string::npos);
  const auto document = parse(first);
  const auto services = document.root().find("services");
  ASSERT_TRUE(services && services->is_array());
  EXPECT_GT(services->size(), 0U);
  for (int i = 0; i < 20; ++i) {
    post("hip-replacement", i % 2 == 0 ? call("patient-view", kPatientAlone) : "no JSON");
  }
  const auto again = discover();
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
}

TEST_F(Conformance, DISC_23_TakesGetAndHeadForDiscoveryAlone) {
  const auto head = http_.send("HEAD", "/cds-services", "", "");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  for (const auto* const method : {"POST", "PUT", "DELETE", "PATCH"}) {
    const auto answer = http_.send(method, "/cds-services", "application/json", "{}");
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_NE(answer.header.find("Allow: GET, HEAD"), std::string::npos) << answer.header;
  }
}

TEST_F(Conformance, DISC_06_DISC_13_DISC_14_DISC_15_SaysWhatEachEntryIs) {
  const auto document = parse(discover());
  const std::set<std::string_view> hooks{"patient-view", "order-select", "order-sign",
                                         "encounter-start", "appointment-book"};
  for (const View entry : document.root().find("services")->elements()) {
    for (const auto* const name : {"id", "hook", "title", "description", "version"}) {
      EXPECT_TRUE(entry.required_string(name)) << entry.path() << ' ' << name;
    }
    EXPECT_TRUE(hooks.contains(entry.text_or_empty("hook"))) << entry.text_or_empty("hook");
    EXPECT_EQ(entry.text_or_empty("version"), "2.0.0");
    EXPECT_EQ(entry.text_or_empty("hookVersion"), "1.0");
    const auto prefetch = entry.find("prefetch");
    ASSERT_TRUE(prefetch);
    EXPECT_GT(prefetch->size(), 0U);
  }
}

TEST_F(Conformance, DISC_17_STL_02_ListsAServiceAtEachOfItsHooks) {
  const auto document = parse(discover());
  std::set<std::string> pairs;
  std::set<std::string_view> ids;
  const auto services = *document.root().find("services");
  for (const View entry : services.elements()) {
    ids.insert(entry.text_or_empty("id"));
    pairs.insert(std::string{entry.text_or_empty("id")} + ' ' +
                 std::string{entry.text_or_empty("hook")});
  }
  EXPECT_EQ(pairs.size(), services.size());
  EXPECT_EQ(ids, (std::set<std::string_view>{"hip-replacement", "psoas-likelihood",
                                             "treatment-escalation"}));
  EXPECT_EQ(pairs.size(), 8U);
}

TEST_F(Conformance, REQ_01_REQ_06_RESP_01_PF_33_PF_47_AnswersAtEveryEntryAndToACallThatComesTwice) {
  const auto document = parse(discover());
  for (const View entry : document.root().find("services")->elements()) {
    const auto id = entry.text_or_empty("id");
    const auto hook = entry.text_or_empty("hook");
    SCOPED_TRACE(std::string{id} + " at " + std::string{hook});
    for (int i = 0; i < 2; ++i) {
      const auto answer = post(id, call(hook, kPatientAlone));
      EXPECT_EQ(answer.status, 200) << answer.body;
      const auto response = parse(answer);
      const auto cards = response.root().find("cards");
      EXPECT_TRUE(cards && cards->is_array()) << answer.body;
      EXPECT_FALSE(response.root().find("systemActions"));
    }
  }
}

TEST_F(Conformance, PF_44_AnswersTheSameWithKeysThatItDidNotAskFor) {
  const auto plain = post("hip-replacement", call("patient-view", kPatientAlone));
  const auto more =
      post("hip-replacement",
           call("patient-view", std::string{kPatientAlone} +
                                    R"(, "unasked": {"resourceType": "Condition", "id": "c"})"));
  EXPECT_EQ(plain.status, 200);
  EXPECT_EQ(more.body, plain.body);
}

TEST_F(Conformance, REQ_22_SEC_09_MixesNoPatients) {
  const auto with_card = example("hip-replacement.json");
  const auto without_card = call("patient-view", kPatientAlone);
  std::vector<std::thread> threads;
  for (int n = 0; n < 4; ++n) {
    threads.emplace_back([&, n] {
      HttpClient http{server_.port()};
      for (int i = 0; i < 25; ++i) {
        const bool card = (n + i) % 2 == 0;
        const auto answer =
            http.post("/cds-services/hip-replacement", card ? with_card : without_card);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body.find("\"summary\"") != std::string::npos, card) << answer.body;
      }
    });
  }
  for (auto& thread : threads) {
    thread.join();
  }
}

TEST_F(Conformance, STL_01_STL_03_SaysNothingMoreOnceTheProblemIsGone) {
  const auto order = example("treatment-escalation-order-sign.json");
  EXPECT_NE(post("treatment-escalation", order).body.find("\"summary\""), std::string::npos);
  const auto answer = post("treatment-escalation",
                           with_object(order, "draftOrders", R"({"resourceType": "Bundle"})"));
  EXPECT_EQ(answer.status, 200);
  const auto response = parse(answer);
  ASSERT_TRUE(response.root().find("cards"));
  EXPECT_EQ(response.root().find("cards")->size(), 0U) << answer.body;
}

TEST_F(Conformance, GEN_10_EXT_01_EXT_04_AnswersTheSameWithExtensionsAndUnknownMembers) {
  const auto plain = call("patient-view", kPatientAlone);
  const std::string more =
      R"({"extension": {"com.example.x": {"a": [null]}}, "unknown": [1], )" + plain.substr(1);
  const auto first = post("hip-replacement", plain);
  const auto second = post("hip-replacement", more);
  EXPECT_EQ(second.status, 200);
  EXPECT_EQ(second.body, first.body);
}

}  // namespace
}  // namespace cdss::test
