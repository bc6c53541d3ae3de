#pragma once

#include <string>

#include "core/base/view.hpp"
#include "core/http/response.hpp"
#include "core/server/catalogue.hpp"

namespace cdss::server {

/// What a service says of itself for people, in two forms with the same content. Made once, when
/// the server starts, and constant after.
struct EvidencePage {
  std::string html;  ///< without script; its one style element is named in the policy by its hash
  std::string json;

  /// The page of a service whose package has evidence about it.
  ///
  /// @param options  The values that the site gives to the plugin's options: an object.
  static EvidencePage make(const Offer& offer, View options);

  /// The answers to GET /services/{id} and /services/{id}.json.
  http::Response html_answer() const;
  http::Response json_answer() const;
};

/// The two forms. `offer.package->evidence()` is there.
std::string write_evidence_html(const Offer& offer, View options);
std::string write_evidence_json(const Offer& offer, View options);

/// The value that the site gives to an option; empty when it gives none.
std::string value_here(View options, std::string_view name);

}  // namespace cdss::server
