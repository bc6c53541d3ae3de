#include "core/fhir_client/page_link.hpp"

#include <algorithm>

#include "core/config/url.hpp"

namespace cdss::fhir_client {
namespace {

constexpr std::size_t kLongest = 8'000;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether the text begins with a scheme. Source: RFC 3986, sections 3.1 and 4.2.
bool has_scheme(std::string_view link) {
  const auto colon = link.find_first_of(":/?");
  return colon != std::string_view::npos && link[colon] == ':';
}

/// Servers write "|" in queries as it is, and no URL may hold it.
std::string with_bars_encoded(std::string_view link) {
  std::string out;
  const auto query = std::min(link.find('?'), link.size());
  out += link.substr(0, query);
  for (const char c : link.substr(query)) {
    if (c == '|') {
      out += "%7C";
    } else {
      out += c;
    }
  }
  return out;
}

/// Source: RFC 3986, section 5.2.2, without the removal of dot segments, which are refused.
std::string resolved(std::string_view page, std::string_view link) {
  if (has_scheme(link)) {
    return config::canonical_url(link);
  }
  std::string target{page};
  const auto path = std::min(page.find_first_of("/?", page.find("://") + 3), page.size());
  if (link.starts_with("//")) {
    target.resize(page.find("//"));
    target += link;
    return config::canonical_url(target);
  }
  if (link.starts_with('/')) {
    target.resize(path);
  } else {
    target.resize(std::min(page.find('?', path), page.size()));
  }
  if (link.find_first_of("/?") != 0) {
    target.resize(std::max(target.rfind('/') + 1, path));
    target += target.size() == path ? "/" : "";
  }
  target += link;
  return target;
}

bool is_below(std::string_view path, const std::string& base) {
  return path == base || (path.starts_with(base) && path.substr(base.size()).starts_with('/'));
}

}  // namespace

Result<std::string> next_page(const config::BaseUrl& base, std::string_view page,
                              std::string_view link) {
  if (link.empty() || link.size() > kLongest || !std::ranges::all_of(link, [](char c) {
        return c > ' ' && c < '\x7f' && c != '\\' && c != '#';
      })) {
    return Error{Errc::malformed, {}, "is no link that can be followed"};
  }
  if (has_scheme(link) && !is_letter(link.front())) {
    return Error{Errc::malformed, {}, "is no link that can be followed"};
  }
  std::string target = resolved(page, with_bars_encoded(link));
  const auto authority_end = target.find_first_of("/?", target.find("://") + 3);
  if (authority_end != std::string::npos && target[authority_end] == '?') {
    target.insert(authority_end, 1, '/');  // the same URL: RFC 9110, section 4.2.3
  }
  const auto url = config::Url::parse(target);
  if (!url) {
    return Error{Errc::unsupported, {}, "leads elsewhere"};
  }
  const auto path = url->rest.substr(0, url->rest.find('?'));
  if (url->scheme != base.scheme || url->host != base.host || url->port != base.port ||
      !config::is_plain_path(path) || !is_below(path, base.path)) {
    return Error{Errc::unsupported, {}, "leads elsewhere"};
  }
  return target;
}

}  // namespace cdss::fhir_client
