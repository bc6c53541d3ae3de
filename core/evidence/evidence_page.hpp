#pragma once

#include <string>

#include "core/json/view.hpp"
#include "core/plugin/package.hpp"
#include "core/plugin/service_declaration.hpp"

namespace cdss::evidence {

/// What a service says of itself for people, in two forms with the same content. Made once, when
/// the server starts, and constant after.
struct EvidencePage {
  std::string html;  ///< without script; its one style element is named in the policy by its hash
  std::string json;

  /// The page of a service.
  ///
  /// @param package  has evidence.
  /// @param service  one of its services.
  /// @param options  The values that the site gives to the plugin's options: an object.
  static EvidencePage make(const plugin::Package& package,
                           const plugin::ServiceDeclaration& service, View options);

  /// The Content-Security-Policy of `html`: nothing may be loaded or run, and its one style element
  /// is allowed by its hash.
  static const std::string& content_security_policy();
};

/// The two forms. `package.evidence()` is there.
std::string write_evidence_html(const plugin::Package& package,
                                const plugin::ServiceDeclaration& service, View options);
std::string write_evidence_json(const plugin::Package& package,
                                const plugin::ServiceDeclaration& service, View options);

/// The value that the site gives to an option; empty when it gives none.
std::string value_here(View options, std::string_view name);

}  // namespace cdss::evidence
