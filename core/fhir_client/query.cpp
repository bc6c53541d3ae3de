#include "core/fhir_client/query.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/base/text/ascii.hpp"
#include "core/json/document_builder.hpp"
#include "fhir/resources/bundle.hpp"
#include "fhir/types/reference.hpp"
#include "fhir/types/resource.hpp"

namespace cdss::fhir_client {
namespace {

/// A relative query taken apart.
struct Parts {
  std::string_view type;
  std::string_view id;      // of a read
  std::string_view search;  // after "?"
  bool is_search = false;
};

std::optional<Parts> parts_of(std::string_view relative) {
  const auto mark = relative.find_first_of("/?");
  if (mark == std::string_view::npos) {
    return std::nullopt;
  }
  const auto rest = relative.substr(mark + 1);
  return relative[mark] == '?'
             ? Parts{.type = relative.substr(0, mark), .search = rest, .is_search = true}
             : Parts{.type = relative.substr(0, mark), .id = rest};
}

/// Whether one of the values of the parameter `_id` is this.
bool asks_for_id(std::string_view search, std::string_view id) {
  constexpr std::string_view kName = "_id=";
  while (!search.empty()) {
    auto parameter = take_until(search, '&');
    if (!parameter.starts_with(kName)) {
      continue;
    }
    parameter.remove_prefix(kName.size());
    while (!parameter.empty()) {
      const auto value = parameter.substr(0, std::min(parameter.find(','), parameter.find("%2C")));
      if (value == id) {
        return true;
      }
      const auto separator = parameter.substr(value.size()).starts_with('%') ? 3U : 1U;
      parameter.remove_prefix(std::min(value.size() + separator, parameter.size()));
    }
  }
  return false;
}

bool is_asked_for(const Parts& parts, View resource) {
  const auto id = resource.text_or_empty("id");
  return !id.empty() && fhir::resource_type(resource) == parts.type &&
         (parts.is_search ? asks_for_id(parts.search, id) : parts.id == id);
}

/// Whether the query would read what the client is about to store (REQ-20).
bool reads_draft(const Parts& parts, const hooks::Context& context) {
  return std::ranges::any_of(context.resources, [&](View resource) {
    if (is_asked_for(parts, resource)) {
      return true;
    }
    const auto bundle = fhir::Bundle::read(resource);
    return bundle && std::ranges::any_of(bundle->entries, [&](const auto& entry) {
             return entry.resource && is_asked_for(parts, *entry.resource);
           });
  });
}

/// The query for one key. Errors: a message that completes "not sent, and ...".
Result<Query> query_for(const record::PrefetchKey& wanted, const hooks::HookRequest& request,
                        const FhirAccess& access, const hooks::TemplateValues& values) {
  auto relative = wanted.query->expand(values);
  if (!relative) {
    return Error{Errc::missing,
                 {},
                 wanted.query->prior_keys().empty()
                     ? "the call does not say what to ask for"
                     : "the keys that it depends on do not say what to ask for"};
  }
  const auto parts = parts_of(*relative);
  if (!parts || parts->type != wanted.resource) {
    return Error{Errc::unsupported, {}, "the call refers to something of another type"};
  }
  if (!fhir::is_r4_id(request.context.patient_id) ||
      !(parts->is_search || fhir::is_r4_id(parts->id))) {
    return Error{Errc::malformed, {}, "an id in the call is not one that FHIR permits"};
  }
  if (reads_draft(*parts, request.context)) {
    return Error{Errc::unsupported, {}, "it is a draft that the FHIR server need not know"};
  }
  const auto interaction =
      parts->is_search ? Scopes::Interaction::search : Scopes::Interaction::read;
  const auto cover = access.scopes().cover(parts->type, interaction, parts->search);
  if (cover == Scopes::Coverage::none) {
    return Error{Errc::unsupported, {}, "the client's token does not cover it"};
  }
  const bool is_search = parts->is_search;
  return Query{.key = std::string{wanted.key},
               .resource = std::string{wanted.resource},
               .is_search = is_search,
               .is_filtered = cover == Scopes::Coverage::part,
               .relative = *std::move(relative)};
}

/// Whether a key is still to be asked for.
bool is_open(const record::KeyRecord& key) {
  return key.fetch == record::FetchState::open &&
         key.missing_because != record::MissingBecause::nothing &&
         key.missing_because != record::MissingBecause::server_error;
}

/// Whether a template names a key that is still to be fetched.
bool is_early(const hooks::PrefetchTemplate& prefetch, const record::PatientRecord& record) {
  return std::ranges::any_of(prefetch.prior_keys(), [&](const std::string& name) {
    const auto* const key = record.find(name);
    return key != nullptr && (key->fetch == record::FetchState::asked || is_open(*key));
  });
}

/// The keys that are known in full, for templates that name them; null says that nothing was found.
std::vector<hooks::PriorKey> prior_keys(const record::PatientRecord& record) {
  static const Document nothing = *Document::parse("null");
  std::vector<hooks::PriorKey> prior;
  for (const record::KeyRecord& key : record.keys) {
    if (key.is_known()) {
      prior.push_back({.key = key.key, .value = key.value.value_or(nothing.root())});
    }
  }
  return prior;
}

}  // namespace

std::vector<Query> plan_fetch(record::PatientRecord& record, const hooks::HookRequest& request,
                              std::span<const record::PrefetchKey> wanted,
                              const Result<FhirAccess>& access,
                              std::optional<std::chrono::sys_days> today) {
  std::vector<Query> queries;
  const auto prior = prior_keys(record);
  const hooks::TemplateValues values{.context = request.context_view,
                                     .today = today,
                                     .prior = prior,
                                     .fhir_server = request.fhir_server.value_or("")};
  for (const record::PrefetchKey& one : wanted) {
    const auto key = std::ranges::find(record.keys, one.key, &record::KeyRecord::key);
    if (key == record.keys.end() || !is_open(*key) || one.query == nullptr ||
        (access && is_early(*one.query, record))) {
      continue;
    }
    auto query = access ? query_for(one, request, *access, values) : Result<Query>{access.error()};
    key->fetch = query ? record::FetchState::asked : record::FetchState::settled;
    if (!query) {
      key->reason += ", and " + query.error().message;
      continue;
    }
    if (key->missing_because == record::MissingBecause::later_pages) {
      if (auto page = copy_of(*request.prefetch->find(one.key))) {
        query->first_page = std::make_shared<const Document>(*std::move(page));
      }
    }
    queries.push_back(*std::move(query));
  }
  return queries;
}

}  // namespace cdss::fhir_client
