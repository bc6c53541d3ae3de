#include "core/server/catalogue.hpp"

#include <algorithm>
#include <iterator>

#include "core/hooks/links.hpp"
#include "core/hooks/uri.hpp"

namespace cdss::server {

bool Offer::answers(std::string_view hook) const {
  return std::ranges::find(declaration->hooks, hook) != declaration->hooks.end();
}

Offer Catalogue::offer_of(const std::shared_ptr<const plugin::Package>& package,
                          const plugin::ServiceDeclaration& declaration) const {
  Offer offer{.package = package,
              .declaration = &declaration,
              .wanted = {},
              .page_url = {},
              .link_hosts = {}};
  for (const auto& need : declaration.needs) {
    offer.wanted.push_back({.key = need.key, .resource = need.resource});
  }
  if (const auto url = hooks::read_web_url(public_url_)) {
    offer.link_hosts.push_back(url->host);
  }
  const std::string page = public_url_ + "/services/" + declaration.id;
  const auto& evidence = package->evidence();
  if (evidence && evidence->is_about(declaration.id) &&
      hooks::is_permitted_link(page, offer.link_hosts)) {
    offer.page_url = page;
  }
  return offer;
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
      entries.push_back(plugin::discovery_entry(declaration, hook));
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
  const auto found = std::ranges::find(
      offers_, id, [](const Offer& offer) -> const std::string& { return offer.declaration->id; });
  return found == offers_.end() ? nullptr : &*found;
}

}  // namespace cdss::server
