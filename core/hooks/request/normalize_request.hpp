#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/errors/result.hpp"
#include "core/hooks/request/leniencies.hpp"
#include "core/json/document.hpp"

namespace cdss::hooks {

/// The service that is called: what a request is normalized for.
struct CalledService {
  std::string_view id;
  std::span<const std::string> hooks;  ///< that it offers, in the order of its declaration
};

/// The request of a client that leaves out or misnames what its profile forgives, as CDS Hooks has
/// it, so that whoever reads it afterwards, a plugin too, reads a proper request.
///
/// | leniency | what is normalized |
/// |---|---|
/// | no_hook_instance | an absent or null `hookInstance` becomes a fresh UUID |
/// | no_context | an absent or null `context` becomes `{patientId, draftOrders?}`, see below |
/// | hook_is_service | `hook`, being the id of the service, becomes the hook that the context fits |
///
/// The context is made of the one Patient in prefetch, and of the Bundle under the prefetch key
/// `draftMedicationRequests`; without a single patient there it is not made, and read_request says
/// what is missing. A `hook` that the service offers is kept, whatever its name.
///
/// The hook that the context fits is, of those that the service offers, the one with the most
/// required Bundles, resources and selections that are there, none of them lacking; among equals
/// the first. Everything else is copied as it is.
///
/// @param body  of the call; given back as it is when there is nothing to do.
/// Errors: those of DocumentBuilder::build. Thread-safe.
/// Source: openmrs-module-cdss (Bahmni) for what such a client sends.
Result<Document> normalize_request(Document body, const Leniencies& leniencies,
                                   const CalledService& service);

}  // namespace cdss::hooks
