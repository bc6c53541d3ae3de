#include "core/fhir_client/scopes.hpp"

#include <algorithm>
#include <optional>

#include "core/base/text/ascii.hpp"
#include "core/base/text/percent.hpp"
#include "fhir/types/resource_types.hpp"

namespace cdss::fhir_client {
namespace {

constexpr std::size_t kMostScopes = 1'000;
constexpr std::string_view kSpace = " \t\r\n";

/// As a server reads them, so that "%7C" and "|" are alike.
std::vector<std::string> parameters_of(std::string_view query) {
  std::vector<std::string> parameters;
  while (!query.empty()) {
    if (const auto one = take_until(query, '&'); !one.empty()) {
      parameters.push_back(percent_decoded(one));
    }
  }
  return parameters;
}

struct Permissions {
  bool read = false;
  bool search = false;
};

/// Version 1: read, write or *; version 2: some of "cruds", in that order.
std::optional<Permissions> read_permissions(std::string_view text, bool has_filter) {
  if (text == "read" || text == "*" || text == "write") {
    const bool reads = text != "write";
    return has_filter ? std::nullopt : std::optional{Permissions{reads, reads}};
  }
  std::string_view left = "cruds";
  for (const char c : text) {
    const auto at = left.find(c);
    if (at == std::string_view::npos) {
      return std::nullopt;
    }
    left.remove_prefix(at + 1);
  }
  if (text.empty()) {
    return std::nullopt;
  }
  return Permissions{text.find('r') != std::string_view::npos,
                     text.find('s') != std::string_view::npos};
}

}  // namespace

Scopes Scopes::parse(std::string_view text) {
  Scopes scopes;
  for (std::size_t count = 0; count < kMostScopes; ++count) {
    text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
    if (text.empty()) {
      break;
    }
    auto scope = text.substr(0, text.find_first_of(kSpace));
    text.remove_prefix(scope.size());
    const auto whose = take_until(scope, '/');
    if (whose != "patient" && whose != "user" && whose != "system") {
      continue;
    }
    scopes.are_smart_ = true;
    const bool has_filter = scope.find('?') != std::string_view::npos;
    auto granted = take_until(scope, '?');
    const auto type = take_until(granted, '.');
    const auto permissions = read_permissions(granted, has_filter);
    if (!permissions || !(type == "*" || fhir::is_r4_resource_type(type))) {
      continue;
    }
    scopes.scopes_.push_back({.resource_type = std::string{type},
                              .read = permissions->read,
                              .search = permissions->search,
                              .filter = parameters_of(scope)});
  }
  return scopes;
}

Scopes::Coverage Scopes::cover(std::string_view resource_type, Interaction interaction,
                               std::string_view query) const {
  if (!are_smart_) {
    return Coverage::full;
  }
  const auto asked = parameters_of(query);
  const auto stands_in_query = [&](const std::string& parameter) {
    return std::ranges::find(asked, parameter) != asked.end();
  };
  Coverage cover = Coverage::none;
  for (const Scope& scope : scopes_) {
    const bool permitted = interaction == Interaction::read ? scope.read : scope.search;
    if (permitted && (scope.resource_type == "*" || scope.resource_type == resource_type)) {
      cover = std::max(cover, std::ranges::all_of(scope.filter, stands_in_query) ? Coverage::full
                                                                                 : Coverage::part);
    }
  }
  return cover;
}

}  // namespace cdss::fhir_client
