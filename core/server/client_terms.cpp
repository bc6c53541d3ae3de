#include "core/server/client_terms.hpp"

namespace cdss::server {
namespace {

hooks::Version version_of(config::CdsHooksVersion version) {
  switch (version) {
    case config::CdsHooksVersion::v1_0:
      return hooks::Version::v1_0;
    case config::CdsHooksVersion::v2_0:
      return hooks::Version::v2_0;
    case config::CdsHooksVersion::v3_0:
      return hooks::Version::v3_0;
  }
  return hooks::Version::v2_0;
}

}  // namespace

ClientTerms ClientTerms::of(const config::Client& client) {
  using config::Feature;
  using config::Leniency;
  return {
      .features = {.version = version_of(client.cds_hooks_version),
                   .action_selection_behavior = client.takes(Feature::action_selection_behavior),
                   .system_actions = client.takes(Feature::system_actions),
                   .system_actions_extension = client.takes(Feature::system_actions_extension)},
      .leniencies = {.no_hook_instance = client.forgives(Leniency::no_hook_instance),
                     .no_context = client.forgives(Leniency::no_context),
                     .hook_is_service = client.forgives(Leniency::hook_is_service),
                     .draft_shapes = client.forgives(Leniency::draft_shapes),
                     .message_in_errors = client.forgives(Leniency::message_in_errors)},
      .explain = client.explain};
}

}  // namespace cdss::server
