// Whatever the template, what it expands to is one relative URL: no white space, no braces, no
// scheme, no step upwards, and no "?" or "&" beside its own. Input: a template, a line break, the
// value of context.userId.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/document.hpp"
#include "core/base/json_writer.hpp"
#include "core/hooks/prefetch_template.hpp"

namespace {

void expect(bool holds) {
  if (!holds) {
    __builtin_trap();
  }
}

void check(std::string_view text, std::string_view query) {
  expect(!query.empty() && query.front() != '/' && query.substr(0, 3) != "../");
  expect(std::ranges::all_of(query, [](char c) { return c > ' ' && c < '\x7F'; }));
  expect(query.find_first_of("{}|#\\\"<>") == std::string_view::npos);
  expect(std::ranges::count(query, '&') == std::ranges::count(text, '&'));
  expect(std::ranges::count(query, '?') == std::ranges::count(text, '?'));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const auto text = input.substr(0, input.find('\n'));
  const auto user = input.substr(std::min(text.size() + 1, input.size()));
  const auto context = cdss::Document::parse(cdss::json::object([&](cdss::json::Object& out) {
    out.string("userId", user);
    out.string("patientId", "p1");
    out.string("encounterId", "e.1");
  }));
  expect(context.has_value());
  for (const auto* const hook : {"patient-view", "org.example.custom-hook"}) {
    const auto parsed = cdss::hooks::PrefetchTemplate::parse(text, hook);
    if (!parsed) {
      continue;
    }
    if (const auto query = parsed->expand(context->root())) {
      check(text, *query);
    }
  }
  return 0;
}
