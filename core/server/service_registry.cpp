#include "core/server/service_registry.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/url.hpp"
#include "core/hooks/card/links.hpp"

namespace cdss::server {

Result<HookBinding> bind_hook(const plugin::ServiceDeclaration& declaration,
                              std::string_view hook) {
  HookBinding there{.hook = hook, .templates = {}, .wanted = {}};
  for (const auto& need : declaration.needs) {
    CDSS_TRY(auto query, hooks::PrefetchTemplate::parse(plugin::prefetch_query(need), hook,
                                                        declaration.tokens));
    there.templates.push_back(std::move(query));
  }
  for (std::size_t i = 0; i < declaration.needs.size(); ++i) {
    const auto& need = declaration.needs[i];
    there.wanted.push_back(
        {.key = need.key, .resource = need.resource, .query = &there.templates[i]});
  }
  return there;
}

const HookBinding* HostedService::at(std::string_view hook) const {
  const auto found = std::ranges::find(bindings, hook, &HookBinding::hook);
  return found == bindings.end() ? nullptr : &*found;
}

Result<HostedService> ServiceRegistry::make_hosted_service(
    const std::shared_ptr<const plugin::Package>& package,
    const plugin::ServiceDeclaration& declaration) const {
  HostedService hosted_service{.package = package,
                               .declaration = &declaration,
                               .bindings = {},
                               .page_url = {},
                               .link_hosts = {},
                               .metrics = {}};
  if (metrics_ != nullptr) {
    hosted_service.metrics.emplace(ServiceMetrics{*metrics_, Label::configured(declaration.id)});
  }
  for (const auto& hook : declaration.hooks) {
    CDSS_TRY(auto there, bind_hook(declaration, hook));
    hosted_service.bindings.push_back(std::move(there));
  }
  if (const auto url = Url::parse(public_url_)) {
    hosted_service.link_hosts.emplace_back(url->host());
  }
  const std::string page = public_url_ + "/services/" + declaration.id;
  const auto& evidence = package->evidence();
  if (evidence && evidence->is_about(declaration.id) &&
      hooks::is_permitted_link(page, hosted_service.link_hosts)) {
    hosted_service.page_url = page;
  }
  return hosted_service;
}

Result<void> ServiceRegistry::add(const std::shared_ptr<const plugin::Package>& package) {
  std::vector<hooks::Service> entries = entries_;
  std::vector<HostedService> services;
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
    CDSS_TRY(auto hosted_service, make_hosted_service(package, declaration));
    services.push_back(std::move(hosted_service));
  }
  CDSS_CHECK(hooks::check(entries));
  entries_ = std::move(entries);
  std::ranges::move(services, std::back_inserter(services_));
  return {};
}

std::vector<std::string> ServiceRegistry::ids() const {
  std::vector<std::string> ids;
  for (const HostedService& hosted_service : services_) {
    ids.push_back(hosted_service.declaration->id);
  }
  return ids;
}

const HostedService* ServiceRegistry::find(std::string_view id) const {
  const auto found = std::ranges::find(
      services_, id, [](const HostedService& hosted_service) -> const std::string& {
        return hosted_service.declaration->id;
      });
  return found == services_.end() ? nullptr : &*found;
}

}  // namespace cdss::server
