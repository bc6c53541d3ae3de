#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/errors/result.hpp"
#include "core/hooks/discovery/prefetch_template.hpp"
#include "core/hooks/discovery/service.hpp"
#include "core/plugin/package.hpp"
#include "core/record/patient_record.hpp"
#include "core/server/service_metrics.hpp"

namespace cdss::server {

/// What a service reads at one of its hooks. Views stay valid when it is moved.
struct HookBinding {
  std::string_view hook;                           ///< borrows from the declaration
  std::vector<hooks::PrefetchTemplate> templates;  ///< of its needs, in their order
  std::vector<record::PrefetchKey> wanted;         ///< borrows from the declaration and `templates`
};

/// The binding of a service to one of its hooks. Borrows from `declaration`.
/// Errors: those of hooks::PrefetchTemplate::parse.
Result<HookBinding> bind_hook(const plugin::ServiceDeclaration& declaration, std::string_view hook);

/// One service that clients can call, and the package that answers for it.
struct HostedService {
  std::shared_ptr<const plugin::Package> package;
  const plugin::ServiceDeclaration* declaration;  ///< inside `package`
  std::vector<HookBinding> bindings;              ///< one for each of its hooks
  std::string page_url;  ///< of its evidence page; empty when it has none or no client may open it
  std::vector<std::string> link_hosts;    ///< the hosts that its cards may link to
  std::optional<ServiceMetrics> metrics;  ///< none when nobody counts its calls

  /// The service at this hook, or null when it is not offered there.
  const HookBinding* at(std::string_view hook) const;
};

/// The services of all packages that could be loaded. Filled before threads start, constant after.
class ServiceRegistry {
 public:
  /// @param public_url  The prefix of links to this server. Cards link to it when it is https, or
  ///                    http on this machine (LINK-10).
  /// @param metrics     Where calls are counted; borrowed; null when nobody does.
  explicit ServiceRegistry(std::string public_url, Metrics* metrics = nullptr)
      : public_url_{std::move(public_url)}, metrics_{metrics} {}

  /// Adds the services of a package after those that are there.
  ///
  /// Errors: those of hooks::check, with the service before the place, when a declaration or a
  /// prefetch template made from its needs breaks CDS Hooks; Errc::malformed when a service id is
  /// taken already. Nothing is added then.
  Result<void> add(const std::shared_ptr<const plugin::Package>& package);

  /// The service of that id, or null.
  const HostedService* find(std::string_view id) const;

  /// The ids of all services.
  std::vector<std::string> ids() const;

  std::span<const HostedService> services() const { return services_; }

  /// The body of GET /cds-services.
  std::string discovery() const { return hooks::write_discovery(entries_); }

 private:
  /// Errors: those of hooks::PrefetchTemplate::parse.
  Result<HostedService> make_hosted_service(const std::shared_ptr<const plugin::Package>& package,
                                            const plugin::ServiceDeclaration& declaration) const;

  std::string public_url_;
  Metrics* metrics_;
  std::vector<HostedService> services_;
  std::vector<hooks::Service> entries_;  // of discovery: one for each service and hook
};

}  // namespace cdss::server
