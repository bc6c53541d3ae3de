#include "tests/plugins/hip_replacement/evaluate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hooks/card/markdown.hpp"
#include "core/hooks/card/response.hpp"

namespace cdss::test {

using hip_replacement::HipReplacement;

const KnowledgeFiles& hip_replacement_knowledge() {
  static const auto kFiles = KnowledgeFiles::read(CDSS_HIP_REPLACEMENT_KNOWLEDGE);
  return kFiles;
}

sdk::Answer evaluate(const std::vector<GivenKey>& keys, const char* options) {
  const auto document = parsed(options);
  const auto plugin = open_plugin<HipReplacement>(hip_replacement_knowledge(), document);
  EXPECT_TRUE(plugin);
  const Call call{R"({"hook":"patient-view","context":{"patientId":"p"}})", keys};
  auto answer = plugin->evaluate(call.request());
  EXPECT_TRUE(answer);
  const hooks::CheckRules rules{.patient_id = "p", .link_hosts = {}, .explain = true};
  const auto checked = hooks::check(*answer, rules);
  EXPECT_TRUE(checked) << checked.error().where << ' ' << checked.error().message;
  for (const auto& card : answer->cards) {
    const auto text = card.summary + card.detail;
    EXPECT_LT(hooks::count_code_points(card.summary), 140U) << card.summary;
    EXPECT_THAT(text, testing::Not(testing::ContainsRegex(R"(\[(hip|concept|section|prompt)\.)")))
        << "a text is not in texts.json";
    EXPECT_THAT(text, testing::Not(testing::ContainsRegex("[{][a-z]+[}]")))
        << "a part is not put in";
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("patient has")));
  }
  return *std::move(answer);
}

sdk::Answer evaluate(const RecordBuilder& record, const char* options) {
  return evaluate(keys_of(record), options);
}

hooks::Card card_of(const RecordBuilder& record) {
  return evaluate(record).cards.at(0);
}

RecordBuilder replaced(int days_ago, std::string_view code) {
  return RecordBuilder{}.procedure({.system = std::string{kSnomedUri},
                                    .code = std::string{code},
                                    .performed = R"("performedDateTime":")" + day(days_ago) + '"'});
}

RecordBuilder painful(int days_ago) {
  return replaced(days_ago).condition(snomed("102570003"));
}

}  // namespace cdss::test
