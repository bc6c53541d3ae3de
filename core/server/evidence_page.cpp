#include "core/server/evidence_page.hpp"

#include "core/plugin/sha256.hpp"
#include "core/server/evidence_style.hpp"

namespace cdss::server {
namespace {

/// Nothing may be loaded or run; the one style element is allowed by its hash.
const std::string& content_security_policy() {
  static const std::string kPolicy = "default-src 'none'; style-src 'sha256-" +
                                     plugin::sha256_base64(kEvidenceStyle) +
                                     "'; base-uri 'none'; form-action 'none'; "
                                     "frame-ancestors 'none'";
  return kPolicy;
}

}  // namespace

EvidencePage EvidencePage::make(const Offer& offer, View options) {
  return {.html = write_evidence_html(offer, options), .json = write_evidence_json(offer, options)};
}

http::Response EvidencePage::html_answer() const {
  return {.content_type = "text/html; charset=utf-8",
          .body = html,
          .headers = {{"Content-Security-Policy", content_security_policy()},
                      {"Referrer-Policy", "no-referrer"}}};
}

http::Response EvidencePage::json_answer() const {
  return {.body = json};
}

std::string value_here(View options, std::string_view name) {
  const auto value = options.find(name);
  if (!value) {
    return {};
  }
  if (value->is_boolean()) {
    return value->kind() == cdss_true ? "true" : "false";
  }
  return std::string{value->raw_text()};
}

}  // namespace cdss::server
