#include "core/evidence/evidence_page.hpp"

#include "core/evidence/evidence_style.hpp"
#include "core/plugin/sha256.hpp"

namespace cdss::evidence {

EvidencePage EvidencePage::make(const plugin::Package& package,
                                const plugin::ServiceDeclaration& service, View options) {
  return {.html = write_evidence_html(package, service, options),
          .json = write_evidence_json(package, service, options)};
}

const std::string& EvidencePage::content_security_policy() {
  static const std::string kPolicy = "default-src 'none'; style-src 'sha256-" +
                                     plugin::sha256_base64(kEvidenceStyle) +
                                     "'; base-uri 'none'; form-action 'none'; "
                                     "frame-ancestors 'none'";
  return kPolicy;
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

}  // namespace cdss::evidence
