// Whatever the bytes, a URL that is read has one normal form, which reads as itself and holds
// nothing that a request line or a reader could take for something else.
//
// Input: a URL, then on the next line a reference that stands on its page.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/base/base_url.hpp"
#include "core/base/text/ascii.hpp"

namespace {

using cdss::BaseUrl;
using cdss::Url;

void demand(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

void check(const Url& url) {
  const auto again = Url::parse(url.text());
  demand(again && *again == url && again->host() == url.host() && again->port() == url.port());
  demand(url.text().size() <= Url::kLongest);
  demand(std::string{url.origin()}.append(url.target()) == url.text());
  demand(std::ranges::all_of(url.text(), [](char c) { return c > ' ' && c < '\x7f'; }));
  demand(url.text().find_first_of("#\\<>\"") == std::string::npos);
  demand(url.authority().find_first_of("@/%") == std::string_view::npos);
  demand(std::ranges::none_of(url.origin(), cdss::is_upper));
  demand(url.path().starts_with('/') && !url.host().empty() && url.port() != 0);
  const auto page = url.resolve("?");
  demand(!page || (page->path() == url.path() && page->origin() == url.origin()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view reference{reinterpret_cast<const char*>(data), size};
  const auto text = cdss::take_until(reference, '\n');
  const auto url = Url::parse(text);
  if (const auto link = Url::parse_link(text)) {
    check(*link);
  } else {
    demand(!url);
  }
  if (!url) {
    return 0;
  }
  check(*url);
  const auto resolved = url->resolve(reference);
  if (resolved) {
    check(*resolved);
  }
  if (const auto base = BaseUrl::parse(text)) {
    demand(base->contains(*url) && *BaseUrl::parse(base->text()) == *base);
    demand(!resolved || !base->contains(*resolved) || resolved->text().starts_with(base->text()));
  }
  return 0;
}
