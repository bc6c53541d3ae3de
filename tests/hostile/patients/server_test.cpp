// Every shape by which a call may hold another patient's data, sent to the running program: no card
// comes of what is not shown to be the patient's, and each is logged and counted.

#include <map>

#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "tests/hostile/patients/shapes.hpp"
#include "tests/system/http_client.hpp"
#include "tests/system/program.hpp"

namespace cdss::hostile {
namespace {

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t times = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
    ++times;
  }
  return times;
}

std::string service_of(const Shape& shape) {
  return shape.hook.starts_with("order-") ? "treatment-escalation" : "hip-replacement";
}

/// The number of a counter for a service; 0 when it has none.
std::size_t counted(const std::string& metrics, const std::string& name,
                    const std::string& service) {
  const std::string line = name + "{service=\"" + service + "\"} ";
  const auto at = metrics.find(line);
  return at == std::string::npos ? 0 : std::stoul(metrics.substr(at + line.size()));
}

/// What the program has told of the calls so far.
struct Events {
  std::size_t wrong;
  std::size_t excluded;

  static Events in(const std::string& log) {
    return {.wrong = count(log, R"("event":"safety_wrong_patient")"),
            .excluded = count(log, R"("event":"safety_resources_excluded")")};
  }
};

class WrongPatients : public ::testing::Test {
 protected:
  void expect_refused(const Shape& shape, const test::HttpAnswer& answer) {
    EXPECT_EQ(answer.status, 400) << answer.body;
    const auto document = Document::parse(answer.body);
    ASSERT_TRUE(document) << answer.body;
    EXPECT_EQ(document->root().text_or_empty("resourceType"), "OperationOutcome");
    EXPECT_FALSE(document->root().find("cards"));
    EXPECT_NE(answer.body.find(shape.where), std::string::npos) << answer.body;
  }

  /// No card comes of what was left out; that drafted orders were not checked is said by one.
  void expect_without_cards(const Shape& shape, const test::HttpAnswer& answer) {
    EXPECT_EQ(answer.status, shape.status) << answer.body;
    const bool about_drafts = shape.status == 200 && shape.hook == "order-sign";
    EXPECT_EQ(count(answer.body, "\"summary\""), about_drafts ? 1U : 0U) << answer.body;
    EXPECT_EQ(count(answer.body, "Some drafted orders were not checked"), about_drafts ? 1U : 0U)
        << answer.body;
    if (shape.status != 200) {
      EXPECT_NE(answer.body.find("could not be shown to be this patient's"), std::string::npos)
          << answer.body;
    }
  }

  void expect_card(const test::HttpAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_NE(answer.body.find("\"summary\""), std::string::npos) << answer.body;
  }

  void send(const Shape& shape) {
    SCOPED_TRACE(shape.what);
    const auto before = Events::in(server_.log());
    const auto answer = http_.post("/cds-services/" + service_of(shape), call_of(shape));
    const auto after = Events::in(server_.log());
    EXPECT_EQ(after.wrong - before.wrong, shape.ends == Ends::refused ? 1U : 0U);
    EXPECT_EQ(after.excluded - before.excluded, shape.ends == Ends::excluded ? 1U : 0U);
    EXPECT_EQ(answer.body.find(kForeignId), std::string::npos) << answer.body;
    switch (shape.ends) {
      case Ends::refused:
        return expect_refused(shape, answer);
      case Ends::excluded:
        return expect_without_cards(shape, answer);
      case Ends::answered:
        return expect_card(answer);
    }
  }

  const std::uint16_t admin_ = test::free_port();
  test::RunningServer server_{
      R"("plugin_options": {"hip-replacement": {"show": "always"}},
         "admin": {"enabled": true, "port": )" +
      std::to_string(admin_) + "}"};
  test::HttpClient http_{server_.port()};
};

TEST_F(WrongPatients, PF_45_FA_08_GetNoCardAndAreLoggedAndCounted) {
  std::map<std::string, std::size_t> wrong;
  std::map<std::string, std::size_t> excluded;
  for (const Shape& shape : shapes()) {
    send(shape);
    wrong[service_of(shape)] += shape.ends == Ends::refused ? 1 : 0;
    excluded[service_of(shape)] += shape.ends == Ends::excluded ? 1 : 0;
  }
  const auto metrics = test::HttpClient{admin_}.get("/metrics").body;
  for (const auto* const service : {"hip-replacement", "treatment-escalation"}) {
    SCOPED_TRACE(service);
    EXPECT_GT(wrong[service], 0U);
    EXPECT_EQ(counted(metrics, "cdss_wrong_patient_total", service), wrong[service]);
    EXPECT_EQ(counted(metrics, "cdss_resources_excluded_total", service), excluded[service]);
  }
  EXPECT_EQ(server_.log().find(kForeignId), std::string::npos);
  EXPECT_EQ(server_.log().find(kOwnId), std::string::npos);
  EXPECT_EQ(metrics.find(kOwnId), std::string::npos);
}

}  // namespace
}  // namespace cdss::hostile
