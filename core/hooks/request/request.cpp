#include "core/hooks/request/request.hpp"

#include "core/base/url.hpp"
#include "core/base/uuid.hpp"

namespace cdss::hooks {
namespace {

constexpr std::string_view kUuidPrefix = "urn:uuid:";

Result<std::string_view> read_hook_instance(View body) {
  CDSS_TRY(auto text, body.required_string("hookInstance"));
  if (text.starts_with(kUuidPrefix)) {
    text.remove_prefix(kUuidPrefix.size());
  }
  if (!is_uuid(text)) {
    return body.error_at("hookInstance", Errc::malformed, "must be a UUID");
  }
  return text;
}

Result<std::optional<std::string_view>> read_fhir_server(View body) {
  CDSS_TRY(const auto text, body.optional_string("fhirServer"));
  if (text && !Url::parse(*text)) {
    return body.error_at("fhirServer", Errc::malformed, "must be an absolute http or https URL");
  }
  return text;
}

Result<std::optional<FhirAuthorization>> read_fhir_authorization(View body) {
  CDSS_TRY(const auto member, body.optional_object("fhirAuthorization"));
  if (!member) {
    return std::optional<FhirAuthorization>{};
  }
  if (!body.find("fhirServer")) {
    return member->error(Errc::malformed, "must not be given without fhirServer");
  }
  FhirAuthorization access{};
  CDSS_TRY(access.access_token, member->required_string("access_token"));
  access.access_token_node = member->find("access_token")->node();
  CDSS_TRY(const auto token_type, member->required_string("token_type"));
  if (token_type != "Bearer") {
    return member->error_at("token_type", Errc::malformed, "must be Bearer");
  }
  CDSS_TRY(const auto expires_in, member->at("expires_in"));
  CDSS_TRY(access.expires_in, expires_in.integer());
  if (access.expires_in < 0) {
    return expires_in.error(Errc::out_of_range, "must not be negative");
  }
  CDSS_TRY(access.scope, member->required_string("scope"));
  CDSS_TRY(access.subject, member->required_string("subject"));
  CDSS_TRY(access.patient, read_optional_text(*member, "patient", FieldType::id));
  CDSS_CHECK(member->optional_object("extension"));
  return std::optional{access};
}

Result<std::optional<View>> read_prefetch(View body) {
  CDSS_TRY(const auto prefetch, body.optional_object("prefetch"));
  if (prefetch) {
    for (const Member member : prefetch->members()) {
      if (!member.value.is_object() && !member.value.is_null()) {
        return member.value.error(Errc::malformed, "must be a FHIR resource or null");
      }
    }
  }
  return prefetch;
}

}  // namespace

Result<HookRequest> read_request(View body, const Leniencies& leniencies) {
  CDSS_CHECK(body.check_object());
  CDSS_TRY(const auto hook, body.required_string("hook"));
  CDSS_TRY(const auto hook_instance, read_hook_instance(body));
  CDSS_TRY(const auto fhir_server, read_fhir_server(body));
  CDSS_TRY(const auto fhir_authorization, read_fhir_authorization(body));
  CDSS_TRY(const auto context_view, body.at("context"));
  CDSS_CHECK(context_view.check_object());
  CDSS_TRY(auto context, read_context(context_view, find_hook(hook), leniencies));
  CDSS_TRY(const auto prefetch, read_prefetch(body));
  CDSS_CHECK(body.optional_object("extension"));
  return HookRequest{.hook = hook,
                     .hook_instance = hook_instance,
                     .fhir_server = fhir_server,
                     .fhir_authorization = fhir_authorization,
                     .context_view = context_view,
                     .context = std::move(context),
                     .prefetch = prefetch};
}

}  // namespace cdss::hooks
