// Whatever a FHIR server answers, only URLs on its own base are asked, each once and no more than
// are permitted, and what is known has no reason while what is not has one.
//
// Input: a link, then pages, each after a line "----".

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/fhir_client/page_link.hpp"
#include "core/fhir_client/paged_answer.hpp"

namespace {

using cdss::fhir_client::PagedAnswer;
using cdss::fhir_client::Query;
using cdss::fhir_client::QueryResult;

constexpr std::size_t kMostPages = 5;

void demand(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

/// The text before the next separator, which goes too.
std::string_view take(std::string_view& rest) {
  constexpr std::string_view kSeparator = "\n----\n";
  const auto at = rest.find(kSeparator);
  const auto part = rest.substr(0, at);
  rest.remove_prefix(at == std::string_view::npos ? rest.size() : at + kSeparator.size());
  return part;
}

bool is_on_base(std::string_view url, std::string_view base) {
  const std::string path = std::string{url.substr(0, url.find('?'))} + '/';
  return url.starts_with(base) &&
         (url.size() == base.size() || url[base.size()] == '/' || url[base.size()] == '?') &&
         path.find("/../") == std::string::npos && path.find("/./") == std::string::npos;
}

void answer(const Query& query, const cdss::BaseUrl& base, std::string_view pages) {
  PagedAnswer paged{query, base, kMostPages};
  std::size_t asked = 0;
  for (auto url = paged.begin(); url; ++asked) {
    demand(is_on_base(*url, base.text()));
    if (pages.empty()) {
      paged.fail("the FHIR server did not answer in time");
      break;
    }
    url = paged.take(std::string{take(pages)});
  }
  demand(asked <= kMostPages);
  const QueryResult fetched = std::move(paged).finish();
  const bool is_known = fetched.state == cdss_key_present || fetched.state == cdss_key_empty;
  demand(fetched.reason.empty() == is_known);
  demand(fetched.document || fetched.state != cdss_key_present);
  demand(!fetched.document || fetched.state == cdss_key_present ||
         fetched.state == cdss_key_truncated);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest{reinterpret_cast<const char*>(data), size};
  const auto base = *cdss::BaseUrl::parse("https://ehr.example.org/fhir");
  const std::string page = std::string{base.text()} + "/Condition?patient=p1";
  const auto link = take(rest);
  if (const auto next = cdss::fhir_client::next_page(base, page, link)) {
    demand(is_on_base(*next, base.text()));
    demand(next->find_first_of("\r\n \\#") == std::string::npos);
  }
  Query search{.key = "conditions", .resource = "Condition", .relative = "Condition?patient=p1"};
  answer(search, base, rest);
  search.is_filtered = true;
  if (auto first = cdss::Document::parse(std::string{take(rest)})) {
    search.first_page = std::make_shared<const cdss::Document>(*std::move(first));
  }
  answer(search, base, rest);
  const Query read{
      .key = "patient", .resource = "Patient", .is_search = false, .relative = "Patient/p1"};
  answer(read, base, rest);
  return 0;
}
