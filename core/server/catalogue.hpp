#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/hooks/service.hpp"
#include "core/plugin/package.hpp"
#include "core/record/patient_record.hpp"

namespace cdss::server {

/// One service that clients can call, and the package that answers for it.
struct Offer {
  std::shared_ptr<const plugin::Package> package;
  const plugin::ServiceDeclaration* declaration;  ///< inside `package`
  std::vector<record::Wanted> wanted;             ///< its needs; borrows from `declaration`

  /// Whether the service is offered at this hook.
  bool answers(std::string_view hook) const;
};

/// The services of all packages that could be loaded. Constant once made. Thread-safe.
class Catalogue {
 public:
  /// Puts the packages together, in the order given.
  ///
  /// Errors: those of hooks::check, with the plugin's id before the place, when a declaration or a
  /// prefetch template made from its needs breaks CDS Hooks; Errc::malformed when two packages
  /// offer one service id.
  static Result<Catalogue> make(
      const std::vector<std::shared_ptr<const plugin::Package>>& packages);

  /// The service of that id, or null.
  const Offer* find(std::string_view id) const;

  std::span<const Offer> offers() const { return offers_; }

  /// The body of GET /cds-services.
  const std::string& discovery() const { return discovery_; }

 private:
  std::vector<Offer> offers_;
  std::string discovery_;
};

}  // namespace cdss::server
