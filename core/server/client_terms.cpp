#include "core/server/client_terms.hpp"

namespace cdss::server {

ClientTerms ClientTerms::of(const config::Client& client) {
  using config::Feature;
  using config::Leniency;
  return {
      .features = {.is_v1_0 = client.cds_hooks_version == config::CdsHooksVersion::v1_0,
                   .action_selection_behavior = client.takes(Feature::action_selection_behavior),
                   .system_actions = client.takes(Feature::system_actions),
                   .system_actions_extension = client.takes(Feature::system_actions_extension)},
      .leniencies = {.no_hook_instance = client.tolerates(Leniency::no_hook_instance),
                     .no_context = client.tolerates(Leniency::no_context),
                     .hook_is_service = client.tolerates(Leniency::hook_is_service),
                     .draft_shapes = client.tolerates(Leniency::draft_shapes),
                     .message_in_errors = client.tolerates(Leniency::message_in_errors)},
      .explain = client.explain};
}

}  // namespace cdss::server
