// A plugin whose prefetch templates hold the tokens of CDS Hooks 3.0. It tells what it was given.

#include "plugins/sdk/plugin.hpp"

namespace cdss::test {
namespace {

constexpr const char* kKeys[] = {"patient",    "earlier",    "conditions",
                                 "procedures", "encounters", "role"};

std::string_view to_string(sdk::KeyState state) {
  switch (state) {
    case sdk::KeyState::present:
      return "present";
    case sdk::KeyState::empty:
      return "empty";
    case sdk::KeyState::truncated:
      return "truncated";
    default:
      return "unavailable";
  }
}

class PrefetchTokens {
 public:
  static constexpr const char* kId = "prefetch-tokens";
  static constexpr const char* kVersion = "1.0.0";

  static sdk::Declaration declaration() {
    const char* const encounters =
        "Encounter?patient={{context.patientId}}&_id="
        "{{%conditions.entry.resource.encounter.resolve().ofType(Encounter).id|"
        "%procedures.entry.resource.encounter.resolve().ofType(Encounter).id}}";
    sdk::Service service{.id = kId,
                         .hooks = {"patient-view"},
                         .title = "Prefetch tokens",
                         .description = "Tells what it was given.",
                         .prefetch_tokens = hooks::PrefetchTokens::fhirpath};
    service.needs = {
        {.key = "patient", .resource = "Patient", .level = sdk::Level::required},
        {.key = "earlier", .resource = "Observation", .query = "date=lt{{today() - 90 days}}"},
        {.key = "conditions", .resource = "Condition"},
        {.key = "procedures", .resource = "Procedure"},
        {.key = "encounters", .resource = "Encounter", .prefetch = encounters},
        {.key = "role",
         .resource = "PractitionerRole",
         .level = sdk::Level::optional,
         .prefetch = "PractitionerRole/{{userPractitionerRoleId}}"}};
    return {.id = kId, .version = kVersion, .services = {std::move(service)}};
  }

  static Result<PrefetchTokens> open(const sdk::Setup& /*setup*/) { return PrefetchTokens{}; }

  /// The assessment has the state of each key, and how many entries its Bundle has.
  Result<sdk::Answer> evaluate(const sdk::Request& request) const {
    sdk::Answer answer;
    answer.assessment = json::object([&](json::Object& out) {
      for (const char* const name : kKeys) {
        const auto key = request.key(name);
        const auto entries = key.value ? key.value->find("entry") : std::nullopt;
        out.string(name, std::string{to_string(key.state)} +
                             (entries ? ' ' + std::to_string(entries->size()) : std::string{}));
      }
    });
    return answer;
  }
};

}  // namespace
}  // namespace cdss::test

CDSS_PLUGIN(cdss::test::PrefetchTokens)
