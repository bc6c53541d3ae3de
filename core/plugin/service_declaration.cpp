#include "core/plugin/service_declaration.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "core/base/text/ascii.hpp"

namespace cdss::plugin {
namespace {

constexpr std::array<std::string_view, 3> kLevels{"required", "wanted", "optional"};  // as Level

/// A name that can stand in a URL and as a JSON member without escapes.
Result<std::string> read_name(View object, std::string_view member) {
  CDSS_TRY(const auto name, object.required_string(member));
  if (!only_letters_digits_and("-_", name)) {
    return object.error_at(member, Errc::malformed, "must be letters, digits, - and _");
  }
  return std::string{name};
}

Result<std::string> read_text(View object, std::string_view member) {
  CDSS_TRY(const auto text, object.optional_string(member));
  return std::string{text.value_or("")};
}

Result<std::string> read_resource(View need) {
  CDSS_TRY(const auto resource, need.required_string("resource"));
  if (!std::ranges::all_of(resource, is_letter) || resource.front() > 'Z') {
    return need.error_at("resource", Errc::malformed, "must be a FHIR resource type");
  }
  return std::string{resource};
}

/// Printable ASCII that a URL may hold, and spaces within a token: `{{today() - 90 days}}`.
bool fits_in_url(std::string_view text) {
  while (!text.empty()) {
    const auto open = std::min(text.find("{{"), text.size());
    const auto close = std::min(text.find("}}", open), text.size());
    const auto is_plain = [](char c) { return c >= ' ' && c < 0x7F && c != '#' && c != '"'; };
    if (text.substr(0, open).find(' ') != std::string_view::npos ||
        !std::ranges::all_of(text.substr(0, close), is_plain)) {
      return false;
    }
    text.remove_prefix(close);
    text.remove_prefix(std::min<std::size_t>(2, text.size()));
  }
  return true;
}

/// The query is sent to EHRs as it stands, so it must be ready to follow `&` in a URL.
Result<std::string> read_query(View need, std::string_view resource) {
  CDSS_TRY(auto query, read_text(need, "query"));
  if (!fits_in_url(query) || query.find('?') != std::string::npos || query.starts_with('&')) {
    return need.error_at("query", Errc::malformed,
                         "must be search parameters as they follow & in a URL");
  }
  if (resource == "Patient" && !query.empty()) {
    return need.error_at("query", Errc::unsupported, "must be absent: the patient is read by id");
  }
  return query;
}

/// A template of the plugin's own, of which check_prefetch says more once the hooks are known.
Result<std::string> read_prefetch(View need, std::string_view resource) {
  CDSS_TRY(auto prefetch, read_text(need, "prefetch"));
  if (prefetch.empty()) {
    return prefetch;
  }
  if (need.find("query")) {
    return need.error_at("prefetch", Errc::malformed, "must stand alone or be a query");
  }
  const auto rest = std::string_view{prefetch}.substr(std::min(resource.size(), prefetch.size()));
  const bool names_type =
      prefetch.starts_with(resource) && (rest.starts_with('/') || rest.starts_with('?'));
  if (!fits_in_url(prefetch) || (!names_type && !prefetch.starts_with("{{"))) {
    return need.error_at("prefetch", Errc::malformed,
                         "must be a read or a search of its resource, or one token");
  }
  return prefetch;
}

Result<hooks::PrefetchTokens> read_tokens(View service) {
  CDSS_TRY(const auto text, service.optional_string("prefetchTokens"));
  const std::string_view tokens = text.value_or("simple");
  if (tokens != "simple" && tokens != "fhirpath") {
    return service.error_at("prefetchTokens", Errc::unsupported, "must be simple or fhirpath");
  }
  return tokens == "simple" ? hooks::PrefetchTokens::simple : hooks::PrefetchTokens::fhirpath;
}

Result<Level> read_level(View need) {
  CDSS_TRY(const auto text, need.optional_string("level"));
  const auto* const level = std::ranges::find(kLevels, text.value_or("wanted"));
  if (level != kLevels.end()) {
    return static_cast<Level>(level - kLevels.begin());
  }
  return need.error_at("level", Errc::unsupported, "must be required, wanted or optional");
}

Result<Need> read_need(View need) {
  Need read;
  CDSS_TRY(read.key, read_name(need, "key"));
  CDSS_TRY(read.resource, read_resource(need));
  CDSS_TRY(read.query, read_query(need, read.resource));
  CDSS_TRY(read.prefetch, read_prefetch(need, read.resource));
  CDSS_TRY(read.level, read_level(need));
  return read;
}

bool names_key(const std::vector<Need>& needs, std::string_view key) {
  return std::ranges::find(needs, key, &Need::key) != needs.end();
}

Result<std::vector<Need>> read_needs(View service) {
  std::vector<Need> needs;
  const auto array = service.find("needs");
  if (!array) {
    return needs;
  }
  CDSS_CHECK(array->check_array());
  for (const View element : array->elements()) {
    CDSS_TRY(auto need, read_need(element));
    if (names_key(needs, need.key)) {
      return element.error_at("key", Errc::malformed, "stands twice in this service");
    }
    needs.push_back(std::move(need));
  }
  return needs;
}

Result<std::vector<std::vector<std::string>>> read_required(View service,
                                                            const std::vector<Need>& needs) {
  std::vector<std::vector<std::string>> groups;
  const auto array = service.find("required");
  if (!array) {
    return groups;
  }
  CDSS_CHECK(array->check_array("must be an array of arrays of keys"));
  for (const View element : array->elements()) {
    CDSS_TRY(auto group, element.texts());
    for (const auto& key : group) {
      if (!names_key(needs, key)) {
        return element.error(Errc::malformed, "names a key that no need has");
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

}  // namespace

std::string_view to_string(Level level) {
  return kLevels.at(static_cast<std::size_t>(level));
}

std::string prefetch_query(const Need& need) {
  constexpr std::string_view kPatient = "{{context.patientId}}";
  if (!need.prefetch.empty()) {
    return need.prefetch;
  }
  if (need.resource == "Patient") {
    return std::string{"Patient/"}.append(kPatient);
  }
  std::string query = need.resource;
  query.append("?patient=").append(kPatient);
  if (!need.query.empty()) {
    query.append("&").append(need.query);
  }
  return query;
}

Result<ServiceDeclaration> read_service_declaration(View service) {
  ServiceDeclaration read;
  CDSS_TRY(read.id, read_name(service, "id"));
  CDSS_TRY(const auto hooks, service.at("hooks"));
  CDSS_TRY(read.hooks, hooks.texts());
  CDSS_TRY(read.title, read_text(service, "title"));
  CDSS_TRY(const auto description, service.required_string("description"));
  read.description = description;
  CDSS_TRY(read.usage_requirements, read_text(service, "usageRequirements"));
  CDSS_TRY(read.tokens, read_tokens(service));
  CDSS_TRY(read.needs, read_needs(service));
  CDSS_TRY(read.required, read_required(service, read.needs));
  return read;
}

hooks::Service discovery_entry(const ServiceDeclaration& service, const std::string& hook) {
  hooks::Service entry{.id = service.id,
                       .hook = hook,
                       .title = service.title,
                       .description = service.description,
                       .usage_requirements = service.usage_requirements,
                       .tokens = service.tokens};
  for (const Need& need : service.needs) {
    entry.prefetch.push_back({.key = need.key, .query = prefetch_query(need)});
  }
  return entry;
}

Result<void> check_prefetch(const ServiceDeclaration& service) {
  for (const std::string& hook : service.hooks) {
    CDSS_CHECK(hooks::check_prefetch(discovery_entry(service, hook)));
  }
  return {};
}

}  // namespace cdss::plugin
