#include "core/plugin/service_declaration.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cdss::plugin {
namespace {

constexpr std::string_view kNameCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A name that can stand in a URL and as a JSON member without escapes.
Result<std::string> read_name(View object, std::string_view member) {
  CDSS_TRY(const auto name, object.required_string(member));
  if (name.find_first_not_of(kNameCharacters) != std::string_view::npos) {
    return object.error_at(member, Errc::malformed, "must be letters, digits, - and _");
  }
  return std::string{name};
}

Result<std::string> read_text(View object, std::string_view member) {
  CDSS_TRY(const auto text, object.optional_string(member));
  return std::string{text.value_or("")};
}

Result<std::vector<std::string>> read_strings(View array) {
  if (!array.is_array() || array.size() == 0) {
    return array.error(Errc::malformed, "must be an array with at least one text");
  }
  std::vector<std::string> texts;
  for (const View element : array.elements()) {
    CDSS_TRY(const auto text, element.string());
    if (text.empty()) {
      return element.error(Errc::malformed, "must not be empty");
    }
    texts.emplace_back(text);
  }
  return texts;
}

Result<std::string> read_resource(View need) {
  CDSS_TRY(const auto resource, need.required_string("resource"));
  const auto is_letter = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); };
  if (!std::ranges::all_of(resource, is_letter) || resource.front() > 'Z') {
    return need.error_at("resource", Errc::malformed, "must be a FHIR resource type");
  }
  return std::string{resource};
}

/// The query is sent to EHRs as it stands, so it must be ready to follow `&` in a URL.
Result<std::string> read_query(View need, std::string_view resource) {
  CDSS_TRY(auto query, read_text(need, "query"));
  const auto fits = [](char c) { return c > ' ' && c < 0x7F && c != '#' && c != '?' && c != '"'; };
  if (!std::ranges::all_of(query, fits) || query.starts_with('&')) {
    return need.error_at("query", Errc::malformed,
                         "must be search parameters as they follow & in a URL");
  }
  if (resource == "Patient" && !query.empty()) {
    return need.error_at("query", Errc::unsupported, "must be absent: the patient is read by id");
  }
  return query;
}

Result<Level> read_level(View need) {
  CDSS_TRY(const auto text, need.optional_string("level"));
  const std::string_view level = text.value_or("wanted");
  if (level == "required") {
    return Level::required;
  }
  if (level == "wanted") {
    return Level::wanted;
  }
  if (level == "optional") {
    return Level::optional;
  }
  return need.error_at("level", Errc::unsupported, "must be required, wanted or optional");
}

Result<Need> read_need(View need) {
  Need read;
  CDSS_TRY(read.key, read_name(need, "key"));
  CDSS_TRY(read.resource, read_resource(need));
  CDSS_TRY(read.query, read_query(need, read.resource));
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
  if (!array->is_array()) {
    return array->error(Errc::malformed, "must be an array");
  }
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
  if (!array->is_array()) {
    return array->error(Errc::malformed, "must be an array of arrays of keys");
  }
  for (const View element : array->elements()) {
    CDSS_TRY(auto group, read_strings(element));
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

std::string prefetch_query(const Need& need) {
  constexpr std::string_view kPatient = "{{context.patientId}}";
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
  CDSS_TRY(read.hooks, read_strings(hooks));
  CDSS_TRY(read.title, read_text(service, "title"));
  CDSS_TRY(const auto description, service.required_string("description"));
  read.description = description;
  CDSS_TRY(read.usage_requirements, read_text(service, "usageRequirements"));
  CDSS_TRY(read.needs, read_needs(service));
  CDSS_TRY(read.required, read_required(service, read.needs));
  return read;
}

}  // namespace cdss::plugin
