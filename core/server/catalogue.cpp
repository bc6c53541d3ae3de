#include "core/server/catalogue.hpp"

#include <algorithm>
#include <iterator>

#include "core/hooks/card/links.hpp"
#include "core/hooks/request/uri.hpp"

namespace cdss::server {
namespace {

/// Errors: those of hooks::PrefetchTemplate::parse.
Result<AtHook> at_hook(const plugin::ServiceDeclaration& declaration, std::string_view hook) {
  AtHook there{.hook = hook, .templates = {}, .wanted = {}};
  for (const auto& need : declaration.needs) {
    CDSS_TRY(auto query, hooks::PrefetchTemplate::parse(plugin::prefetch_query(need), hook));
    there.templates.push_back(std::move(query));
  }
  for (std::size_t i = 0; i < declaration.needs.size(); ++i) {
    const auto& need = declaration.needs[i];
    there.wanted.push_back(
        {.key = need.key, .resource = need.resource, .query = &there.templates[i]});
  }
  return there;
}

}  // namespace

const AtHook* Offer::at(std::string_view hook) const {
  const auto found = std::ranges::find(at_hooks, hook, &AtHook::hook);
  return found == at_hooks.end() ? nullptr : &*found;
}

Result<Offer> Catalogue::offer_of(const std::shared_ptr<const plugin::Package>& package,
                                  const plugin::ServiceDeclaration& declaration) const {
  Offer offer{.package = package,
              .declaration = &declaration,
              .at_hooks = {},
              .page_url = {},
              .link_hosts = {}};
  for (const auto& hook : declaration.hooks) {
    CDSS_TRY(auto there, at_hook(declaration, hook));
    offer.at_hooks.push_back(std::move(there));
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
    CDSS_TRY(auto offer, offer_of(package, declaration));
    offers.push_back(std::move(offer));
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
