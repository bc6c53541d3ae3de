#include "core/server/catalogue.hpp"

#include <algorithm>
#include <iterator>

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

Result<void> Catalogue::add(const std::shared_ptr<const plugin::Package>& package) {
  std::vector<hooks::Service> entries = entries_;
  std::vector<Offer> offers;
  for (const auto& declaration : package->manifest().services) {
    if (find(declaration.id) != nullptr) {
      return Error{Errc::malformed, "service " + declaration.id,
                   "is offered by another plugin already"};
    }
    for (const auto& hook : declaration.hooks) {
      entries.push_back(discovery_entry(declaration, hook));
      if (auto checked = hooks::check(entries.back()); !checked) {
        return within("service " + declaration.id, std::move(checked).error());
      }
    }
    offers.push_back(offer_of(package, declaration));
  }
  CDSS_CHECK(hooks::check(entries));
  entries_ = std::move(entries);
  std::ranges::move(offers, std::back_inserter(offers_));
  return {};
}

const Offer* Catalogue::find(std::string_view id) const {
  const auto found =
      std::ranges::find(offers_, id, [](const Offer& offer) { return offer.declaration->id; });
  return found == offers_.end() ? nullptr : &*found;
}

}  // namespace cdss::server
