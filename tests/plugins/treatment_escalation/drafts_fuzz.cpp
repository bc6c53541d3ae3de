// Whatever drafts a call holds, the order hooks answer: with cards that may be shown, that change
// no order but a draft of this call and write orders for its patient alone. A day's dose is
// above 0; one too large for a number is infinite, over every limit.
//
// An input is `{"draftOrders": ..., "selections": ..., NEED: ...}`, where a need has the name of a
// prefetch key; any other JSON stands for the draft orders.

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/hooks/card/response.hpp"
#include "core/json/json_writer.hpp"
#include "plugins/rules/orders/daily_dose.hpp"
#include "plugins/treatment_escalation/treatment_escalation.hpp"
#include "tests/plugins/rules/orders/session.hpp"

namespace {

using namespace cdss;        // NOLINT(google-build-using-namespace): a program of one page
using namespace cdss::test;  // NOLINT(google-build-using-namespace)
using treatment_escalation::TreatmentEscalation;

void require(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

const TreatmentEscalation& plugin() {
  static const auto kOptions = parsed("{}");
  static const auto kPlugin = open_plugin<TreatmentEscalation>(escalation_knowledge(), kOptions);
  require(kPlugin.has_value());
  return *kPlugin;
}

std::string text_of(View value) {
  std::string text;
  json::append_value(text, value);
  return text;
}

std::string body_of(View input) {
  const auto drafts = input.find("draftOrders");
  const auto selections = drafts ? input.find("selections") : std::nullopt;
  std::string body = R"({"hook":")";
  body += selections ? "order-select" : "order-sign";
  body += R"(","context":{"patientId":"p","userId":"Practitioner/9")";
  body += selections ? R"(,"selections":)" + text_of(*selections) : std::string{};
  return body + R"(,"draftOrders":)" + text_of(drafts.value_or(input)) + "}}";
}

/// A record that speaks against most medicines and some procedures, but for the needs of the input.
std::vector<GivenKey> keys_for(View input) {
  static const auto kRecord = RecordBuilder{}
                                  .condition(snomed("102570003"))
                                  .condition(icd("Z96.641"))
                                  .condition(icd("M79.81"))
                                  .condition(icd("K70.30"))
                                  .medication("warfarin")
                                  .medication("Tylenol")
                                  .allergy("161")
                                  .result("98979-8", "27", "mL/min/{1.73_m2}");
  auto keys = keys_of(kRecord);
  for (auto& key : keys) {
    if (const auto given = input.find(key.name); given && input.find("draftOrders")) {
      key = {key.name, cdss_key_present, text_of(*given), ""};
    }
  }
  return keys;
}

void check(const rules::Draft& draft) {
  for (const auto strength : {std::optional<double>{}, std::optional<double>{500}}) {
    const auto dose = rules::most_mg_per_day(draft.resource, strength);
    require(!dose || dose->mg > 0);
  }
  require(!draft.acetaminophen_per_day || draft.acetaminophen_per_day->mg > 0);
}

/// The resource as a reference, "Type/id".
std::string reference_of(const std::string& resource) {
  const auto document = Document::parse(resource);
  require(document.has_value());
  const View root = document->root();
  return std::string{root.text_or_empty("resourceType")} + '/' +
         std::string{root.text_or_empty("id")};
}

void check(const hooks::Action& action, const std::vector<rules::Draft>& drafts) {
  if (action.type == hooks::ActionType::create) {
    require(action.resource.find(R"("subject":{"reference":"Patient/p"})") != std::string::npos);
    return;
  }
  const auto changed =
      action.type == hooks::ActionType::update ? reference_of(action.resource) : action.resource_id;
  require(std::ranges::find(drafts, changed, &rules::Draft::reference) != drafts.end());
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = Document::parse(std::string{reinterpret_cast<const char*>(data), size});
  if (!document) {
    return 0;
  }
  const auto body = body_of(document->root());
  const Session session{Body{body}};
  for (const auto& draft : session.drafts) {
    check(draft);
  }
  const Call call{body, keys_for(document->root())};
  const auto answer = plugin().evaluate(call.request());
  require(answer.has_value());
  const hooks::CheckRules rules{.patient_id = "p", .link_hosts = {}, .explain = true};
  require(hooks::check(*answer, rules).has_value());
  for (const auto& card : answer->cards) {
    for (const auto& suggestion : card.suggestions) {
      for (const auto& action : suggestion.actions) {
        check(action, session.drafts);
      }
    }
  }
  return 0;
}
