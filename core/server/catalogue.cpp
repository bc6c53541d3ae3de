#include "core/server/catalogue.hpp"

#include <algorithm>

namespace cdss::server {
namespace {

Offer offer_of(const std::shared_ptr<const plugin::Package>& package,
               const plugin::ServiceDeclaration& declaration) {
  Offer offer{.package = package, .declaration = &declaration, .wanted = {}};
  for (const auto& need : declaration.needs) {
    offer.wanted.push_back({.key = need.key, .resource = need.resource});
  }
  return offer;
}

hooks::Service discovery_entry(const plugin::ServiceDeclaration& declaration,
                               const std::string& hook) {
  hooks::Service entry{.id = declaration.id,
                       .hook = hook,
                       .title = declaration.title,
                       .description = declaration.description,
                       .usage_requirements = declaration.usage_requirements,
                       .prefetch = {}};
  for (const auto& need : declaration.needs) {
    entry.prefetch.push_back({.key = need.key, .query = plugin::prefetch_query(need)});
  }
  return entry;
}

}  // namespace

bool Offer::answers(std::string_view hook) const {
  return std::ranges::find(declaration->hooks, hook) != declaration->hooks.end();
}

Result<Catalogue> Catalogue::make(
    const std::vector<std::shared_ptr<const plugin::Package>>& packages) {
  Catalogue catalogue;
  std::vector<hooks::Service> entries;
  for (const auto& package : packages) {
    for (const auto& declaration : package->manifest().services) {
      if (catalogue.find(declaration.id) != nullptr) {
        return Error{Errc::malformed, package->manifest().id + ": services",
                     "service " + declaration.id + " is offered by another plugin already"};
      }
      for (const auto& hook : declaration.hooks) {
        entries.push_back(discovery_entry(declaration, hook));
        if (auto checked = hooks::check(entries.back()); !checked) {
          return within(package->manifest().id + ": service " + declaration.id,
                        std::move(checked).error());
        }
      }
      catalogue.offers_.push_back(offer_of(package, declaration));
    }
  }
  CDSS_CHECK(hooks::check(entries));
  catalogue.discovery_ = hooks::write_discovery(entries);
  return catalogue;
}

const Offer* Catalogue::find(std::string_view id) const {
  const auto found =
      std::ranges::find(offers_, id, [](const Offer& offer) { return offer.declaration->id; });
  return found == offers_.end() ? nullptr : &*found;
}

}  // namespace cdss::server
