#pragma once

#include <memory>
#include <vector>

#include "core/base/errors/result.hpp"
#include "plugins/rules/knowledge/knowledge.hpp"
#include "plugins/sdk/declaration.hpp"
#include "plugins/sdk/setup.hpp"

// What the three services share: what they need of a record, and how they come by it.

namespace cdss::cards {

/// How much a service depends on those needs that differ between the services.
struct NeedLevels {
  sdk::Level conditions = sdk::Level::required;
  sdk::Level procedures = sdk::Level::wanted;
};

/// The needs of a service: the same for all, for the same red flags are looked for in each.
std::vector<sdk::Need> needs(NeedLevels levels = {});

/// The knowledge files of the package. Errors: those of rules::Knowledge::read.
Result<std::unique_ptr<const rules::Knowledge>> read_knowledge(const sdk::Setup& setup);

}  // namespace cdss::cards
