#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/json/document.hpp"
#include "plugins/sdk/gaps.hpp"
#include "plugins/sdk/plugin.hpp"
#include "tests/plugins/call.hpp"

namespace {

using cdss::Document;
using cdss::Result;
using cdss::sdk::KeyState;
using testing::HasSubstr;

/// Answers with one card, or as the options tell it to fail.
class Sample {
 public:
  static constexpr const char* kId = "sample";
  static constexpr const char* kVersion = "1.2.3";

  static cdss::sdk::Declaration declaration() {
    return {.id = kId,
            .version = kVersion,
            .services = {{.id = "sample",
                          .hooks = {"patient-view"},
                          .title = "Sample",
                          .description = "A sample.",
                          .usage_requirements = {},
                          .needs = {{.key = "patient",
                                     .resource = "Patient",
                                     .query = "",
                                     .level = cdss::sdk::Level::required},
                                    {.key = "recent",
                                     .resource = "Observation",
                                     .query = "",
                                     .prefetch = "Observation?date=ge{{today() - 90 days}}"}},
                          .required = {{"patient"}},
                          .prefetch_tokens = cdss::hooks::PrefetchTokens::fhirpath}},
            .source = {{"developer", "Psoas CDS"}}};
  }
  static Result<Sample> open(const cdss::sdk::Setup& setup) {
    CDSS_TRY(const auto file, setup.knowledge("knowledge/way.json"));
    CDSS_TRY(const auto way, file.required_string("way"));
    return Sample{std::string{way}};
  }
  Result<cdss::sdk::Answer> evaluate(const cdss::sdk::Request& request) const {
    if (way_ == "throw") {
      throw std::runtime_error("x");
    }
    if (way_ == "fail") {
      return cdss::Error{cdss::Errc::internal, "", "cannot"};
    }
    cdss::sdk::Answer answer;
    cdss::hooks::Card card;
    card.summary = std::string{request.service()} + ' ' + std::string{request.hook()};
    answer.cards.push_back(card);
    return answer;
  }

 private:
  explicit Sample(std::string way) : way_{std::move(way)} {}
  std::string way_;
};

/// What a host does with the C table, and what was written.
struct Host {
  std::string written;
  cdss_host host{sizeof(cdss_host), 0, this, [](void* context, const char* bytes, size_t length) {
                   static_cast<Host*>(context)->written.append(bytes, length);
                   return 0;
                 }};
};

constexpr cdss_plugin kTable = cdss::sdk::detail::Table<Sample>::make();

int run(std::string_view way, Host& host) {
  const Document options = cdss::test::parsed("{}");
  const Document file = cdss::test::parsed(R"({"way":")" + std::string{way} + R"("})");
  const std::string_view path = "knowledge/way.json";
  const cdss_knowledge knowledge{{path.data(), path.size()}, file.c_document()};
  const cdss_setup setup{sizeof setup, 1, &knowledge, options.c_document()};
  void* state = nullptr;
  if (const int status = kTable.open(&setup, &host.host, &state); status != cdss_ok) {
    return status;
  }
  const cdss::test::Call call{R"({"hook":"patient-view"})", {}};
  const int status = kTable.evaluate(state, &call.block(), &host.host);
  kTable.close(state);
  return status;
}

TEST(Plugin, WritesItsDeclarationAsTheManifestHasIt) {
  Host host;
  ASSERT_EQ(kTable.declare(&host.host), cdss_ok);
  EXPECT_EQ(host.written,
            R"({"id":"sample","version":"1.2.3","services":[{"id":"sample",)"
            R"("hooks":["patient-view"],"title":"Sample","description":"A sample.",)"
            R"("prefetchTokens":"fhirpath",)"
            R"("needs":[{"key":"patient","resource":"Patient","level":"required"},)"
            R"({"key":"recent","resource":"Observation",)"
            R"("prefetch":"Observation?date=ge{{today() - 90 days}}","level":"wanted"}],)"
            R"("required":[["patient"]]}],)"
            R"("limits":{"deadline_ms":2000,"memory_bytes":268435456},)"
            R"("source":{"developer":"Psoas CDS"}})");
}

TEST(Plugin, AnswersThroughTheTable) {
  Host host;
  ASSERT_EQ(run("card", host), cdss_ok);
  EXPECT_THAT(host.written, HasSubstr(R"("summary":"a-service patient-view")"));
}

TEST(Plugin, LetsNoErrorOrExceptionAcrossTheTable) {
  for (const char* way : {"fail", "throw"}) {
    SCOPED_TRACE(way);
    Host host;
    EXPECT_EQ(run(way, host), cdss_failed);
    EXPECT_EQ(host.written, "");
  }
}

TEST(Plugin, SaysWhatIsWrongWithItsKnowledge) {
  Host host;
  EXPECT_EQ(run("", host), cdss_bad_knowledge);
  EXPECT_THAT(host.written, HasSubstr("way"));
}

TEST(Request, TellsWhatIsKnownOfEachKey) {
  const cdss::test::Call call{
      R"({"hook":"patient-view","context":{"patientId":"p"}})",
      {{"patient", cdss_key_present, R"({"resourceType":"Patient"})", ""},
       {"conditions", cdss_key_empty, "", ""},
       {"procedures", cdss_key_unavailable, "", "was not sent"},
       {"examination", cdss_key_truncated, R"({"resourceType":"Bundle"})", "too many pages"}}};
  const auto request = call.request();
  EXPECT_EQ(request.today(), cdss::test::kToday);
  EXPECT_TRUE(request.explain());
  ASSERT_TRUE(request.context());
  EXPECT_EQ(request.context()->text_or_empty("patientId"), "p");
  const auto patient = request.key("patient");
  EXPECT_EQ(patient.state, KeyState::present);
  ASSERT_TRUE(patient.value);
  EXPECT_EQ(patient.value->text_or_empty("resourceType"), "Patient");
  EXPECT_TRUE(request.key("conditions").is_known());
  EXPECT_FALSE(request.key("conditions").value);
  EXPECT_EQ(request.key("procedures").state, KeyState::unavailable);
  EXPECT_EQ(request.key("procedures").reason, "was not sent");
  EXPECT_EQ(request.key("examination").state, KeyState::truncated);
  EXPECT_TRUE(request.key("examination").value);
  EXPECT_FALSE(request.key("examination").is_known());
  EXPECT_EQ(request.key("other").state, KeyState::unavailable);
}

TEST(Gaps, NotesWhatCouldNotBeSeenAndNothingElse) {
  const cdss::test::Call call{"{}",
                              {{"conditions", cdss_key_empty, "", ""},
                               {"procedures", cdss_key_unavailable, "", "<b>was not sent</b>"},
                               {"examination", cdss_key_truncated, "{}", ""}}};
  cdss::sdk::Gaps gaps;
  gaps.note(call.request(), "conditions", "conditions");
  gaps.note(call.request(), "procedures", "procedures");
  gaps.note(call.request(), "examination", "examination findings");
  gaps.note_unused("procedures", 0, "procedures", "could not be read");
  gaps.note_unused("procedures", 2, "procedures", "could not be read");
  EXPECT_THAT(gaps.keys, testing::ElementsAre("procedures", "examination"));
  ASSERT_EQ(gaps.sentences.size(), 3U);
  EXPECT_THAT(gaps.sentences[0], testing::AllOf(HasSubstr("The procedures could not be seen"),
                                                testing::Not(HasSubstr("<b>"))));
  EXPECT_EQ(gaps.sentences[1], "Only some of the examination findings could be seen.");
  EXPECT_EQ(gaps.sentences[2], "2 of the procedures could not be read.");
}

}  // namespace
