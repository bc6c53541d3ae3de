#include "core/fhir_client/page_link.hpp"

#include <algorithm>

#include "core/base/text/percent.hpp"

namespace cdss::fhir_client {
namespace {

/// Servers write "|" and brackets in queries as they are, and no URL may hold them.
std::string with_query_encoded(std::string_view link) {
  std::string out;
  const auto query = std::min(link.find('?'), link.size());
  out += link.substr(0, query);
  for (const char c : link.substr(query)) {
    if (std::string_view{"|[]"}.find(c) == std::string_view::npos) {
      out += c;
    } else {
      append_percent_encoded(out, {&c, 1}, {});
    }
  }
  return out;
}

}  // namespace

Result<std::string> next_page(const BaseUrl& base, std::string_view page, std::string_view link) {
  if (link.empty()) {
    return Error{Errc::malformed, {}, "is no link that can be followed"};
  }
  CDSS_TRY(const auto here, Url::parse(page));
  CDSS_TRY(const auto target, here.resolve(with_query_encoded(link)));
  if (!base.contains(target)) {
    return Error{Errc::unsupported, {}, "leads elsewhere"};
  }
  return target.text();
}

}  // namespace cdss::fhir_client
